import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppendOnly } from '../../core/table-rights.js';
import { minorColumn } from '../../core/columns.js';
import type { OrderLine } from '../../pricing/index.js';
import { linesColumn } from './order-json.js';
import type { OrderPk, QuoteId } from '../../shared/ids.js';

/** The content of an order that a later revision replaced. Written once, never changed. */
@AppendOnly()
@Entity('order_revision')
export class OrderRevisionEntity {
  @PrimaryColumn({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;

  /** The placing is 1. */
  @PrimaryColumn({ type: 'int' })
  revision!: number;

  @Column({ name: 'content_hash', type: 'varchar', length: 64 })
  contentHash!: string;

  @Column({ name: 'order_lines', type: 'mediumtext', transformer: linesColumn })
  lines!: readonly OrderLine[];

  @Column({ name: 'lines_total', type: 'bigint', transformer: minorColumn })
  linesTotal!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  shipping!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  tax!: bigint;

  @Column({ name: 'shopper_ref', type: 'varchar', length: 128, nullable: true })
  shopperRef!: string | null;

  @Column({ name: 'quote_id', type: 'varchar', length: 40, nullable: true })
  quoteId!: QuoteId | null;

  @Column({ name: 'placed_at', type: 'datetime', precision: 6 })
  placedAt!: Date;

  @Column({ name: 'replaced_at', type: 'datetime', precision: 6 })
  replacedAt!: Date;
}
