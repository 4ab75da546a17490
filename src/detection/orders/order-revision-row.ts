import { linesFromJson, linesToJson } from './order-json.js';
import type { ReplacedRevision } from './order.js';

/** A row of `order_revision` as the driver returns it. */
export interface RevisionRow {
  revision: number;
  content_hash: string;
  order_lines: string;
  lines_total: string;
  shipping: string;
  tax: string;
  shopper_ref: string | null;
  quote_id: string | null;
  placed_at: Date;
  replaced_at: Date;
}

export const REVISION_COLUMNS = [
  'order_pk',
  'revision',
  'content_hash',
  'order_lines',
  'lines_total',
  'shipping',
  'tax',
  'shopper_ref',
  'quote_id',
  'placed_at',
  'replaced_at',
];

/** The values of {@link REVISION_COLUMNS}. */
export function revisionRowOf(orderPk: string, revision: ReplacedRevision): unknown[] {
  return [
    orderPk,
    revision.revision,
    revision.contentHash,
    linesToJson(revision.lines),
    revision.linesTotal.toString(),
    revision.shipping.toString(),
    revision.tax.toString(),
    revision.shopperRef,
    revision.quoteId,
    revision.placedAt,
    revision.replacedAt,
  ];
}

export function revisionOf(row: RevisionRow): ReplacedRevision {
  return {
    revision: row.revision,
    contentHash: row.content_hash,
    lines: linesFromJson(row.order_lines),
    linesTotal: BigInt(row.lines_total),
    shipping: BigInt(row.shipping),
    tax: BigInt(row.tax),
    shopperRef: row.shopper_ref,
    quoteId: row.quote_id,
    placedAt: row.placed_at,
    replacedAt: row.replaced_at,
  };
}
