import * as fc from 'fast-check';
import { HOLD_CAUSES, type HoldCause } from '../../../src/finance/holds/hold.js';

/** How a call is made: duplicates come one after the other or both at once. */
export type Times = 'once' | 'again' | 'at-once';

/** What a rail answers; `throws` is a fault of ours on the way. */
export type Said = 'accepted' | 'paid' | 'failed' | 'bad-account' | 'unknown' | 'not-found' | 'try-later' | 'throws';

export type BatchAction = 'request-approval' | 'approve' | 'reject' | 'cancel' | 'submit';
export type Who = 'maker' | 'checker' | 'other';

/**
 * One thing that happens. Numbers that name something (an order, a batch) count round what there is at that moment, so
 * that every step of a history means something and stays meaningful while fast-check makes the history smaller.
 */
export type Step =
  | {
      kind: 'order';
      /** 0–2 a merchant, 3 nobody. */
      merchant: number;
      lines: { quantity: number; unitPrice: number; off: number }[];
      shipping: number;
      tax: number;
      times: Times;
    }
  /** `off`: percent of the merchandise that was not paid. `long`: so long ago that a hold of seven days is over. */
  | { kind: 'complete'; order: number; off: number; long: boolean; times: Times }
  | { kind: 'cancel'; order: number; times: Times }
  /** `part`: percent of what was to be paid. `lines`: how much of it is said to be of each line, in percent. */
  | { kind: 'refund'; order: number; part: number; lines: number[] | null; times: Times }
  | { kind: 'refund-otherwise'; refund: number }
  /** `only`: one of all events, posted or not; null: all that wait, and when it is done twice, all that there ever were. */
  | { kind: 'post'; only: number | null; times: Times }
  | { kind: 'hold-over'; merchant: number }
  | { kind: 'mature'; times: Times }
  | { kind: 'adjust'; merchant: number; asset: 'CNY' | 'POINTS'; amount: number }
  | { kind: 'decide'; adjustment: number; decision: 'approve' | 'reject'; who: Who; times: Times }
  | { kind: 'redeem'; merchant: number; amount: number; times: Times }
  | { kind: 'redeem-otherwise'; redemption: number }
  /** `otherwise`: an earlier reversal again, with another reason. */
  | { kind: 'reverse'; redemption: number; amount: number; otherwise: boolean; times: Times }
  | { kind: 'lapse'; merchant: number }
  | { kind: 'expire'; times: Times }
  | { kind: 'hold-reward'; reward: number; who: Who; times: Times }
  /** `amount` null: all that is available. */
  | { kind: 'hold-balance'; merchant: number; asset: 'CNY' | 'POINTS'; amount: number | null; who: Who; times: Times }
  | { kind: 'decide-hold'; hold: number; decision: 'release' | 'void'; who: Who; times: Times }
  | { kind: 'release-all'; merchant: number; cause: HoldCause; who: Who; times: Times }
  | { kind: 'merchant'; merchant: number; state: 'active' | 'suspended' | 'closed' }
  /** `only`: these merchants; null: all. */
  | { kind: 'draft'; rail: 'http-bank' | 'iso20022-file'; minAmount: number; only: number[] | null }
  | { kind: 'batch'; batch: number; action: BatchAction; who: Who; times: Times }
  /** The worker sends what waits and asks about what is open; each payout takes the next of the answers. */
  | { kind: 'deliver'; submit: Said[]; status: Said[]; times: Times }
  /** Bank reports name any payouts, sent or not; `wrong` is another amount than the payout's. */
  | {
      kind: 'report';
      words: { payout: number; says: 'accepted' | 'failed' | 'bad-account' | 'paid' | 'returned'; wrong: boolean }[];
      times: Times;
    };

