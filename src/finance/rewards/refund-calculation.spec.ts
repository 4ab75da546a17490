import fc from 'fast-check';
import { divideHalfAwayFromZero } from '../../shared/money.js';
import type { RefundContent } from '../../detection/orders/index.js';
import { fractionText } from '../../shared/fraction.js';
import { remainingAfter, reversalSources, reversedInTotal } from './refund-calculation.js';

const whole = (amount: bigint): RefundContent => ({ amount, lines: null, shipping: null, tax: null });
const naming = (amount: bigint, named: Partial<RefundContent>): RefundContent => ({ ...whole(amount), ...named });

describe('what a refund takes back', () => {
  it('is the share of all that was paid, cumulatively: three partial refunds give back exactly what was granted', () => {
    const order = { skus: ['a'], commissionable: [50_000n], amountPaid: 50_500n };
    const reward = { granted: 1_450n, lines: [{ line: 0, commissionable: 50_000n }] };
    const after = (...amounts: bigint[]) => reversedInTotal(reward, remainingAfter(order, amounts.map(whole)));
    expect(after(10_100n)).toBe(290n);
    expect(after(10_100n, 17_000n)).toBe(divideHalfAwayFromZero(1_450n * 27_100n, 50_500n));
    expect(after(10_100n, 17_000n, 23_400n)).toBe(1_450n);
  });

  it('touches only the rewards of the lines it names; what they cannot bear is spread over the rest', () => {
    const order = { skus: ['a', 'b'], commissionable: [1_000n, 3_000n], amountPaid: 4_000n };
    const ofA = { granted: 100n, lines: [{ line: 0, commissionable: 1_000n }] };
    const ofB = { granted: 300n, lines: [{ line: 1, commissionable: 3_000n }] };
    const onA = remainingAfter(order, [naming(500n, { lines: [{ sku: 'a', amount: 500n }] })]);
    expect([reversedInTotal(ofA, onA), reversedInTotal(ofB, onA)]).toEqual([50n, 0n]);
    const over = remainingAfter(order, [naming(2_500n, { lines: [{ sku: 'a', amount: 2_500n }] })]);
    expect([reversedInTotal(ofA, over), reversedInTotal(ofB, over)]).toEqual([100n, 150n]);
  });

  it.each([
    [
      'a line with its VAT',
      22_600n,
      [10_000n, 10_000n],
      naming(11_300n, { lines: [{ sku: 'a', amount: 10_000n }] }),
      1_000n,
    ],
    ['a line and its shipping', 12_000n, [10_000n], naming(7_000n, { lines: [{ sku: 'a', amount: 5_000n }] }), 500n],
    ['shipping alone', 12_000n, [10_000n], naming(2_000n, { shipping: 2_000n }), 1_000n],
    ['tax alone', 22_600n, [10_000n, 10_000n], naming(1_300n, { tax: 1_300n }), 2_000n],
    ['shipping, and more that it does not name', 12_000n, [10_000n], naming(3_000n, { shipping: 1_000n }), 900n],
    [
      'more than a line and all shipping: other merchandise last',
      23_000n,
      [10_000n, 10_000n],
      naming(14_000n, { lines: [{ sku: 'a', amount: 10_000n }] }),
      900n,
    ],
    [
      'more than everything but the line that it names',
      20_000n,
      [10_000n, 10_000n],
      naming(15_000n, { lines: [{ sku: 'a', amount: 1_000n }] }),
      500n,
    ],
    ['nothing by name: the documented proportion', 12_000n, [10_000n], whole(6_000n), 500n],
  ] as const)(
    'of %s leaves what is left of the lines to be rewarded',
    (_case, amountPaid, commissionable, refund, left) => {
      const order = { skus: ['a', 'b'].slice(0, commissionable.length), commissionable, amountPaid };
      const granted = commissionable.reduce((sum, commissionable) => sum + commissionable, 0n) / 10n;
      const lines = commissionable.map((commissionable, line) => ({ line, commissionable }));
      expect(granted - reversedInTotal({ granted, lines }, remainingAfter(order, [refund]))).toBe(left);
    },
  );

  it('comes from what is pending, then from what is held, then from what has matured', () => {
    const reward = { pending: 10n, held: 5n, matured: 20n, clawedBack: 8n };
    expect(reversalSources(reward, 12n)).toEqual({ pending: 10n, held: 2n, matured: 0n });
    expect(reversalSources(reward, 27n)).toEqual({ pending: 10n, held: 5n, matured: 12n });
    expect(reversalSources(reward, 17n)).toEqual({ pending: 10n, held: 5n, matured: 2n });
    expect(reversalSources(reward, 28n)).toEqual({ pending: 10n, held: 5n, matured: 12n });
  });

  it('leaves of every line and of the rest an exact part', () => {
    const order = { skus: ['a', 'b', 'b'], commissionable: [300n, 200n, 100n], amountPaid: 700n };
    const left = (...refunds: RefundContent[]) => {
      const { lines, rest } = remainingAfter(order, refunds);
      return [...lines, rest].map(fractionText);
    };
    expect(left()).toEqual(['300', '200', '100', '100']);
    expect(left(whole(70n))).toEqual(['270', '180', '90', '90']);
    expect(left(whole(100n))).toEqual(['1800/7', '1200/7', '600/7', '600/7']);
    expect(left(naming(30n, { lines: [{ sku: 'b', amount: 30n }] }))).toEqual(['300', '180', '90', '100']);
    expect(left(naming(60n, { shipping: 40n, tax: 20n }))).toEqual(['300', '200', '100', '40']);
    expect(left(naming(10n, { lines: [] }))).toEqual(['300', '200', '100', '90']);
    expect(left(naming(10n, { lines: [{ sku: 'unknown', amount: 10n }] }))).toEqual(['300', '200', '100', '90']);
    expect(left(whole(700n), whole(1n))).toEqual(['0', '0', '0', '0']);
  });

  it('is half a unit more rounded away from zero', () => {
    const order = { skus: ['a'], commissionable: [100n], amountPaid: 100n };
    const reward = { granted: 1n, lines: [{ line: 0, commissionable: 100n }] };
    const after = (amount: bigint) => reversedInTotal(reward, remainingAfter(order, [whole(amount)]));
    expect([after(49n), after(50n)]).toEqual([0n, 1n]);
  });
});

