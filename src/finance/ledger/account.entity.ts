import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../core/table-rights.js';
import { minorColumn } from '../../core/columns.js';
import type { MerchantId } from '../../shared/ids.js';

/** A merchant's balances in one asset. Changed only together with the entries that explain the change. */
@NeverDeleted()
@Entity('account')
@Index('ix_account_asset', ['asset', 'merchantId'])
@Index('ix_account_unpaid', ['asset', 'availableSince', 'merchantId'])
export class AccountEntity {
  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @PrimaryColumn({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  pending!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  available!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  reserved!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  held!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  owed!: bigint;

  /** Number of the last entry on these accounts. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  version!: bigint;

  /** Since when something has been available without a break, by the database's clock; null: nothing is. */
  @Column({ name: 'available_since', type: 'datetime', precision: 6, nullable: true })
  availableSince!: Date | null;
}
