import { textColumn } from '../../core/columns.js';
import type { OrderLine } from '../../pricing/index.js';

/** A part of a refund that the storefront gave to one sku. */
export interface RefundLine {
  sku: string;
  amount: bigint;
}

/** Lines as their rows keep them: one short array a line, amounts as decimal strings. */
export const linesColumn = textColumn(linesToJson, linesFromJson);
export const refundLinesColumn = textColumn(refundLinesToJson, refundLinesFromJson);

type StoredLine = [sku: string, category: string | null, quantity: number, unitPrice: string, lineTotal: string];

function linesToJson(lines: readonly OrderLine[]): string {
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

/** Lines from their row's text. */
export function linesFromJson(text: string): OrderLine[] {
  return (JSON.parse(text) as StoredLine[]).map(([sku, category, quantity, unitPrice, lineTotal]) => ({
    sku,
    category,
    quantity,
    unitPrice: BigInt(unitPrice),
    lineTotal: BigInt(lineTotal),
  }));
}

function refundLinesToJson(lines: readonly RefundLine[]): string {
  return JSON.stringify(lines.map((line) => [line.sku, line.amount.toString()]));
}

function refundLinesFromJson(text: string): RefundLine[] {
  return (JSON.parse(text) as [string, string][]).map(([sku, amount]) => ({ sku, amount: BigInt(amount) }));
}
