import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('storefront')
@Index('ix_storefront_updated_at', ['updatedAt'])
export class StorefrontEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ name: 'home_url', type: 'varchar', length: 2000 })
  homeUrl!: string;

  /** JSON array of origins. */
  @Column({ type: 'mediumtext' })
  origins!: string;

  @Column({ name: 'code_parameter', type: 'varchar', length: 32 })
  codeParameter!: string;

  @Column({ name: 'attribution_window_days', type: 'int' })
  attributionWindowDays!: number;

  @Column({ type: 'varchar', length: 8 })
  touch!: 'first' | 'last';

  /** Null: as long as the attribution window. */
  @Column({ name: 'ask_again_days', type: 'int', nullable: true })
  askAgainDays!: number | null;

  /** IANA. */
  @Column({ name: 'time_zone', type: 'varchar', length: 64, default: 'Asia/Shanghai' })
  timeZone!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  /** By the database's clock; what the directories of other processes look for. */
  @Column({ name: 'updated_at', type: 'datetime', precision: 6 })
  updatedAt!: Date;
}
