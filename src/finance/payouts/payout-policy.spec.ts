import fc from 'fast-check';
import { approvalsNeeded, faultsOf, feeOf, feePayer, freeze, payoutsOf, type BatchPolicy } from './payout-policy.js';

const RAIL = { name: 'http-bank' as const, limits: { amount: 1_000_000n } };
const fee = fc.record({
  amount: fc.integer({ min: 0, max: 500 }),
  rateBps: fc.integer({ min: 0, max: 10_000 }),
  chargedTo: fc.constantFrom('platform' as const, 'merchant' as const),
});
const policy: fc.Arbitrary<BatchPolicy> = fc.record(
  {
    minAmount: fc.integer({ min: 1, max: 100 }),
    maxAmount: fc.integer({ min: 2_000, max: 50_000 }),
    overMaximum: fc.constantFrom('split' as const, 'skip' as const),
    fee,
  },
  { requiredKeys: ['minAmount', 'maxAmount', 'overMaximum'] },
);
const available = fc.bigInt({ min: 1n, max: 100_000n });

describe('the payouts of a merchant', () => {
  it('are all that is available, in parts that differ by one at most, none above the maximum, as few as can be', () => {
    fc.assert(
      fc.property(available, policy, (cash, terms) => {
        const payouts = payoutsOf(cash, terms, 1_000_000);
        if (typeof payouts === 'string') return;
        const amounts = payouts.map(({ amount }) => amount);
        expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(cash);
        expect(amounts.every((amount) => amount <= BigInt(terms.maxAmount))).toBe(true);
        expect((amounts[0] ?? 0n) - (amounts.at(-1) ?? 0n) <= 1n).toBe(true);
        expect(BigInt(amounts.length - 1) * BigInt(terms.maxAmount) < cash).toBe(true);
      }),
    );
  });

  it('send what is left after the merchant’s fee, or everything when the operator bears it, and never nothing', () => {
    fc.assert(
      fc.property(available, policy, (cash, terms) => {
        const payouts = payoutsOf(cash, terms, 1_000_000);
        if (typeof payouts === 'string') return;
        for (const one of payouts) {
          expect(one.sentAmount > 0n && one.fee >= 0n).toBe(true);
          const payer = feePayer(one);
          expect(one.sentAmount).toBe(payer === 'merchant' ? one.amount - one.fee : one.amount);
          if (one.fee > 0n) expect(payer).toBe(terms.fee?.chargedTo);
        }
      }),
    );
  });

  it.each([
    [10_001n, 'skip', 5, 'above-maximum'],
    [10_001n, 'split', 1, 'batch-full'],
    [9_007_199_254_740_991n, 'split', 10_000, 'batch-full'],
    [100n, 'split', 5, 'fee-exceeds-amount'],
  ] as const)('are none, and it is said why: %s, %s, room for %s', (cash, overMaximum, most, reason) => {
    const fee = { amount: 100, chargedTo: 'merchant' as const };
    expect(payoutsOf(cash, { minAmount: 1, maxAmount: 10_000, overMaximum, fee }, most)).toBe(reason);
  });
});

describe('the terms of a batch', () => {
  it('take the fee of the rail before that of all, and no more than the rail can carry', () => {
    const terms = {
      maxAmount: 2_000_000,
      fee: { amount: 5, chargedTo: 'platform' as const },
      railFees: [{ rail: 'http-bank' as const, rateBps: 60, chargedTo: 'merchant' as const }],
    };
    expect(freeze(terms, RAIL, 7n)).toEqual({
      minAmount: 7,
      maxAmount: 1_000_000,
      overMaximum: 'skip',
      fee: { amount: 0, rateBps: 60, chargedTo: 'merchant' },
    });
    expect(freeze(terms, { ...RAIL, name: 'csv-file' }, 7n).fee).toMatchObject({ amount: 5, chargedTo: 'platform' });
  });

  it('round a rate half away from zero', () => {
    expect(feeOf(50n, { rateBps: 100, chargedTo: 'merchant' })).toBe(1n);
    expect(feeOf(49n, { amount: 3, rateBps: 100, chargedTo: 'merchant' })).toBe(3n);
  });

  it('want a second checker above the threshold and not at it', () => {
    const text = JSON.stringify(freeze({ secondApproverAbove: 1000 }, RAIL, 1n));
    expect([approvalsNeeded(text, 1000n), approvalsNeeded(text, 1001n), approvalsNeeded(null, 10n ** 15n)]).toEqual([
      1, 2, 1,
    ]);
  });

  it('are refused when they contradict themselves', () => {
    const railFees = [1, 2].map((amount) => ({ rail: 'csv-file' as const, amount, chargedTo: 'merchant' as const }));
    expect(faultsOf({ minAmount: 10, maxAmount: 9, railFees }).map(({ pointer }) => pointer)).toEqual([
      '/minAmount',
      '/railFees',
    ]);
  });
});
