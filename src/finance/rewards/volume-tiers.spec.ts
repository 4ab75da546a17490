import fc from 'fast-check';
import { compare, fraction, subtract, sum, ZERO } from '../../shared/fraction.js';
import { tieredAmount, tierProblem, type Tier, type TierMode } from './volume-tiers.js';

const tiers: Tier[] = [
  { from: 0n, rateBps: 100 },
  { from: 100_000n, rateBps: 200 },
  { from: 500_000n, rateBps: 500 },
];
const amount = (mode: TierMode, before: bigint, after: bigint) => tieredAmount({ mode, tiers }, before, after);

describe('volume tiers', () => {
  it('marginal: each rate for the part of the volume that lies in its tier', () => {
    expect(amount('marginal', 0n, 600_000n)).toEqual(fraction(1_000n + 8_000n + 5_000n));
    expect(amount('marginal', 90_000n, 110_000n)).toEqual(fraction(100n + 200n));
  });

  it('whole: the order that reaches a tier brings the difference for the orders before it', () => {
    expect(amount('whole', 0n, 99_999n)).toEqual(fraction(99_999n, 100n));
    expect(amount('whole', 99_999n, 100_000n)).toEqual(fraction(2_000n * 100n - 99_999n, 100n));
    expect(amount('whole', 0n, 600_000n)).toEqual(fraction(30_000n));
  });

  it('is nothing below the first tier', () => {
    const high = [{ from: 1_000n, rateBps: 1_000 }];
    expect(tieredAmount({ mode: 'marginal', tiers: high }, 0n, 1_500n)).toEqual(fraction(50n));
    expect(tieredAmount({ mode: 'whole', tiers: high }, 0n, 999n)).toEqual(ZERO);
  });

  it('begin at their first unit: what stands exactly at one has reached it, for the whole volume', () => {
    expect(amount('whole', 0n, 500_000n)).toEqual(fraction(25_000n));
    expect(amount('whole', 0n, 499_999n)).toEqual(fraction(499_999n * 200n, 10_000n));
    expect(amount('marginal', 0n, 100_000n)).toEqual(fraction(1_000n));
    expect(amount('marginal', 100_000n, 100_001n)).toEqual(fraction(1n, 50n));
  });

  it('that do not ascend are told by their place and what is wrong', () => {
    const [first, second, third] = [tiers[0]!, tiers[1]!, tiers[2]!];
    expect(tierProblem('marginal', [first, third, second])).toEqual({
      index: 2,
      detail: 'must begin above the tier before',
    });
    expect(tierProblem('whole', [first, { ...second, rateBps: 99 }])).toEqual({
      index: 1,
      detail: 'must not have a lower rate than the tier before, with mode whole',
    });
    expect(tierProblem('whole', [first, { ...second, rateBps: first.rateBps }])).toBeNull();
  });

  it('must ascend, and for the whole volume no rate may fall', () => {
    expect(tierProblem('marginal', tiers)).toBeNull();
    expect(tierProblem('marginal', [tiers[1]!, tiers[1]!])).toMatchObject({ index: 1 });
    const falling = [tiers[1]!, { from: 200_000n, rateBps: 50 }];
    expect(tierProblem('marginal', falling)).toBeNull();
    expect(tierProblem('whole', falling)).toMatchObject({ index: 1 });
  });

  const anyTiers = fc
    .uniqueArray(fc.record({ from: fc.bigInt({ min: 0n, max: 1_000_000n }), rateBps: fc.nat(10_000) }), {
      selector: (tier) => tier.from,
      minLength: 1,
      maxLength: 6,
    })
    .map((some) => some.sort((a, b) => (a.from < b.from ? -1 : 1)));
  const amounts = fc.array(fc.bigInt({ min: 0n, max: 400_000n }), { maxLength: 12 });

  it('comes to the same however a month is split into orders, in whatever order they come, and no order to less than nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom<TierMode>('marginal', 'whole'), anyTiers, amounts, (mode, given, month) => {
        const rates = given.map((tier) => tier.rateBps).sort((a, b) => a - b);
        const terms = {
          mode,
          tiers: mode === 'whole' ? given.map((tier, i) => ({ ...tier, rateBps: rates[i]! })) : given,
        };
        const split = (orders: readonly bigint[]) => {
          let volume = 0n;
          return orders.map((commissionable) => {
            volume += commissionable;
            return tieredAmount(terms, volume - commissionable, volume);
          });
        };
        const total = month.reduce((a, b) => a + b, 0n);
        const parts = split(month);
        expect(sum(parts)).toEqual(tieredAmount(terms, 0n, total));
        expect(sum(split([...month].reverse()))).toEqual(sum(parts));
        for (const part of parts) expect(compare(part, ZERO) >= 0n).toBe(true);
        expect(subtract(sum(parts), sum(split([total])))).toEqual(ZERO);
      }),
    );
  });
});
