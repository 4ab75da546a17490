import * as fc from 'fast-check';
import { any, merchant, times, who } from './arbitrary-values.js';
import { TERMS } from './payout-terms.js';
import type { BatchAction, Said, Step, Times, Who } from './steps.js';

const termsStep = fc.record({ kind: fc.constant('terms' as const), terms: fc.nat({ max: TERMS.length - 1 }) });
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
  action: fc.constantFrom<BatchAction>(
    'request-approval',
    'refresh',
    'approve',
    'reject',
    'cancel',
    'submit',
    'ask-withdrawal',
    'withdraw',
    'keep',
  ),
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
const retryStep = fc.record({ kind: fc.constant('retry' as const), payout: any, times });

/** Each step of a payout by itself, with its weight. */
export const payoutSingles = [
  { weight: 1, arbitrary: termsStep },
  { weight: 2, arbitrary: draftStep },
  { weight: 7, arbitrary: batchStep },
  { weight: 4, arbitrary: deliverStep },
  { weight: 4, arbitrary: reportStep },
  { weight: 1, arbitrary: retryStep },
];

const act = (batch: number, action: BatchAction, who: Who = 'checker', times: Times = 'once'): Step => ({
  kind: 'batch',
  batch,
  action,
  who,
  times,
});

/** What people do with a new batch; the second checker is often one too many. */
const goes = (times: Times = 'once') => [
  act(-1, 'request-approval', 'checker', times),
  act(-1, 'approve', 'checker', times),
  act(-1, 'approve', 'other', times),
  act(-1, 'submit', 'checker', times),
];

const perhapsTerms: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 2, arbitrary: termsStep.map((step) => [step]) },
  { weight: 1, arbitrary: fc.constant<Step[]>([]) },
);

/** Somebody has something to be paid. */
const funded: fc.Arbitrary<Step[]> = fc.tuple(merchant, fc.integer({ min: 60, max: 6_000 })).map(([one, amount]) => [
  { kind: 'adjust', merchant: one, asset: 'CNY', amount },
  { kind: 'decide', adjustment: -1, decision: 'approve', who: 'checker', times: 'once' },
]);

/** A payout that goes some way. */
export const paidOut: fc.Arbitrary<Step[]> = fc
  .tuple(funded, perhapsTerms, draftStep, fc.constantFrom(1, 2, 3, 4, 5, 5, 5), times, deliverStep)
  .map(([money, terms, draft, far, duplicates, deliver]) => [
    ...money,
    ...terms,
    draft,
    ...[...goes(duplicates), deliver].slice(0, far),
  ]);

/** A payout that the bank refuses or sends back is tried again, perhaps under other terms, or by two people. */
export const retried: fc.Arbitrary<Step[]> = fc
  .tuple(
    funded,
    perhapsTerms,
    draftStep,
    fc.constantFrom('failed' as const, 'paid' as const),
    times,
    perhapsTerms,
    deliverStep,
  )
  .map(([money, terms, draft, says, duplicates, others, deliver]): Step[] => {
    const returned: Step = { kind: 'report', words: [{ payout: -1, says: 'returned', wrong: false }], times: 'once' };
    const released: Step = { kind: 'decide-hold', hold: -1, decision: 'release', who: 'checker', times: 'once' };
    return [
      ...money,
      ...terms,
      { ...draft, rail: 'http-bank', only: null },
      ...goes(),
      { kind: 'deliver', submit: [says], status: [says], times: 'once' },
      ...(says === 'paid' ? [returned, released] : []),
      ...others,
      { kind: 'retry', payout: -1, times: duplicates },
      ...goes(),
      deliver,
    ];
  });

/** A file that the bank refused is withdrawn, or not, by one person or two, and then the bank says something after all. */
export const withdrawn: fc.Arbitrary<Step[]> = fc
  .tuple(funded, draftStep, reportStep, fc.constantFrom('withdraw' as const, 'keep' as const), who, times, reportStep)
  .map(([money, draft, early, decision, decider, duplicates, late]): Step[] => [
    ...money,
    { ...draft, rail: 'iso20022-file', only: null },
    ...goes(),
    ...(early.times === 'once' ? [] : [early]),
    act(-1, 'ask-withdrawal', 'maker', duplicates),
    act(-1, decision, decider, duplicates),
    late,
  ]);

/** Money goes away between a draft and its approval; the others are paid all the same. */
export const refreshed: fc.Arbitrary<Step[]> = fc
  .tuple(funded, funded, draftStep, merchant, fc.boolean(), times)
  .map(([one, other, draft, gone, suspended, duplicates]): Step[] => [
    ...one,
    ...other,
    { ...draft, only: null },
    act(-1, 'request-approval'),
    suspended
      ? { kind: 'merchant', merchant: gone, state: 'suspended' }
      : { kind: 'hold-balance', merchant: gone, asset: 'CNY', amount: null, who: 'maker', times: 'once' },
    act(-1, 'approve'),
    act(-1, 'refresh', 'maker', duplicates),
    ...goes(),
  ]);

/** Two batches over the same money: only one of them may have it. */
export const raced: fc.Arbitrary<Step[]> = fc.tuple(draftStep, draftStep).map(([one, other]) => {
  const both = (action: BatchAction) => [act(-1, action), act(-2, action)];
  return [one, other, ...both('request-approval'), ...both('approve')];
});
