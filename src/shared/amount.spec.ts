import fc from 'fast-check';
import { negated, plus, sumOf, type Amount } from './amount.js';

const amount = (...assets: string[]) => fc.record<Amount>({ asset: fc.constantFrom(...assets), amount: fc.bigInt() });
const mixed = fc.array(amount('CNY', 'USD', 'POINTS', 'COUPON:TEA'), { maxLength: 20 });

test('amounts of one asset add up, and with their other sides to nothing', () => {
  fc.assert(
    fc.property(fc.array(amount('CNY'), { maxLength: 20 }), (amounts) => {
      const total = amounts.reduce((sum, one) => sum + one.amount, 0n);
      expect(sumOf('CNY', amounts)).toEqual({ asset: 'CNY', amount: total });
      expect(sumOf('CNY', [...amounts, ...amounts.map(negated)])).toEqual({ asset: 'CNY', amount: 0n });
    }),
  );
});

test('no sum ever mixes assets: it is of the one that was asked for, or there is none', () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom('CNY', 'POINTS'), (amounts, asset) => {
      const mine = amounts.filter((one) => one.asset === asset);
      const stranger = amounts.find((one) => one.asset !== asset);
      expect(sumOf(asset, mine).asset).toBe(asset);
      if (stranger) expect(() => sumOf(asset, amounts)).toThrow(/^never happens: /);
      else expect(sumOf(asset, amounts)).toEqual(sumOf(asset, mine));
    }),
  );
});

test('two amounts add up exactly when they are of one asset', () => {
  fc.assert(
    fc.property(amount('CNY', 'USD'), amount('CNY', 'USD'), (one, other) => {
      if (one.asset === other.asset) expect(plus(one, other)).toEqual(plus(other, one));
      else expect(() => plus(one, other)).toThrow(`never happens: ${other.asset} added to ${one.asset}`);
    }),
  );
});

test('the other side keeps whatever else is said', () => {
  expect(negated({ asset: 'CNY', amount: 5n, reward: 'a' })).toEqual({ asset: 'CNY', amount: -5n, reward: 'a' });
});
