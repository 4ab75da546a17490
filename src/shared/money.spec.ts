import fc from 'fast-check';
import {
  allocateByLargestRemainder,
  currencyDecimals,
  divideHalfAwayFromZero,
  formatMinor,
  MAX_AMOUNT,
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

  it('refuses to spread something over nothing', () => {
    expect(() => allocateByLargestRemainder(1n, [0n, 0n])).toThrow(RangeError);
    expect(allocateByLargestRemainder(0n, [0n, 0n])).toEqual([0n, 0n]);
  });
});

describe('amounts on the wire', () => {
  it('keep every digit or are refused', () => {
    fc.assert(fc.property(amount, (value) => expect(minorFromWire(minorToWire(value))).toBe(value)));
    expect(() => minorToWire(MAX_AMOUNT + 1n)).toThrow(RangeError);
    for (const wrong of [0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => minorFromWire(wrong)).toThrow(RangeError);
  });
});

describe('amounts for people', () => {
  it.each([
    [123_456n, 'CNY', '1234.56'],
    [-5n, 'EUR', '-0.05'],
    [500n, 'JPY', '500'],
    [1n, 'KWD', '0.001'],
  ])('%s minor units of %s read %s', (value, currency, text) => {
    expect(formatMinor(value, currency)).toBe(text);
  });

  it('know no currency that ISO 4217 does not list', () => {
    for (const wrong of ['cny', 'ZZZ', '', 'POINTS']) expect(() => currencyDecimals(wrong)).toThrow(RangeError);
  });
});
