import fc from 'fast-check';
import {
  allocateByLargestRemainder,
  currencyDecimals,
  divideHalfAwayFromZero,
  divideTowardsZero,
  formatMinor,
  isCurrency,
  MAX_AMOUNT,
  minAmount,
  minorFromWire,
  minorToWire,
} from './money.js';

const amount = fc.bigInt({ min: -MAX_AMOUNT, max: MAX_AMOUNT });
const positive = fc.bigInt({ min: 1n, max: MAX_AMOUNT });
const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 30 });

describe('rounding half away from zero', () => {
  it.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [4n, 10n, 0n],
    [-4n, 10n, 0n],
    [145_000n, 10_000n, 15n],
    [0n, 3n, 0n],
  ])('%s / %s is %s', (numerator, denominator, expected) => {
    expect(divideHalfAwayFromZero(numerator, denominator)).toBe(expected);
  });

  it.each([0n, -1n])('has no denominator of %s', (denominator) => {
    const refusal = new RangeError('denominator must be positive');
    expect(() => divideHalfAwayFromZero(1n, denominator)).toThrow(refusal);
    expect(() => divideTowardsZero(1n, denominator)).toThrow(refusal);
  });

  it('is not how full units are counted: those that are not full do not count', () => {
    expect([divideTowardsZero(199n, 100n), divideTowardsZero(200n, 100n), divideTowardsZero(-199n, 100n)]).toEqual([
      1n,
      2n,
      -1n,
    ]);
  });

  it('is never off by more than half, and treats debts like credits', () => {
    fc.assert(
      fc.property(amount, positive, (numerator, denominator) => {
        const error = 2n * (divideHalfAwayFromZero(numerator, denominator) * denominator - numerator);
        expect(error <= denominator && error >= -denominator).toBe(true);
        expect(divideHalfAwayFromZero(-numerator, denominator)).toBe(-divideHalfAwayFromZero(numerator, denominator));
      }),
    );
  });
});

describe('spreading an amount over lines', () => {
  it('gives whole shares that add up, each within one unit of its exact part', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_AMOUNT }), weights, (total, parts) => {
        const sum = parts.reduce((a, b) => a + b, 0n);
        fc.pre(sum > 0n);
        const shares = allocateByLargestRemainder(total, parts);
        expect(shares.reduce((a, b) => a + b, 0n)).toBe(total);
        shares.forEach((share, i) => {
          const error = share * sum - total * (parts[i] ?? 0n);
          expect(error < sum && error > -sum).toBe(true);
        });
      }),
    );
  });

  it.each<[string, bigint, bigint[], bigint[]]>([
    ['what divides is divided', 100n, [1n, 3n], [25n, 75n]],
    ['a unit too many goes to the largest remainder', 10n, [1n, 3n, 3n], [2n, 4n, 4n]],
    ['wherever that stands', 5n, [1n, 9n], [1n, 4n]],
    ['of equal remainders to the earlier one', 5n, [1n, 1n, 1n], [2n, 2n, 1n]],
    ['and nothing to what weighs nothing', 5n, [0n, 1n, 1n], [0n, 3n, 2n]],
    ['nothing is spread as nothing', 0n, [1n, 2n], [0n, 0n]],
  ])('%s', (_, total, parts, shares) => {
    expect(allocateByLargestRemainder(total, parts)).toEqual(shares);
  });

  it('refuses what is negative', () => {
    const refusal = new RangeError('total and weights must not be negative');
    expect(() => allocateByLargestRemainder(-1n, [1n])).toThrow(refusal);
    expect(() => allocateByLargestRemainder(1n, [2n, -1n])).toThrow(refusal);
  });

  it('refuses to spread something over nothing', () => {
    expect(() => allocateByLargestRemainder(1n, [0n, 0n])).toThrow(new RangeError('nothing to spread the total over'));
    expect(allocateByLargestRemainder(0n, [0n, 0n])).toEqual([0n, 0n]);
  });
});

describe('amounts on the wire', () => {
  it('keep every digit or are refused', () => {
    fc.assert(fc.property(amount, (value) => expect(minorFromWire(minorToWire(value))).toBe(value)));
    expect([minorToWire(MAX_AMOUNT), minorToWire(-MAX_AMOUNT)]).toEqual([
      Number.MAX_SAFE_INTEGER,
      -Number.MAX_SAFE_INTEGER,
    ]);
    for (const wrong of [MAX_AMOUNT + 1n, -MAX_AMOUNT - 1n])
      expect(() => minorToWire(wrong)).toThrow(new RangeError('amount does not fit a JSON integer'));
    expect(() => minorFromWire(0.5)).toThrow(new RangeError('amount is not an exact integer'));
    for (const wrong of [0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => minorFromWire(wrong)).toThrow(RangeError);
  });
});

describe('amounts for people', () => {
  it.each([
    [123_456n, 'CNY', '1234.56'],
    [-5n, 'EUR', '-0.05'],
    [500n, 'JPY', '500'],
    [1n, 'KWD', '0.001'],
    [0n, 'CNY', '0.00'],
    [100n, 'CNY', '1.00'],
    [-12n, 'JPY', '-12'],
    [0n, 'JPY', '0'],
  ])('%s minor units of %s read %s', (value, currency, text) => {
    expect(formatMinor(value, currency)).toBe(text);
  });

  it('know no currency that ISO 4217 does not list', () => {
    for (const wrong of ['cny', 'ZZZ', '', 'POINTS', 'CNYX', 'XCNY']) {
      expect(isCurrency(wrong)).toBe(false);
      expect(() => currencyDecimals(wrong)).toThrow(new RangeError(`unknown currency ${wrong}`));
    }
    expect(['CNY', 'JPY', 'KWD'].map(currencyDecimals)).toEqual([2, 0, 3]);
  });
});

test('the smaller of two amounts', () => {
  expect([minAmount(1n, 2n), minAmount(2n, 1n), minAmount(2n, 2n), minAmount(-1n, 0n)]).toEqual([1n, 1n, 2n, -1n]);
});
