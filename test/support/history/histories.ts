import * as fc from 'fast-check';
import { HOLD_CAUSES } from '../../../src/finance/decisions/holds/hold.js';
import { any, merchant, percent, times, who } from './arbitrary-values.js';
import { couponSingles, couponsTakenBack, couponsUsed } from './coupon-arbitraries.js';
import { COUPON } from './coupon-model.js';
import { paidOut, payoutSingles, raced, refreshed, retried, withdrawn } from './payout-arbitraries.js';
import type { BatchAction, Step, Who } from './steps.js';

// Of 500 and 1,000 volumes are made that end where a tier begins.
const money = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 3, arbitrary: fc.integer({ min: 61, max: 50_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(500, 1_000) },
);
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
const off = fc.constantFrom(0, 0, 0, 0, 0, 5, 33, 100, 120);
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
  extras: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.tuple(percent, percent) }),
  times,
});
const postStep = fc.record({
  kind: fc.constant('post' as const),
  only: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: any }),
  times,
});
const matureStep = fc.record({ kind: fc.constant('mature' as const), times });

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
  asset: fc.constantFrom('CNY', 'CNY', 'POINTS', COUPON),
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
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('lapse' as const), merchant: collector, young: fc.boolean() }),
    },
    { weight: 1, arbitrary: expireStep },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('merchant' as const),
        merchant,
        state: fc.constantFrom('active' as const, 'active' as const, 'suspended' as const, 'closed' as const),
      }),
    },
    ...couponSingles,
    ...payoutSingles,
  )
  .map((step) => [step]);

// What histories need often before anything else can go wrong: an order that is bought, complete and rewarded; one that
// is refunded; a correction.
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

/** A merchant whose money is gone owes what is taken back, while another reward of theirs is about to mature. */
const indebted: fc.Arbitrary<Step[]> = fc.tuple(orderStep, orderStep, matureStep).map(([one, other, mature]) => {
  const complete: Step = { kind: 'complete', order: -1, off: 0, long: false, times: 'once' };
  const post: Step = { kind: 'post', only: null, times: 'once' };
  const gone = [-60, -60].flatMap((amount): Step[] => [
    { kind: 'adjust', merchant: 2, asset: 'CNY', amount },
    { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
  ]);
  const refund: Step = { kind: 'refund', order: -2, part: 100, lines: null, extras: null, times: 'once' };
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
    const older: Step = { kind: 'lapse', merchant: who, young: true };
    const lapse: Step = { ...older, young: false };
    return [...points(50), older, ...points(40), ...used, lapse, ...used, expire, ...used];
  });

/** A reward is stopped, something happens to it meanwhile, and somebody decides. */
const stopped: fc.Arbitrary<Step[]> = fc
  .tuple(bought, holdRewardStep, fc.oneof(givenBack, fc.constant<Step[]>([])), decideHoldStep)
  .map(([buy, hold, between, decide]) => [...buy, { ...hold, reward: -1 }, ...between, { ...decide, hold: -1 }]);

const done = { times: 'once' } as const;
const postAll: Step = { kind: 'post', only: null, ...done };
const takenBack: Step = { kind: 'refund', order: -1, part: 100, lines: null, extras: null, ...done };
/** Anna's reward of a new order is hers at once. */
const earned = (order: Extract<Step, { kind: 'order' }>): Step[] => [
  { ...order, merchant: 0 },
  { kind: 'complete', order: -1, off: 0, long: false, ...done },
  postAll,
];

/** A merchant's balance is stopped and taken for good. */
const takenForGood: Step[] = [
  { kind: 'adjust', merchant: 2, asset: 'CNY', amount: 700 },
  { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', ...done },
  { kind: 'hold-balance', merchant: 2, asset: 'CNY', amount: null, who: 'maker', ...done },
  { kind: 'decide-hold', hold: -1, decision: 'void', who: 'checker', ...done },
];

/** All that a merchant has is stopped when a refund takes it back: what is released pays the debt first. */
const owedWhileStopped: fc.Arbitrary<Step[]> = orderStep.map((order) => [
  ...earned(order),
  { kind: 'hold-balance', merchant: 0, asset: 'CNY', amount: null, who: 'maker', ...done },
  takenBack,
  postAll,
  { kind: 'decide-hold', hold: -1, decision: 'release', who: 'checker', ...done },
]);

/** All that a merchant has is reserved when a refund takes it back: the cancelled batch pays the debt first. */
const owedWhileReserved: fc.Arbitrary<Step[]> = orderStep.map((order) => {
  const act = (action: BatchAction, who: Who): Step => ({ kind: 'batch', batch: -1, action, who, ...done });
  return [
    ...earned(order),
    { kind: 'draft', rail: 'http-bank', minAmount: 1, only: [0] },
    act('request-approval', 'maker'),
    act('approve', 'checker'),
    act('approve', 'other'),
    takenBack,
    postAll,
    act('cancel', 'maker'),
  ];
});

/** A merchant's coupon is reserved when a refund takes it back: the freed one pays what is owed. */
const couponOwedWhileReserved: fc.Arbitrary<Step[]> = orderStep.map((order) => [
  { ...order, merchant: 1 },
  { kind: 'complete', order: -1, off: 0, long: false, ...done },
  postAll,
  { kind: 'coupon', coupon: -1, action: 'reserve', order: 0, lines: true, ...done },
  takenBack,
  postAll,
  { kind: 'coupon', coupon: -1, action: 'release', order: 0, lines: true, ...done },
]);

/** The month's first orders of a merchant reach the volume from which another rate counts, to the cent. */
const atTheEdge: fc.Arbitrary<Step[]> = fc.tuple(orderStep, orderStep).map((orders) =>
  orders.flatMap((order): Step[] => [
    { ...order, merchant: 0, lines: [{ quantity: 1, unitPrice: 500, off: 0 }] },
    { kind: 'complete', order: -1, off: 0, long: false, times: 'once' },
    { kind: 'post', only: null, times: 'once' },
  ]),
);

/** Histories of a shop: in any order, with duplicates of every call. */
export const histories: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: fc.constant<Step[]>([]) }, { weight: 1, arbitrary: atTheEdge }),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: single },
        { weight: 4, arbitrary: bought },
        { weight: 3, arbitrary: givenBack },
        { weight: 1, arbitrary: corrected },
        { weight: 2, arbitrary: paidOut },
        { weight: 1, arbitrary: raced },
        { weight: 1, arbitrary: retried },
        { weight: 1, arbitrary: withdrawn },
        { weight: 1, arbitrary: refreshed },
        { weight: 1, arbitrary: couponsUsed },
        { weight: 1, arbitrary: couponsTakenBack(orderStep.map((order) => ({ ...order, merchant: 1 }))) },
        { weight: 1, arbitrary: indebted },
        { weight: 1, arbitrary: lapsed },
        { weight: 1, arbitrary: stopped },
        {
          weight: 1,
          arbitrary: fc.oneof(fc.constant(takenForGood), owedWhileStopped, owedWhileReserved, couponOwedWhileReserved),
        },
      ),
      { minLength: 1, maxLength: 12, size: 'max' },
    ),
  )
  .map(([first, parts]) => [...first, ...parts.flat()]);
