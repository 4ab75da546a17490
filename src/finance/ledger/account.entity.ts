import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorColumn } from '../../database/index.js';

/** A merchant's balances in one asset. Changed only together with the entries that explain the change. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: string;

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
}
