import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn } from '../../core/columns.js';
import type { StorefrontId } from '../../shared/ids.js';

/** A storefront (the shop) and its settings. */
@Entity('storefront')
@Index('ix_storefront_updated_at', ['updatedAt'])
export class StorefrontEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: StorefrontId;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  /** ISO 4217. */
  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  /** Where a share link leads when its target is not within `origins`. */
  @Column({ name: 'home_url', type: 'varchar', length: 2000 })
  homeUrl!: string;

  /** Web origins of the shop: CORS for publishable keys, and targets of share links. */
  @Column({ type: 'mediumtext', transformer: jsonColumn })
  origins!: readonly string[];

  /** Name of the query parameter that carries a merchant code. */
  @Column({ name: 'code_parameter', type: 'varchar', length: 32 })
  codeParameter!: string;

  /** Days for which a visit attributes an order. */
  @Column({ name: 'attribution_window_days', type: 'int' })
  attributionWindowDays!: number;

  /** Which merchant counts when a shopper came more than once. */
  @Column({ type: 'varchar', length: 8 })
  touch!: 'first' | 'last';

  /** Days for which a shopper who said who brought them is not asked again; null: as long as a visit attributes. */
  @Column({ name: 'ask_again_days', type: 'int', nullable: true })
  askAgainDays!: number | null;

  /** IANA time zone whose calendar months budgets and volume tiers go by. */
  @Column({ name: 'time_zone', type: 'varchar', length: 64, default: 'Asia/Shanghai' })
  timeZone!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  /** By the database's clock; what the directories of other processes look for. */
  @Column({ name: 'updated_at', type: 'datetime', precision: 6 })
  updatedAt!: Date;
}
