import { commissionableAmounts } from './commissionable-amounts.js';

type Line = { lineTotal: bigint; sku?: string; category?: string | null; quantity?: number };

const amounts = (lines: Line[], amountPaid: bigint, { shipping = 0n, tax = 0n } = {}) =>
  commissionableAmounts({
    lines: lines.map((line) => ({ sku: 'tea', category: null, quantity: 1, unitPrice: line.lineTotal, ...line })),
    shipping,
    tax,
    amountPaid,
  });
const ofTotals = (...totals: bigint[]) => totals.map((lineTotal) => ({ lineTotal }));

describe('what was paid for each line', () => {
  it('is what the line is worth when all was paid, and never more', () => {
    expect(amounts(ofTotals(100n, 300n), 400n)).toEqual([100n, 300n]);
    expect(amounts(ofTotals(100n, 300n), 450n)).toEqual([100n, 300n]);
  });

  it('is without shipping and tax', () => {
    expect(amounts(ofTotals(100n, 300n), 230n, { shipping: 20n, tax: 10n })).toEqual([50n, 150n]);
  });

  it('is nothing where less was paid than shipping and tax', () => {
    expect(amounts(ofTotals(100n, 300n), 29n, { shipping: 20n, tax: 10n })).toEqual([0n, 0n]);
    expect(amounts(ofTotals(100n, 300n), 31n, { shipping: 20n, tax: 10n })).toEqual([0n, 1n]);
  });

  it('gives a unit that does not divide to the dearer line, wherever it stands', () => {
    expect(amounts(ofTotals(1n, 3n), 2n)).toEqual([0n, 2n]);
    expect(amounts(ofTotals(3n, 1n), 2n)).toEqual([2n, 0n]);
  });

  it.each([
    ['product', { sku: 'cup' }, { sku: 'tea' }],
    ['category', { category: 'a' }, { category: 'b' }],
    ['no category', { category: null }, { category: 'A' }],
    ['quantity', { quantity: 1 }, { quantity: 2 }],
  ])('of equal lines gives it to the same one by its %s, wherever it stands', (_, first, second) => {
    const [a, b] = [
      { lineTotal: 5n, ...first },
      { lineTotal: 5n, ...second },
    ];
    expect(amounts([a, b], 3n)).toEqual([2n, 1n]);
    expect(amounts([b, a], 3n)).toEqual([1n, 2n]);
  });

  it('of lines that are the same gives it to the earlier one', () => {
    expect(amounts(ofTotals(5n, 5n, 5n), 4n)).toEqual([2n, 1n, 1n]);
  });
});
