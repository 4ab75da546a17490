import type { RefundLine } from './order-event-log.js';
import type { OrderLine } from '../../pricing/index.js';

/** Lines as their rows keep them: one short array a line, amounts as decimal strings. */

type StoredLine = [sku: string, category: string | null, quantity: number, unitPrice: string, lineTotal: string];

export function linesToJson(lines: readonly OrderLine[]): string {
  return JSON.stringify(
    lines.map((line): StoredLine => [
      line.sku,
      line.category,
      line.quantity,
      line.unitPrice.toString(),
      line.lineTotal.toString(),
    ]),
  );
}

export function linesFromJson(text: string): OrderLine[] {
  return (JSON.parse(text) as StoredLine[]).map(([sku, category, quantity, unitPrice, lineTotal]) => ({
    sku,
    category,
    quantity,
    unitPrice: BigInt(unitPrice),
    lineTotal: BigInt(lineTotal),
  }));
}

export function refundLinesToJson(lines: readonly RefundLine[]): string {
  return JSON.stringify(lines.map((line) => [line.sku, line.amount.toString()]));
}

export function refundLinesFromJson(text: string): RefundLine[] {
  return (JSON.parse(text) as [string, string][]).map(([sku, amount]) => ({ sku, amount: BigInt(amount) }));
}
