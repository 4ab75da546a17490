import fc from 'fast-check';
import { couponDiscount, type CouponTerms } from './coupon-discount.js';

const terms = (more: Partial<CouponTerms> = {}): CouponTerms => ({
  currency: 'CNY',
  value: { kind: 'amount-off', amount: 1_000n },
  minimumSpend: null,
  categories: [],
  excludedCategories: [],
  ...more,
});
const percent = (rateBps: number, maxAmount: bigint | null = null) =>
  terms({ value: { kind: 'percent-off', rateBps, maxAmount } });
const line = (lineTotal: bigint, category: string | null = null) => ({ category, lineTotal });

describe('the discount of a coupon', () => {
  it('is never above what it is for, and its lines add up to it', () => {
    const value = fc.oneof(
      fc.record({ kind: fc.constant('amount-off' as const), amount: fc.bigInt(1n, 100_000n) }),
      fc.record({
        kind: fc.constant('percent-off' as const),
        rateBps: fc.integer({ min: 1, max: 10_000 }),
        maxAmount: fc.option(fc.bigInt(1n, 5_000n)),
      }),
    );
    const lines = fc.array(
      fc.record({ category: fc.constantFrom('a', 'b', null), lineTotal: fc.bigInt(0n, 90_000n) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(value, lines, (worth, order) => {
        fc.pre(order.some(({ category, lineTotal }) => category === 'a' && lineTotal > 0n));
        const found = couponDiscount(terms({ value: worth, categories: ['a'] }), 'CNY', order);
        expect(found.discount >= 0n && found.discount <= found.eligibleTotal).toBe(true);
        expect(found.shares.reduce((a, b) => a + b, 0n)).toBe(found.discount);
        order.forEach(({ category, lineTotal }, i) => {
          const share = found.shares[i] ?? -1n;
          expect(share >= 0n && share <= lineTotal && (category === 'a' || share === 0n)).toBe(true);
        });
      }),
    );
  });

  it.each([
    ['a face value', terms(), [line(5_000n)], 1_000n],
    ['a face value above the order', terms(), [line(300n), line(200n)], 500n],
    ['a share, rounded half away from zero', percent(290), [line(50n)], 1n],
    ['a share of 14.5, which is 15', percent(290), [line(500n)], 15n],
    ['a share up to its most', percent(5_000, 700n), [line(5_000n)], 700n],
    [
      'only its categories',
      { ...percent(1_000), categories: ['tea'] },
      [line(1_000n, 'tea'), line(9_000n, 'cups')],
      100n,
    ],
    ['all but some', { ...percent(1_000), excludedCategories: ['tea'] }, [line(1_000n, 'tea'), line(9_000n)], 900n],
    ['of every category where none is named', percent(1_000), [line(1_000n, 'tea'), line(9_000n)], 1_000n],
    [
      'not of what is named and excluded',
      { ...percent(1_000), categories: ['tea', 'cups'], excludedCategories: ['tea'] },
      [line(1_000n, 'tea'), line(2_000n, 'cups')],
      200n,
    ],
    ['the least that must be spent, exactly', terms({ minimumSpend: 5_000n }), [line(5_000n)], 1_000n],
  ])('is %s', (_, of, lines, discount) => {
    expect(couponDiscount(of, 'CNY', lines).discount).toBe(discount);
  });

  it('is spread over its lines by largest remainder, and takes nothing from a line that it is not for', () => {
    const order = [line(100n, 'tea'), line(900n, 'cups'), line(100n, 'tea'), line(100n, 'tea')];
    const found = couponDiscount(
      terms({ value: { kind: 'amount-off', amount: 100n }, categories: ['tea'] }),
      'CNY',
      order,
    );
    expect(found).toEqual({ eligibleTotal: 300n, discount: 100n, shares: [34n, 0n, 33n, 33n] });
  });

  it.each([
    ['another currency', terms(), 'USD', [line(5_000n)], /coupon\.other-currency: .*CNY/],
    ['too small an order', terms({ minimumSpend: 5_001n }), 'CNY', [line(5_000n)], /coupon\.does-not-apply: .*5001/],
    [
      'too little of its categories',
      terms({ minimumSpend: 5_000n, categories: ['tea'] }),
      'CNY',
      [line(4_999n, 'tea'), line(9_000n, 'cups')],
      /coupon\.does-not-apply: .*5000/,
    ],
    [
      'nothing of its categories',
      terms({ categories: ['tea'] }),
      'CNY',
      [line(5_000n)],
      /coupon\.does-not-apply: .*nothing in this order/,
    ],
    ['an order of nothing', terms(), 'CNY', [line(0n)], /coupon\.does-not-apply: .*nothing in this order/],
  ])('is refused for %s', (_, of, currency, lines, code) => {
    expect(() => couponDiscount(of, currency, lines)).toThrow(code);
  });
});