describe('whatever the refunds', () => {
  const skus = ['a', 'b', 'b', 'c'];
  const scenario = fc
    .record({
      commissionable: fc.tuple(...skus.map(() => fc.bigInt({ min: 0n, max: 100_000n }))),
      rest: fc.bigInt({ min: 0n, max: 5_000n }),
      granted: fc.bigInt({ min: 0n, max: 50_000n }),
      cuts: fc.array(
        fc.record({
          part: fc.nat({ max: 100 }),
          sku: fc.option(fc.constantFrom('a', 'b', 'c', 'unknown'), { nil: null }),
          named: fc.nat({ max: 100 }),
          extra: fc.constantFrom('shipping' as const, 'tax' as const, null),
        }),
        { maxLength: 30 },
      ),
    })
    .filter(({ commissionable }) => commissionable[0]! + commissionable[1]! > 0n)
    .map(({ commissionable, rest, granted, cuts }) => {
      const amountPaid = commissionable.reduce((a, b) => a + b, 0n) + rest;
      let left = amountPaid;
      const refunds = cuts.map(({ part, sku, named, extra }): RefundContent => {
        const amount = (left * BigInt(part)) / 100n;
        left -= amount;
        const ofLine = (amount * BigInt(named)) / 100n;
        return naming(amount, {
          ...(sku !== null && { lines: [{ sku, amount: ofLine }] }),
          ...(extra !== null && { [extra]: (amount - (sku === null ? 0n : ofLine)) / 2n }),
        });
      });
      refunds.push(whole(left));
      const lines = [0, 1].map((line) => ({ line, commissionable: commissionable[line]! }));
      return { order: { skus, commissionable, amountPaid }, reward: { granted, lines }, refunds };
    });

  it('never more than granted, never less than before, and everything when everything is refunded', () => {
    fc.assert(
      fc.property(scenario, ({ order, reward, refunds }) => {
        let before = 0n;
        for (let count = 1; count <= refunds.length; count += 1) {
          const reversed = reversedInTotal(reward, remainingAfter(order, refunds.slice(0, count)));
          expect(reversed >= before && reversed <= reward.granted).toBe(true);
          before = reversed;
        }
        expect(before).toBe(reward.granted);
      }),
    );
  });

  it('without lines it is the plain formula of refunded over paid', () => {
    fc.assert(
      fc.property(scenario, ({ order, reward, refunds }) => {
        const plain = refunds.map(({ amount }) => whole(amount)).slice(0, 5);
        const refunded = plain.reduce((sum, { amount }) => sum + amount, 0n);
        expect(reversedInTotal(reward, remainingAfter(order, plain))).toBe(
          divideHalfAwayFromZero(reward.granted * refunded, order.amountPaid),
        );
      }),
    );
  });
});
