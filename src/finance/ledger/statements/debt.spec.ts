import fc from 'fast-check';
import { debtsOf } from './debt.js';

describe('what a merchant owes', () => {
  it('is paid off the oldest first, and each debt says by what', () => {
    const debts = debtsOf([-500n, -300n, 600n, -50n].map((amount, n) => ({ n, amount })));
    expect(
      debts.map(({ made, remaining, paidOff }) => [made.n, remaining, paidOff.map((p) => [p.by.n, p.amount])]),
    ).toEqual([
      [0, 0n, [[2, 500n]]],
      [1, 200n, [[2, 100n]]],
      [3, 50n, []],
    ]);
  });

  it('adds up: what was taken less what was paid off is what remains, in all and of each', () => {
    const step = fc.record({ debt: fc.boolean(), part: fc.bigInt({ min: 1n, max: 1_000n }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let owed = 0n;
        const movements = steps.flatMap(({ debt, part }) => {
          const amount = debt ? -part : part < owed ? part : owed;
          owed -= amount;
          return amount === 0n ? [] : [{ amount }];
        });
        const debts = debtsOf(movements);
        expect(debts.reduce((sum, { remaining }) => sum + remaining, 0n)).toBe(owed);
        for (const { made, remaining, paidOff } of debts)
          expect(paidOff.reduce((sum, { amount }) => sum + amount, remaining)).toBe(-made.amount);
      }),
    );
  });

  it('cannot be less than nothing', () => {
    expect(() => debtsOf([{ amount: -1n }, { amount: 2n }])).toThrow(RangeError);
  });
});
