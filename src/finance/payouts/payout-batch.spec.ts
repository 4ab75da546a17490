import { approvalChain, type BatchContent, type PayoutContent } from './payout-batch.js';

const BATCH: BatchContent = {
  id: 'pba_1',
  rail: 'iso20022-file',
  fileFormat: 'pain.001.001.09',
  currency: 'EUR',
  payoutCount: 2,
  controlSum: 300n,
  policy: '{"minAmount":1}',
};
const PAYOUT: PayoutContent = {
  id: 'pay_1',
  merchantId: 'mer_1',
  reference: 'R1',
  amount: 100n,
  sentAmount: 98n,
  fee: 2n,
  currency: 'EUR',
  numberHash: 'h1',
  holder: 'Li',
  holderSent: 'Li',
  bankName: 'A Bank',
  bic: 'DEUTDEFF',
  country: 'DE',
  retryOf: 'pay_0',
};
const OTHER: PayoutContent = { ...PAYOUT, id: 'pay_2', reference: 'R2' };

const last = (batch: BatchContent, payouts: readonly PayoutContent[]) => approvalChain(batch, payouts).at(-1);

/** A value that each field of the content might be changed to; a field that is missing here does not compile. */
const BATCH_CHANGES: Record<keyof BatchContent, unknown[]> = {
  id: ['pba_2'],
  rail: ['csv-file'],
  fileFormat: ['pain.001.001.03', null],
  currency: ['USD'],
  payoutCount: [3],
  controlSum: [301n],
  policy: ['{"minAmount":2}', null],
};
const PAYOUT_CHANGES: Record<keyof PayoutContent, unknown[]> = {
  id: ['pay_9'],
  merchantId: ['mer_9'],
  reference: ['R9'],
  amount: [101n],
  sentAmount: [99n],
  fee: [3n],
  currency: ['USD'],
  numberHash: ['h9'],
  holder: ['Lee'],
  holderSent: ['Lee'],
  bankName: ['B Bank', null],
  bic: ['DEUTDEDD', null],
  country: ['FR'],
  retryOf: ['pay_8', null],
};
const cases = (changes: Record<string, unknown[]>) =>
  Object.entries(changes).flatMap(([field, values]) => values.map((value) => [field, value] as const));

describe('what an approval binds', () => {
  it.each(cases(BATCH_CHANGES))('changes with the batch’s %s (%s)', (field, value) => {
    expect(last({ ...BATCH, [field]: value }, [PAYOUT, OTHER])).not.toBe(last(BATCH, [PAYOUT, OTHER]));
  });

  it.each(cases(PAYOUT_CHANGES))('changes with the %s of any payout (%s)', (field, value) => {
    expect(last(BATCH, [{ ...PAYOUT, [field]: value }, OTHER])).not.toBe(last(BATCH, [PAYOUT, OTHER]));
    expect(last(BATCH, [PAYOUT, { ...OTHER, [field]: value }])).not.toBe(last(BATCH, [PAYOUT, OTHER]));
  });

  it('changes when a payout is added, removed or moved, and is the same for the same content', () => {
    const hash = last(BATCH, [PAYOUT, OTHER]);
    expect(last({ ...BATCH }, [{ ...PAYOUT }, { ...OTHER }])).toBe(hash);
    for (const payouts of [[PAYOUT], [OTHER], [OTHER, PAYOUT], [PAYOUT, OTHER, { ...OTHER, id: 'pay_3' }]])
      expect(last(BATCH, payouts)).not.toBe(hash);
  });
});