// Not evenly: what one merchant's money does to itself is what goes wrong.
const merchant = fc.constantFrom(0, 1, 1, 2, 2, 2);
const any = fc.nat({ max: 20 });
const percent = fc.integer({ min: 0, max: 100 });
const times = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Times>('once') },
  { weight: 2, arbitrary: fc.constant<Times>('again') },
  { weight: 2, arbitrary: fc.constant<Times>('at-once') },
);
const who = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Who>('maker') },
  { weight: 4, arbitrary: fc.constantFrom<Who>('checker', 'other') },
);
const money = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 50_000 }));
const orderStep = fc.record({
  kind: fc.constant('order' as const),
  merchant: fc.oneof({ weight: 9, arbitrary: merchant }, { weight: 1, arbitrary: fc.constant(3) }),
  lines: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 3 }),
      unitPrice: money,
      off: fc.constantFrom(0, 0, 0, 0, 10, 100),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  shipping: fc.constantFrom(0, 0, 7, 500),
  tax: fc.constantFrom(0, 0, 13, 300),
  times,
});
const off = fc.constantFrom(0, 0, 0, 0, 0, 5, 33, 100);
const completeStep = fc.record({
  kind: fc.constant('complete' as const),
  order: any,
  off,
  long: fc.boolean(),
  times,
});
const refundStep = fc.record({
  kind: fc.constant('refund' as const),
  order: any,
  part: fc.oneof(percent, fc.constantFrom(100, 100, 33)),
  lines: fc.oneof(fc.constant(null), fc.array(percent, { minLength: 1, maxLength: 3 })),
  times,
});
const postStep = fc.record({
  kind: fc.constant('post' as const),
  only: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: any }),
  times,
});
const matureStep = fc.record({ kind: fc.constant('mature' as const), times });
const draftStep = fc.record({
  kind: fc.constant('draft' as const),
  rail: fc.constantFrom('http-bank' as const, 'http-bank' as const, 'iso20022-file' as const),
  minAmount: fc.constantFrom(1, 1, 1, 500),
  only: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 2 }) },
  ),
});
const batchStep = fc.record({
  kind: fc.constant('batch' as const),
  batch: any,
  action: fc.constantFrom<BatchAction>('request-approval', 'approve', 'reject', 'cancel', 'submit'),
  who,
  times,
});
const said = (...all: Said[]) => fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 3 });
const deliverStep = fc.record({
  kind: fc.constant('deliver' as const),
  submit: said('accepted', 'accepted', 'paid', 'failed', 'bad-account', 'unknown', 'try-later', 'throws'),
  status: said('accepted', 'paid', 'paid', 'failed', 'bad-account', 'unknown', 'not-found', 'try-later', 'throws'),
  times,
});
const reportStep = fc.record({
  kind: fc.constant('report' as const),
  words: fc.array(
    fc.record({
      payout: any,
      says: fc.constantFrom(
        'accepted' as const,
        'failed' as const,
        'bad-account' as const,
        'paid' as const,
        'returned' as const,
      ),
      wrong: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  times,
});

const adjustStep = fc.record({
  kind: fc.constant('adjust' as const),
  merchant,
  asset: fc.constantFrom('CNY' as const, 'POINTS' as const),
  amount: fc.integer({ min: -3_000, max: 3_000 }).filter((amount) => amount !== 0),
});

// Clara earns no points but by adjustments.
const collector = fc.constantFrom(0, 0, 1, 1, 2);
const redeemStep = fc.record({
  kind: fc.constant('redeem' as const),
  merchant: collector,
  amount: fc.integer({ min: 1, max: 100 }),
  times,
});
const reverseStep = fc.record({
  kind: fc.constant('reverse' as const),
  redemption: any,
  amount: fc.integer({ min: 1, max: 60 }),
  otherwise: fc.constantFrom(false, false, false, false, true),
  times,
});
const expireStep = fc.record({ kind: fc.constant('expire' as const), times });

const holdRewardStep = fc.record({
  kind: fc.constant('hold-reward' as const),
  reward: fc.oneof(any, fc.constant(-1)),
  who: fc.constant<Who>('maker'),
  times,
});
const holdBalanceStep = fc.record({
  kind: fc.constant('hold-balance' as const),
  merchant,
  asset: fc.constantFrom('CNY' as const, 'CNY' as const, 'POINTS' as const),
  amount: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 2_000 })),
  who: fc.constantFrom<Who>('maker', 'maker', 'other'),
  times,
});
const decideHoldStep = fc.record({
  kind: fc.constant('decide-hold' as const),
  hold: fc.oneof(any, fc.constant(-1)),
  decision: fc.constantFrom('release' as const, 'release' as const, 'void' as const),
  who,
  times,
});
const releaseAllStep = fc.record({
  kind: fc.constant('release-all' as const),
  merchant,
  cause: fc.constantFrom(...HOLD_CAUSES),
  who,
  times,
});

const single: fc.Arbitrary<Step[]> = fc
  .oneof(
    { weight: 3, arbitrary: orderStep },
    { weight: 4, arbitrary: completeStep },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), order: any, times }) },
    { weight: 6, arbitrary: refundStep },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('refund-otherwise' as const), refund: any }) },
    { weight: 6, arbitrary: postStep },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold-over' as const), merchant }) },
    { weight: 3, arbitrary: matureStep },
    { weight: 2, arbitrary: adjustStep },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('decide' as const),
        adjustment: any,
        decision: fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const),
        who,
        times,
      }),
    },
    { weight: 3, arbitrary: redeemStep },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('redeem-otherwise' as const), redemption: any }) },
    { weight: 2, arbitrary: reverseStep },
    { weight: 2, arbitrary: holdRewardStep },
    { weight: 2, arbitrary: holdBalanceStep },
    { weight: 4, arbitrary: decideHoldStep },
    { weight: 1, arbitrary: releaseAllStep },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lapse' as const), merchant: collector }) },
    { weight: 1, arbitrary: expireStep },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('merchant' as const),
        merchant,
        state: fc.constantFrom('active' as const, 'active' as const, 'suspended' as const, 'closed' as const),
      }),
    },
    { weight: 2, arbitrary: draftStep },
    { weight: 7, arbitrary: batchStep },
    { weight: 4, arbitrary: deliverStep },
    { weight: 4, arbitrary: reportStep },
  )
  .map((step) => [step]);

