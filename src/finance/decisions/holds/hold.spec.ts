import {
  Book,
  newAccountRow,
  operatorEntry,
  type PostedJournal,
  type EntryDraft,
  type JournalKind,
} from '../../ledger/index.js';
import {
  assertDecidable,
  followJournals,
  HOLD_CAUSES,
  HOLD_STATES,
  openHold,
  settleHold,
  type Hold,
  type HoldState,
} from './hold.js';
import type { RewardId, StaffId } from '../../../shared/ids.js';

const merchantId = 'mer_a';
const asset = 'CNY';
const NOW = new Date('2026-11-27T12:00:00Z');

const hold = (change: Partial<Hold> = {}): Hold => ({
  ...openHold({
    merchantId,
    asset,
    amount: 100n,
    source: 'pending',
    cause: 'reward',
    reason: 'looks odd',
    heldBy: 'stf_1',
    heldAt: NOW,
    rewardId: 'rwd_a',
  }),
  ...change,
});

/** Posts one journal after the other to an account with 1000 on hold. */
function posted(...journals: { kind: JournalKind; entries: EntryDraft[] }[]): PostedJournal[] {
  const row = newAccountRow(merchantId, asset);
  row.balances.held = 1_000n;
  const book = Book.of([row]);
  return journals.map(({ kind, entries }, at) =>
    book.post({
      businessKey: `test ${at}`,
      kind,
      description: `The ${kind} of a test.`,
      occurredAt: NOW,
      cause: { type: 'order-event', id: 'evt_a' },
      entries,
    }),
  );
}

/** Money put on hold, or, of a negative amount, taken from what is on hold. */
const held = (amount: bigint, of: Pick<EntryDraft, 'rewardId' | 'payoutId'> = {}): EntryDraft[] => [
  { owner: merchantId, asset, account: 'held', amount, ...of },
  operatorEntry('reward-cost', { asset, amount: -amount, ...of }),
];
const refund = (amount: bigint, rewardId: RewardId = 'rwd_a') => ({
  kind: 'refund' as const,
  entries: held(-amount, { rewardId }),
});

describe('a hold', () => {
  it('is open for all of its amount, with nobody’s decision', () => {
    expect(hold()).toMatchObject({
      id: expect.stringMatching(/^hld_/) as string,
      amount: 100n,
      remaining: 100n,
      refunded: 0n,
      settled: 0n,
      state: 'open',
      rewardId: 'rwd_a',
      payoutId: null,
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    });
    expect(hold().id).not.toBe(hold().id);
  });

  it('is decided by somebody else than who made it, also when it was made by a rule', () => {
    const by = (who: StaffId, heldBy: StaffId | null) => () =>
      assertDecidable(hold({ heldBy }), { decision: 'released', by: who });
    expect(by('stf_1', 'stf_1')).toThrow(/hold\.same-person: .*[Aa]nother person/);
    expect(by('stf_2', 'stf_1')).not.toThrow();
    expect(by('stf_1', null)).not.toThrow();
  });

  it.each(HOLD_STATES.map((state) => [state]))('that is %s can be decided only while it is open', (state) => {
    for (const decision of ['released', 'voided'] as const) {
      const decide = () => assertDecidable(hold({ state }), { decision, by: 'stf_2' });
      if (state === 'open') expect(decide).not.toThrow();
      else expect(decide).toThrow(`hold.wrong-state: The hold is ${state}.`);
    }
  });

  it.each(HOLD_CAUSES.map((cause) => [cause]))('because of %s can be voided unless the money came back', (cause) => {
    const decide = (decision: 'released' | 'voided') => () =>
      assertDecidable(hold({ cause }), { decision, by: 'stf_2' });
    expect(decide('released')).not.toThrow();
    if (cause === 'bad-account' || cause === 'returned-payout')
      expect(decide('voided')).toThrow(/hold\.not-voidable: .*only be released/);
    else expect(decide('voided')).not.toThrow();
  });

  it.each<[Extract<HoldState, 'released' | 'voided'>]>([['released'], ['voided']])(
    'that is %s has settled all that refunds had left of it',
    (decision) => {
      const before = hold({ remaining: 60n, refunded: 30n, settled: 10n });
      expect(settleHold(before, { decision, by: 'stf_2', at: NOW, reason: 'checked' })).toEqual({
        ...before,
        remaining: 0n,
        refunded: 30n,
        settled: 70n,
        state: decision,
        decidedBy: 'stf_2',
        decidedAt: NOW,
        decisionReason: 'checked',
      });
    },
  );
});

