import * as fc from 'fast-check';
import { any, merchant, times } from './arbitrary-values.js';
import { COUPON } from './coupon-model.js';
import type { CouponAction, Step } from './steps.js';

const couponStep = fc.record({
  kind: fc.constant('coupon' as const),
  coupon: fc.oneof(any, fc.constant(-1)),
  action: fc.constantFrom<CouponAction>('reserve', 'redeem', 'redeem', 'release', 'revoke'),
  order: fc.constantFrom(0, 0, 1),
  lines: fc.boolean(),
  times,
});
const lateStep = fc.record({
  kind: fc.constant('coupons-late' as const),
  merchant,
  day: fc.boolean(),
  reservations: fc.boolean(),
  times,
});
const adjustStep = fc.record({
  kind: fc.constant('adjust' as const),
  merchant,
  asset: fc.constant(COUPON),
  amount: fc.constantFrom(1, 2, 2, -1, -2),
});
const reverseStep = fc.record({
  kind: fc.constant('reverse' as const),
  redemption: fc.constant(-1),
  amount: fc.constantFrom(1, 1, 2),
  otherwise: fc.constant(false),
  times,
});

/** Each step of coupons by itself, with its weight. */
export const couponSingles = [
  { weight: 5, arbitrary: couponStep },
  { weight: 1, arbitrary: lateStep },
];

/** Coupons that somebody was given are used, freed, given back and late in any order. */
export const couponsUsed: fc.Arbitrary<Step[]> = fc
  .tuple(
    adjustStep,
    fc.array(fc.oneof({ weight: 5, arbitrary: couponStep }, { weight: 1, arbitrary: reverseStep }), {
      minLength: 1,
      maxLength: 5,
    }),
    lateStep,
  )
  .map(([adjust, uses, late]) => [
    { ...adjust, amount: 2 },
    { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
    ...uses,
    ...(late.reservations ? [{ ...late, merchant: adjust.merchant }] : []),
  ]);

/** What earned a coupon is refunded after the coupon was used or stopped, while the merchant has another one. */
export const couponsTakenBack = (orderStep: fc.Arbitrary<Step>): fc.Arbitrary<Step[]> =>
  fc
    .tuple(orderStep, adjustStep, couponStep, fc.constantFrom('', 'hold', 'decided'), times)
    .map(([order, adjust, use, hold, duplicates]): Step[] => {
      const decision: Step = {
        kind: 'decide-hold',
        hold: -1,
        decision: use.lines ? 'release' : 'void',
        who: 'checker',
        times: 'once',
      };
      return [
        { ...adjust, merchant: 1 },
        { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
        order,
        { kind: 'complete', order: -1, off: 0, long: false, times: 'once' },
        { kind: 'post', only: null, times: 'once' },
        { ...use, coupon: -1, lines: true },
        ...(hold === '' ? [] : [{ kind: 'hold-reward', reward: -1, who: 'maker', times: 'once' } satisfies Step]),
        ...(hold === 'decided' ? [decision] : []),
        { kind: 'refund', order: -1, part: 100, lines: null, extras: null, times: duplicates },
        { kind: 'post', only: null, times: duplicates },
        ...(hold === 'hold' ? [decision] : []),
      ];
    });
