import {
  add,
  compare,
  decimalText,
  divide,
  fraction,
  fractionText,
  multiply,
  parseFraction,
  subtract,
  sum,
  ZERO,
} from './fraction.js';

const half = fraction(1n, 2n);
const third = fraction(1n, 3n);

describe('exact fractions', () => {
  it('are in lowest terms, with the sign above the line', () => {
    expect(fraction(6n, 4n)).toEqual({ numerator: 3n, denominator: 2n });
    expect(fraction(-6n, 4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(fraction(0n, 7n)).toEqual({ numerator: 0n, denominator: 1n });
    expect(fraction(5n)).toEqual({ numerator: 5n, denominator: 1n });
  });

  it.each([0n, -1n])('have no denominator of %s', (denominator) => {
    expect(() => fraction(1n, denominator)).toThrow(new RangeError('denominator must be positive'));
  });

  it('are added, subtracted, multiplied and divided without losing anything', () => {
    expect(add(half, third)).toEqual(fraction(5n, 6n));
    expect(subtract(half, third)).toEqual(fraction(1n, 6n));
    expect(subtract(third, half)).toEqual(fraction(-1n, 6n));
    expect(multiply(fraction(2n, 3n), fraction(3n, 5n))).toEqual(fraction(2n, 5n));
    expect(divide(fraction(2n, 3n), fraction(3n, 5n))).toEqual(fraction(10n, 9n));
    expect(() => divide(half, ZERO)).toThrow(RangeError);
    expect(sum([third, third, third])).toEqual(fraction(1n));
    expect(sum([])).toEqual(ZERO);
  });

  it('compare by what they are worth', () => {
    expect(compare(third, half) < 0n).toBe(true);
    expect(compare(half, third) > 0n).toBe(true);
    expect(compare(half, fraction(2n, 4n))).toBe(0n);
  });

  it('are written and read again', () => {
    expect([fractionText(fraction(29n, 2n)), fractionText(fraction(14n))]).toEqual(['29/2', '14']);
    expect([parseFraction('29/2'), parseFraction('14')]).toEqual([fraction(29n, 2n), fraction(14n)]);
    for (const wrong of ['a', '1/b', '1/0']) expect(() => parseFraction(wrong)).toThrow();
  });
});

describe('fractions for people', () => {
  it.each([
    [fraction(20n), '20'],
    [fraction(2_019n, 100n), '20.19'],
    [fraction(1n, 1_000_000n), '0.000001'],
    [fraction(1n, 10_000_000n), '0.0000…'],
    [fraction(302n, 15n), '20.1333…'],
    [fraction(2n, 3n), '0.6666…'],
    [ZERO, '0'],
  ])('%# reads %s', (value, text) => {
    expect(decimalText(value)).toBe(text);
  });
});
