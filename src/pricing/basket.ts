import { contentHash } from '../shared/content-hash.js';

/** One line of an order or a quote. Amounts in minor units of the order's currency. */
export interface OrderLine {
  sku: string;
  category: string | null;
  quantity: number;
  unitPrice: bigint;
  lineTotal: bigint;
}

/** Equal exactly when the same lines stand in the same order with the same prices. */
export function orderLinesHash(lines: readonly OrderLine[]): string {
  return contentHash(lines.map((l) => [l.sku, l.category, l.quantity, l.unitPrice, l.lineTotal]));
}