// What histories need often before anything else can go wrong: an order that is bought, complete and rewarded; one that
// is refunded; a correction; a payout that goes some way.
const bought: fc.Arbitrary<Step[]> = fc
  .tuple(orderStep, off, fc.boolean(), postStep, matureStep)
  .map(([order, less, long, post, mature]) => [
    order,
    { kind: 'complete', order: -1, off: less, long, times: 'once' },
    { ...post, only: null },
    ...(long ? [mature] : []),
  ]);
const givenBack: fc.Arbitrary<Step[]> = fc.tuple(refundStep, postStep, fc.boolean()).map(([refund, post, last]) => [
  { ...refund, ...(last && { order: -1 }) },
  { ...post, only: null },
]);
const corrected: fc.Arbitrary<Step[]> = adjustStep.map((adjust) => [
  adjust,
  { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
]);
const paidOut: fc.Arbitrary<Step[]> = fc
  .tuple(draftStep, fc.integer({ min: 1, max: 4 }), times, deliverStep)
  .map(([draft, far, duplicates, deliver]) => {
    const act = (action: BatchAction): Step => ({
      kind: 'batch',
      batch: -1,
      action,
      who: 'checker',
      times: duplicates,
    });
    return [draft, ...[act('request-approval'), act('approve'), act('submit'), deliver].slice(0, far)] satisfies Step[];
  });

/** Two batches over the same money: only one of them may have it. */
const raced: fc.Arbitrary<Step[]> = fc.tuple(draftStep, draftStep).map(([one, other]) => {
  const act = (batch: number, action: BatchAction): Step => ({
    kind: 'batch',
    batch,
    action,
    who: 'checker',
    times: 'once',
  });
  const both = (action: BatchAction) => [act(-1, action), act(-2, action)];
  return [one, other, ...both('request-approval'), ...both('approve')];
});

/** A merchant whose money is gone owes what is taken back, while another reward of theirs is about to mature. */
const indebted: fc.Arbitrary<Step[]> = fc.tuple(orderStep, orderStep, matureStep).map(([one, other, mature]) => {
  const complete: Step = { kind: 'complete', order: -1, off: 0, long: false, times: 'once' };
  const post: Step = { kind: 'post', only: null, times: 'once' };
  const gone = [-60, -60].flatMap((amount): Step[] => [
    { kind: 'adjust', merchant: 2, asset: 'CNY', amount },
    { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
  ]);
  const refund: Step = { kind: 'refund', order: -2, part: 100, lines: null, times: 'once' };
  const bought = [one, other].flatMap((order): Step[] => [{ ...order, merchant: 2 }, complete, post]);
  return [...bought, ...gone, refund, post, { kind: 'hold-over', merchant: 2 }, mature];
});

/** Points of two generations are used, the older ones lapse, and some of what was used comes back. */
const lapsed: fc.Arbitrary<Step[]> = fc
  .tuple(collector, fc.array(fc.oneof(redeemStep, reverseStep, postStep), { minLength: 1, maxLength: 5 }), expireStep)
  .map(([who, between, expire]) => {
    const points = (amount: number): Step[] => [
      { kind: 'adjust', merchant: who, asset: 'POINTS', amount },
      { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
    ];
    const used = between.map((step): Step => {
      if (step.kind === 'redeem') return { ...step, merchant: who };
      return step.kind === 'reverse' ? { ...step, redemption: -1 } : step;
    });
    return [...points(50), { kind: 'lapse', merchant: who }, ...points(40), ...used, expire, ...used];
  });

/** A reward is stopped, something happens to it meanwhile, and somebody decides. */
const stopped: fc.Arbitrary<Step[]> = fc
  .tuple(bought, holdRewardStep, fc.oneof(givenBack, fc.constant<Step[]>([])), decideHoldStep)
  .map(([buy, hold, between, decide]) => [...buy, { ...hold, reward: -1 }, ...between, { ...decide, hold: -1 }]);

/** Histories of a shop: in any order, with duplicates of every call. */
export const histories: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: single },
      { weight: 4, arbitrary: bought },
      { weight: 3, arbitrary: givenBack },
      { weight: 1, arbitrary: corrected },
      { weight: 2, arbitrary: paidOut },
      { weight: 1, arbitrary: raced },
      { weight: 1, arbitrary: indebted },
      { weight: 1, arbitrary: lapsed },
      { weight: 1, arbitrary: stopped },
    ),
    { minLength: 1, maxLength: 20, size: 'max' },
  )
  .map((parts) => parts.flat());