describe('holds follow the journals', () => {
  it.each<[kind: JournalKind, expected: Partial<Hold>]>([
    [
      'reward',
      { cause: 'suspended-merchant', source: 'reward-cost', reason: expect.stringMatching(/suspended/) as string },
    ],
    ['payout-failed', { cause: 'bad-account', source: 'in-transit', reason: 'The payout-failed of a test.' }],
    ['payout-returned', { cause: 'returned-payout', source: 'bank', reason: 'The payout-returned of a test.' }],
  ])('money that a journal of kind %s put on hold is a new hold, made by nobody', (kind, expected) => {
    const of = kind === 'reward' ? { rewardId: 'rwd_b' as const } : { payoutId: 'pay_b' as const };
    const { opened, changed } = followJournals([hold()], posted({ kind, entries: held(40n, of) }), NOW);
    expect(changed).toEqual([]);
    expect(opened).toMatchObject([
      {
        merchantId,
        asset,
        amount: 40n,
        remaining: 40n,
        rewardId: null,
        payoutId: null,
        heldBy: null,
        heldAt: NOW,
        state: 'open',
        ...of,
        ...expected,
      },
    ]);
  });

  it('no other journal may put money on hold by itself', () => {
    expect(() => followJournals([], posted({ kind: 'refund', entries: held(1n) }), NOW)).toThrow(
      'a journal of kind refund put money into held',
    );
  });

  it('money that moves elsewhere makes no hold', () => {
    const entries: EntryDraft[] = [
      { owner: merchantId, asset, account: 'pending', amount: 5n },
      operatorEntry('reward-cost', { asset, amount: -5n }),
    ];
    expect(followJournals([hold()], posted({ kind: 'reward', entries }), NOW)).toEqual({ opened: [], changed: [] });
  });

  it('a refund shrinks the holds of its reward, the first one first, and no others', () => {
    const [first, second, other] = [
      hold({ id: 'hld_a' }),
      hold({ id: 'hld_b', remaining: 50n, settled: 50n }),
      hold({ id: 'hld_c', rewardId: 'rwd_b' }),
    ];
    const { opened, changed } = followJournals([first, second, other], posted(refund(120n)), NOW);
    expect(opened).toEqual([]);
    expect(changed).toEqual([
      { ...first, remaining: 0n, refunded: 100n, state: 'emptied' },
      { ...second, remaining: 30n, refunded: 20n },
    ]);
  });

  it('refunds of one transaction follow one another, and skip a hold that is empty by then', () => {
    const [first, second] = [hold({ id: 'hld_a' }), hold({ id: 'hld_b' })];
    const { changed } = followJournals([first, second], posted(refund(100n), refund(30n), refund(10n)), NOW);
    expect(changed.map(({ id, remaining, refunded, state }) => [id, remaining, refunded, state])).toEqual([
      ['hld_a', 0n, 100n, 'emptied'],
      ['hld_b', 60n, 40n, 'open'],
    ]);
    expect(followJournals([first, second], posted(refund(100n)), NOW).changed).toMatchObject([{ id: 'hld_a' }]);
  });

  it('a hold that is made and refunded in one transaction is new, of what was left', () => {
    const reward = { kind: 'reward' as const, entries: held(40n, { rewardId: 'rwd_a' }) };
    const { opened, changed } = followJournals([], posted(reward, refund(15n)), NOW);
    expect(changed).toEqual([]);
    expect(opened).toMatchObject([{ amount: 40n, remaining: 25n, refunded: 15n, state: 'open' }]);
  });

  it('a refund of more than is on hold stops the transaction', () => {
    expect(() => followJournals([hold()], posted(refund(101n)), NOW)).toThrow(
      'rwd_a has less on hold than was taken back',
    );
    expect(() => followJournals([hold()], posted({ kind: 'refund', entries: held(-1n) }), NOW)).toThrow('no reward');
    expect(followJournals([hold()], posted(refund(100n)), NOW).changed).toMatchObject([{ remaining: 0n }]);
  });
});
