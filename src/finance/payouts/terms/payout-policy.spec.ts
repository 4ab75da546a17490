import fc from 'fast-check';
import {
  approvalsNeeded,
  faultsOf,
  feeOf,
  feePayer,
  FEE_PAYERS,
  freeze,
  OVER_MAXIMUM,
  payoutsOf,
  readPolicy,
  type BatchPolicy,
} from './payout-policy.js';

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

  const TERMS = { minAmount: 1, maxAmount: 10_000 };

  it('are one at the maximum exactly, and two of equal parts a minor unit above it', () => {
    const amounts = (cash: bigint, most = 2) => {
      const payouts = payoutsOf(cash, { ...TERMS, overMaximum: 'split' }, most);
      return typeof payouts === 'string' ? payouts : payouts.map(({ amount }) => amount);
    };
    expect(payoutsOf(10_000n, { ...TERMS, overMaximum: 'skip' }, 1)).toEqual([
      { amount: 10_000n, fee: 0n, sentAmount: 10_000n },
    ]);
    expect(amounts(10_001n)).toEqual([5_001n, 5_000n]);
    expect(amounts(20_000n)).toEqual([10_000n, 10_000n]);
    expect(amounts(20_001n)).toBe('batch-full');
    expect(amounts(20_001n, 3)).toEqual([6_667n, 6_667n, 6_667n]);
  });

  it('each cost their fee, which the merchant or the operator bears', () => {
    const of = (chargedTo: 'merchant' | 'platform') =>
      payoutsOf(10_001n, { ...TERMS, overMaximum: 'split', fee: { amount: 3, rateBps: 100, chargedTo } }, 2);
    expect(of('merchant')).toEqual([
      { amount: 5_001n, fee: 53n, sentAmount: 4_948n },
      { amount: 5_000n, fee: 53n, sentAmount: 4_947n },
    ]);
    expect(of('platform')).toEqual([
      { amount: 5_001n, fee: 53n, sentAmount: 5_001n },
      { amount: 5_000n, fee: 53n, sentAmount: 5_000n },
    ]);
  });

  it('are none when the fee leaves nothing of one of them, and one when it leaves a minor unit', () => {
    const of = (cash: bigint, chargedTo: 'merchant' | 'platform') =>
      payoutsOf(cash, { ...TERMS, overMaximum: 'skip', fee: { amount: 100, chargedTo } }, 1);
    expect(of(99n, 'merchant')).toBe('fee-exceeds-amount');
    expect(of(100n, 'merchant')).toBe('fee-exceeds-amount');
    expect(of(101n, 'merchant')).toEqual([{ amount: 101n, fee: 100n, sentAmount: 1n }]);
    expect(of(100n, 'platform')).toEqual([{ amount: 100n, fee: 100n, sentAmount: 100n }]);
    // Of two unequal parts the smaller one decides.
    const fee = { amount: 2, chargedTo: 'merchant' as const };
    expect(payoutsOf(5n, { minAmount: 1, maxAmount: 4, overMaximum: 'split', fee }, 2)).toBe('fee-exceeds-amount');
  });

  it('have a fee that the merchant bears when less is sent than leaves them', () => {
    expect(feePayer({ amount: 100n, sentAmount: 100n, fee: 0n })).toBeNull();
    expect(feePayer({ amount: 100n, sentAmount: 100n, fee: 1n })).toBe('platform');
    expect(feePayer({ amount: 100n, sentAmount: 99n, fee: 1n })).toBe('merchant');
    expect([...FEE_PAYERS]).toEqual(['platform', 'merchant']);
    expect([...OVER_MAXIMUM]).toEqual(['split', 'skip']);
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

  it('are as they were set: within the rail’s maximum, for a rail without a fee of its own the fee of all, or none', () => {
    const maximum = (maxAmount?: number) => freeze({ maxAmount }, RAIL, 1n).maxAmount;
    expect([undefined, 999_999, 1_000_000, 1_000_001].map(maximum)).toEqual([1_000_000, 999_999, 1_000_000, 1_000_000]);
    expect(freeze({}, RAIL, 0n)).toEqual({ minAmount: 0, maxAmount: 1_000_000, overMaximum: 'skip' });
    expect(
      freeze({ overMaximum: 'split', secondApproverAbove: 0, fee: { rateBps: 7, chargedTo: 'platform' } }, RAIL, 1n),
    ).toEqual({
      minAmount: 1,
      maxAmount: 1_000_000,
      overMaximum: 'split',
      secondApproverAbove: 0,
      fee: { amount: 0, rateBps: 7, chargedTo: 'platform' },
    });
  });

  it('charge nothing without a fee, and a fixed amount without a rate', () => {
    expect(feeOf(10_000n, undefined)).toBe(0n);
    expect(feeOf(10_000n, { amount: 7, chargedTo: 'platform' })).toBe(7n);
    expect(feeOf(10_000n, { rateBps: 1, chargedTo: 'platform' })).toBe(1n);
  });

  it('are kept as text, and are none for a batch from before there were any', () => {
    const terms = freeze({ fee: { amount: 5, chargedTo: 'merchant' } }, RAIL, 7n);
    expect(readPolicy(JSON.stringify(terms))).toEqual(terms);
    expect(readPolicy(null)).toBeNull();
    expect(approvalsNeeded(JSON.stringify(terms), 10n ** 15n)).toBe(1);
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
    expect(faultsOf({ minAmount: 10, maxAmount: 9, railFees })).toEqual([
      { pointer: '/minAmount', detail: 'must not be more than maxAmount' },
      { pointer: '/railFees', detail: 'must name each rail once' },
    ]);
    const each = (['csv-file', 'http-bank'] as const).map((rail) => ({ rail, chargedTo: 'merchant' as const }));
    for (const terms of [{}, { minAmount: 10 }, { maxAmount: 9 }, { minAmount: 9, maxAmount: 9 }, { railFees: each }])
      expect(faultsOf(terms)).toEqual([]);
  });
});
