import { createHash } from 'node:crypto';
import {
  approvalChain,
  assertBatchTransition,
  batchState,
  SKIP_REASONS,
  WORKFLOW_STATES,
  type BatchContent,
  type PayoutContent,
  type SkipReason,
  type WorkflowState,
  totalOf,
} from './payout-batch.js';
import { PAYOUT_STATES } from './payout.js';

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
  townSent: 'Koeln',
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
  townSent: ['Bonn', null],
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

  it('tells a town from a payout that is tried again, and is without a town what it was before there were any', () => {
    const none = { ...PAYOUT, townSent: null, retryOf: null };
    expect(last(BATCH, [{ ...none, townSent: 'pay_0' }])).not.toBe(last(BATCH, [{ ...none, retryOf: 'pay_0' }]));
    expect(last(BATCH, [none])).toBe('3f4d6dd02d63676545a023dc97740638a05a185613625449ddc9dba7fc1b4c5b');
  });

  it('changes when a payout is added, removed or moved, and is the same for the same content', () => {
    const hash = last(BATCH, [PAYOUT, OTHER]);
    expect(last({ ...BATCH }, [{ ...PAYOUT }, { ...OTHER }])).toBe(hash);
    for (const payouts of [[PAYOUT], [OTHER], [OTHER, PAYOUT], [PAYOUT, OTHER, { ...OTHER, id: 'pay_3' as const }]])
      expect(last(BATCH, payouts)).not.toBe(hash);
  });

  it('is a chain of hashes that anybody can compute: of the batch, and then of each payout after the link before', () => {
    const sha256 = (...fields: unknown[]) => createHash('sha256').update(fields.join('\n'), 'utf8').digest('hex');
    const payout = [
      'pay_1',
      'mer_1',
      'R1',
      100,
      'EUR',
      'h1',
      'Li',
      'Li',
      'A Bank',
      'DEUTDEFF',
      'DE',
      98,
      2,
      'town:Koeln',
      'pay_0',
    ];
    const first = sha256(
      sha256('pba_1', 'iso20022-file', 'EUR', 2, 300, 'pain.001.001.09', '{"minAmount":1}'),
      ...payout,
    );
    expect(approvalChain(BATCH, [PAYOUT, OTHER])).toEqual([
      first,
      sha256(first, 'pay_2', 'mer_1', 'R2', ...payout.slice(3)),
    ]);
    // Batches from before there were terms, formats, towns and retries; their approvals hold for ever.
    const old = { ...PAYOUT, townSent: null, bankName: null, bic: null, retryOf: null };
    expect(approvalChain({ ...BATCH, fileFormat: null, policy: null }, [old])).toEqual([
      sha256(sha256('pba_1', 'iso20022-file', 'EUR', 2, 300), ...payout.slice(0, 8), '', '', 'DE'),
    ]);
  });
});

/** Every move that there is; whatever is not here is refused. */
const MOVES: Record<WorkflowState, WorkflowState[]> = {
  draft: ['awaiting-approval', 'cancelled'],
  'awaiting-approval': ['draft', 'approved', 'cancelled', 'rejected'],
  approved: ['submitted', 'cancelled'],
  submitted: ['withdrawn'],
  rejected: [],
  cancelled: [],
  withdrawn: [],
};

/** Whether the money of such a payout may be with the bank. */
const OPEN: Record<(typeof PAYOUT_STATES)[number], boolean> = {
  draft: false,
  'awaiting-approval': false,
  approved: false,
  submitting: true,
  accepted: true,
  unknown: true,
  paid: false,
  failed: false,
  returned: false,
  cancelled: false,
  rejected: false,
  withdrawn: false,
};

const REASONS: Record<SkipReason, true> = {
  'unknown-merchant': true,
  suspended: true,
  closed: true,
  owed: true,
  held: true,
  'bank-line-open': true,
  'below-minimum': true,
  'above-maximum': true,
  'fee-exceeds-amount': true,
  'no-bank-account': true,
  'no-wechat-openid': true,
  'not-expressible': true,
  'batch-full': true,
  'account-changed': true,
  'less-available': true,
};

const STEPS = {
  requestedBy: 'stf_requested',
  requestedAt: new Date('2026-01-01T00:00:00Z'),
  approvedBy: 'stf_approved',
  approvedAt: new Date('2026-01-02T00:00:00Z'),
  submittedBy: 'stf_submitted',
  submittedAt: new Date('2026-01-03T00:00:00Z'),
  endedBy: 'stf_ended',
  endedAt: new Date('2026-01-04T00:00:00Z'),
} as const;

describe('a batch', () => {
  it.each([
    ['draft', undefined],
    ['awaiting-approval', { by: 'stf_requested', at: '2026-01-01T00:00:00.000Z' }],
    ['approved', { by: 'stf_approved', at: '2026-01-02T00:00:00.000Z' }],
    ['submitted', { by: 'stf_submitted', at: '2026-01-03T00:00:00.000Z' }],
    ['rejected', { by: 'stf_ended', at: '2026-01-04T00:00:00.000Z' }],
    ['cancelled', { by: 'stf_ended', at: '2026-01-04T00:00:00.000Z' }],
    ['withdrawn', { by: 'stf_ended', at: '2026-01-04T00:00:00.000Z' }],
  ] as const)('that is %s refuses with who brought it there', (state, extra) => {
    const move = () => assertBatchTransition({ ...STEPS, state }, state);
    expect(move).toThrow(expect.objectContaining({ code: 'payout.wrong-state', extra }));
  });

  it.each(WORKFLOW_STATES.flatMap((from) => WORKFLOW_STATES.map((to) => [from, to] as const)))(
    'that is %s becomes %s only if that is a move, and says so otherwise',
    (from, to) => {
      const move = () => assertBatchTransition({ ...STEPS, state: from }, to);
      if (MOVES[from].includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow(`payout.wrong-state: A batch that is ${from} cannot become ${to}.`);
    },
  );

  it.each(PAYOUT_STATES.map((state) => [state]))(
    'that is submitted is completed when the last payout is %s, if that is an outcome',
    (state) => {
      const counts = new Map([
        ['paid', 3],
        [state, 1],
      ] as const);
      expect(batchState('submitted', counts)).toBe(OPEN[state] ? 'submitted' : 'completed');
      expect(batchState('submitted', new Map([[state, 0]]))).toBe('completed');
    },
  );

  it.each(WORKFLOW_STATES.filter((state) => state !== 'submitted').map((state) => [state]))(
    'that is %s is just that, whatever its payouts are',
    (state) => {
      expect(batchState(state, new Map([['accepted', 1]]))).toBe(state);
      expect(batchState(state, new Map([['paid', 1]]))).toBe(state);
    },
  );

  it('says of each merchant that is not in it why, by a word of the contract', () => {
    expect([...SKIP_REASONS].sort()).toEqual(Object.keys(REASONS).sort());
  });
});

test('payouts come to what their amounts add up to, and those of another currency to nothing at all', () => {
  expect(totalOf(BATCH, [PAYOUT, OTHER], 'amount')).toBe(PAYOUT.amount + OTHER.amount);
  expect(totalOf(BATCH, [PAYOUT, OTHER], 'sentAmount')).toBe(PAYOUT.sentAmount + OTHER.sentAmount);
  expect(totalOf(BATCH, [], 'amount')).toBe(0n);
  expect(() => totalOf(BATCH, [PAYOUT, { ...OTHER, currency: 'USD' }], 'amount')).toThrow('never happens: USD');
});
