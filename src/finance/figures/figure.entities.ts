import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { minorColumn } from '../../core/columns.js';

/** Until when changes have been noticed. One row. */
@Entity('count_mark')
export class CountMarkEntity {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  @Column({ name: 'counted_until', type: 'datetime', precision: 6 })
  countedUntil!: Date;
}

/** A storefront's day that is still to be counted anew. */
@Entity('day_to_count')
export class DayToCountEntity {
  @PrimaryColumn({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: string;

  /** YYYY-MM-DD where the storefront's clocks are. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  day!: string;
}

/** A storefront's day that was counted, from when to when it lasts, and when it was counted last. */
@Entity('counted_day')
export class CountedDayEntity extends DayToCountEntity {
  @Column({ name: 'time_zone', type: 'varchar', length: 64 })
  timeZone!: string;

  @Column({ name: 'starts_at', type: 'datetime', precision: 6 })
  startsAt!: Date;

  /** Not a part of it. */
  @Column({ name: 'ends_at', type: 'datetime', precision: 6 })
  endsAt!: Date;

  /** By the database's clock, before it was counted. */
  @Column({ name: 'counted_at', type: 'datetime', precision: 6 })
  countedAt!: Date;
}

/** What is said of a day, a storefront and a merchant. */
abstract class OfDay {
  @PrimaryColumn({ type: 'varchar', length: 10 })
  day!: string;

  @PrimaryColumn({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: string;

  /** '': none. */
  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: string;

  /** The storefront's. */
  @Column({ type: 'varchar', length: 3 })
  currency!: string;
}

/** Counts and sums of a day: each thing on the day on which it happened. */
@Entity('day_figure')
@Index('ix_day_figure_merchant', ['merchantId', 'day'])
@Index('ix_day_figure_storefront', ['storefrontId', 'day'])
export class DayFigureEntity extends OfDay {
  @Column({ type: 'int', default: 0 })
  visits!: number;

  /** Orders that were placed. */
  @Column({ type: 'int', default: 0 })
  placed!: number;

  /** Of those, how many were cancelled, whenever. */
  @Column({ type: 'int', default: 0 })
  cancelled!: number;

  @Column({ type: 'int', default: 0 })
  completed!: number;

  /** All that was paid for the orders that were completed, minor units. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  sales!: bigint;

  /** Of it for merchandise. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  merchandise!: bigint;

  /** Completed orders whose first refund was on this day. */
  @Column({ type: 'int', default: 0 })
  refunded!: number;

  /** What was given back of completed orders, minor units. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  refunds!: bigint;
}

/** What completed orders were paid for one product. */
@Entity('day_product')
@Index('ix_day_product_merchant', ['merchantId', 'day'])
@Index('ix_day_product_storefront', ['storefrontId', 'day'])
export class DayProductEntity extends OfDay {
  @PrimaryColumn({ type: 'varchar', length: 128 })
  sku!: string;

  /** Orders with this product. */
  @Column({ type: 'int' })
  orders!: number;

  @Column({ type: 'bigint', transformer: minorColumn })
  units!: bigint;

  /** What was paid for it, minor units. */
  @Column({ type: 'bigint', transformer: minorColumn })
  sales!: bigint;
}

/** What rewards cost in one asset, by the entries on `reward-cost`. */
@Entity('day_reward_cost')
@Index('ix_day_reward_cost_merchant', ['merchantId', 'day'])
@Index('ix_day_reward_cost_storefront', ['storefrontId', 'day'])
export class DayRewardCostEntity extends OfDay {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  asset!: string;

  /** What rules gave. */
  @Column({ type: 'bigint', transformer: minorColumn })
  granted!: bigint;

  /** What refunds and people took back. */
  @Column({ name: 'taken_back', type: 'bigint', transformer: minorColumn })
  takenBack!: bigint;
}

export const figureEntities = [
  CountMarkEntity,
  DayToCountEntity,
  CountedDayEntity,
  DayFigureEntity,
  DayProductEntity,
  DayRewardCostEntity,
];
