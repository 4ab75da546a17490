import type { PayoutState } from '../payout.js';
import { isCounted, judgeLines, tellingOf, statusKey, type KnownBooking, type Knowledge } from './line-judgement.js';
import type { AccountCandidate, ReportItem, ReportTarget } from './line-matching.js';
import type { ReportLine } from './report-line.js';
import type { PayoutId } from '../../../shared/ids.js';

const LINE: ReportLine = {
  reference: null,
  mentioned: [],
  batch: null,
  bankStatus: 'paid',
  status: 'BOOK DBIT',
  reasonCode: null,
  reason: null,
  amount: '10.00',
  currency: 'CNY',
  charge: null,
  shares: null,
  remark: null,
  booked: true,
  bookedOn: '2026-11-27',
  bankReference: null,
  entryReference: null,
  bookedAccount: null,
  otherAccounts: [],
};
const RETURN: Partial<ReportLine> = { bankStatus: 'returned', status: 'BOOK CRDT' };
const STATUS: Partial<ReportLine> = {
  booked: false,
  bookedOn: null,
  amount: null,
  currency: null,
  status: 'RJCT',
  bankStatus: 'failed',
};
const target = (payoutId: PayoutId = 'pay_1'): ReportTarget => ({
  payoutId,
  reference: `R-${payoutId}`,
  amount: 1_000n,
  currency: 'CNY',
  state: 'accepted',
});
/** A line that names no payout. */
const nameless = (line: Partial<ReportLine> = {}, more: Partial<ReportItem> = {}): ReportItem => ({
  line: { ...LINE, ...line },
  target: null,
  detail: null,
  isForeign: false,
  fingerprint: 'word',
  accounts: { own: 'own', others: ['theirs'] },
  accountHashes: ['theirs'],
  lastFour: null,
  ...more,
});
const named = (line: Partial<ReportLine> = {}, of = target(), more: Partial<ReportItem> = {}): ReportItem =>
  nameless({ reference: of.reference, ...line }, { target: of, accountHashes: [], ...more });
const candidate = (payoutId: PayoutId, state: PayoutState = 'accepted'): AccountCandidate => ({
  ...target(payoutId),
  state,
  accountHash: 'theirs',
  submittedAt: new Date('2026-11-26T00:00:00Z'),
});
const knowing = (change: Partial<Knowledge> = {}): Knowledge => ({
  reportId: 'bkr_2',
  messageId: 'M2',
  isStatus: false,
  states: new Map([['pay_1', 'accepted']]),
  candidates: [],
  bookings: [],
  named: new Set(),
  listed: new Map(),
  ...change,
});
/** A booking that an earlier report told of. */
function known(item: ReportItem, change: Partial<KnownBooking> = {}): KnownBooking {
  const telling = tellingOf(item, { reportId: 'bkr_1', messageId: 'M1' });
  if (!telling) throw new Error('it tells of no booking');
  return {
    id: 'r1-1',
    payoutId: item.target?.payoutId ?? null,
    bankStatus: item.line.bankStatus,
    result: 'applied',
    fingerprint: null,
    tellings: [telling],
    payoutAccount: null,
    ...change,
  };
}
const judgeAll = (items: ReportItem[], knowledge: Partial<Knowledge> = {}) =>
  judgeLines(items, knowing(knowledge), (index) => `r2-${index + 1}`);
const results = (items: ReportItem[], knowledge: Partial<Knowledge> = {}) =>
  judgeAll(items, knowledge).map(({ result, payoutId, sameAs }) => [result, payoutId, sameAs]);
const states = (state: PayoutState): Pick<Knowledge, 'states'> => ({ states: new Map([['pay_1', state]]) });

describe('a booking of a payout that it names', () => {
  it('moves the payout', () => {
    expect(judgeAll([named()])).toEqual([
      {
        item: named(),
        target: target(),
        result: 'applied',
        detail: null,
        sameAs: null,
        payoutId: 'pay_1',
        fingerprint: null,
        again: null,
      },
    ]);
    expect(judgeAll([named({}, target(), { detail: 'booked with its batch as one sum' })])[0]?.detail).toBe(
      'booked with its batch as one sum',
    );
  });

  it('is shown to a person when the payout is paid a second time in the same report', () => {
    const [first, second] = judgeAll([named({ bankReference: 'B1' }), named({ bankReference: 'B2' })]);
    expect(first?.result).toBe('applied');
    expect(second).toMatchObject({
      result: 'second',
      payoutId: 'pay_1',
      detail: 'a second payment by the bank; the first is r2-1',
    });
    // Nothing tells them apart, but one report has both.
    expect(results([named(), named()]).map(([result]) => result)).toEqual(['applied', 'second']);
  });

  it('is shown to a person when another report had paid it, and known again when it tells of the same', () => {
    const before = known(named({ bankReference: 'B1' }));
    const knowledge = { bookings: [before], ...states('paid') };
    const [second] = judgeAll([named({ bankReference: 'B2' })], knowledge);
    expect(second).toMatchObject({ result: 'second', detail: 'a second payment by the bank; the first is r1-1' });
    const [same] = judgeAll([named({ bankReference: 'B1' })], knowledge);
    expect(same).toMatchObject({
      result: 'duplicate',
      payoutId: 'pay_1',
      detail: 'the same booking as r1-1',
      sameAs: 'r1-1',
      again: before,
    });
  });

  it('only confirms what a rail had answered before any booking', () => {
    expect(results([named()], states('paid'))).toEqual([['duplicate', 'pay_1', null]]);
    expect(results([named({ bankReference: 'B1' }), named({ bankReference: 'B2' })], states('paid'))).toEqual([
      ['duplicate', 'pay_1', null],
      ['second', 'pay_1', null],
    ]);
  });

  it('that comes back a second time is shown to a person', () => {
    const back = (bankReference: string) => named({ ...RETURN, bankReference });
    const [first, second] = judgeAll([back('B1'), back('B2')], states('paid'));
    expect(first?.result).toBe('applied');
    expect(second).toMatchObject({ result: 'second', detail: 'a second return; the first is r2-1' });
  });

  it('on a later day than its return is a second payment, though the first was never reported', () => {
    const returned = known(named({ ...RETURN, bookedOn: '2026-11-26' }));
    const knowledge = { bookings: [returned], ...states('returned') };
    const [later] = judgeAll([named()], knowledge);
    expect(later).toMatchObject({ result: 'second', detail: 'a second payment by the bank, after it was returned' });
    for (const bookedOn of ['2026-11-26', '2026-11-25', null])
      expect(results([named({ bookedOn })], knowledge)).toEqual([['late', 'pay_1', null]]);
    expect(results([named()], states('returned'))).toEqual([['late', 'pay_1', null]]);
    const dayless = known(named({ ...RETURN, bookedOn: null }));
    expect(results([named()], { bookings: [dayless], ...states('returned') })).toEqual([['late', 'pay_1', null]]);
  });

  it.each<[title: string, before: Partial<KnownBooking>]>([
    ['of another payout', { payoutId: 'pay_2' }],
    ['that a person has not placed', { result: 'unmatched' }],
    ['that contradicts', { result: 'contradicting' }],
    ['of a return', { bankStatus: 'returned' }],
  ])('is no second one after a booking %s', (_, before) => {
    const knowledge = { bookings: [known(named({ bankReference: 'B1' }), before)], ...states('paid') };
    expect(results([named({ bankReference: 'B2' })], knowledge)).toEqual([['duplicate', 'pay_1', null]]);
  });

  it('contradicts where the amount differs or the payout cannot take it, and nothing moves', () => {
    expect(results([named({ amount: '10.01' }), named()])).toEqual([
      ['contradicting', 'pay_1', null],
      ['applied', 'pay_1', null],
    ]);
    expect(results([named()], states('failed'))).toEqual([['contradicting', 'pay_1', null]]);
    expect(results([named()], { states: new Map() })).toEqual([['contradicting', 'pay_1', null]]);
  });

  it('of a payout that had failed contradicts, also when a booking had paid it before', () => {
    const knowledge = { bookings: [known(named({ bankReference: 'B1' }))], ...states('failed') };
    expect(results([named({ bankReference: 'B2' })], knowledge)).toEqual([['contradicting', 'pay_1', null]]);
  });

  it('is a second payment on a later day than a return in the same report', () => {
    const back = named({ ...RETURN, bookedOn: '2026-11-26' });
    expect(results([back, named()], states('returned'))).toEqual([
      ['duplicate', 'pay_1', null],
      ['second', 'pay_1', null],
    ]);
  });

  it('of another amount is not hidden behind a booking of another payout', () => {
    const other = known(named({ reference: null, amount: '9.00' }, target('pay_2')));
    expect(results([named({ amount: '9.00' })], { bookings: [other] })).toEqual([['contradicting', 'pay_1', null]]);
  });

  it('is of nobody where it does not say what it is, and has a name of its own by which it is known', () => {
    const [one, other] = judgeAll([named({ bankStatus: null }), named({ bankStatus: null })]);
    expect(one).toMatchObject({ result: 'unmatched', payoutId: null });
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(other?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(other?.fingerprint).not.toBe(one?.fingerprint);
    const taken = known(named(), { payoutId: null, fingerprint: one?.fingerprint ?? null, bankStatus: null });
    const far = { ...taken, tellings: [{ ...taken.tellings[0], amount: 5n }] as const };
    expect(judgeAll([named({ bankStatus: null })], { bookings: [far] })[0]?.fingerprint).toBe(other?.fingerprint);
  });

  it('of another payout is not told again by one that says just the same', () => {
    const other = known(named({ reference: null }, target('pay_2')));
    expect(results([named({ reference: null })], { bookings: [other] })).toEqual([['applied', 'pay_1', null]]);
    const listed = known(nameless(), { result: 'unmatched' });
    expect(results([named()], { bookings: [listed] })).toEqual([['applied', 'pay_1', null]]);
    expect(
      results([named({ amount: '9.00' })], {
        bookings: [known(nameless({ amount: '9.00' }), { result: 'unmatched' })],
      }),
    ).toEqual([['duplicate', null, 'r1-1']]);
  });
});

describe('a booking that names no payout', () => {
  it('is of the one payout of its account and amount', () => {
    const [found] = judgeAll([nameless()], { candidates: [candidate('pay_1')] });
    expect(found).toMatchObject({
      result: 'applied',
      payoutId: 'pay_1',
      detail: 'found by account and amount',
      fingerprint: null,
    });
  });

  it('is for a person where several payouts can be meant, or none', () => {
    const two = { candidates: [candidate('pay_1'), candidate('pay_2')] };
    expect(judgeAll([nameless()], two)[0]).toMatchObject({
      result: 'unmatched',
      payoutId: null,
      detail: 'several payouts have this account and amount',
    });
    expect(judgeAll([nameless({}, { detail: 'why' })])[0]).toMatchObject({
      result: 'unmatched',
      payoutId: null,
      detail: 'why',
    });
    expect(judgeAll([nameless({}, { isForeign: true })])[0]?.detail).toMatch(/none of the operator’s/);
  });

  it('takes no payout that a line before it has paid, nor one that another line of its report names', () => {
    const candidates = [candidate('pay_1')];
    expect(results([nameless(), nameless()], { candidates }).map(([result]) => result)).toEqual([
      'applied',
      'unmatched',
    ]);
    const names = new Set([statusKey('paid', target())]);
    expect(results([nameless()], { candidates, named: names })).toEqual([['unmatched', null, null]]);
    expect(results([nameless()], { candidates, named: new Set([statusKey('returned', target())]) })).toEqual([
      ['applied', 'pay_1', null],
    ]);
    expect(results([nameless()], { candidates: [candidate('pay_1', 'paid')], states: new Map() })).toEqual([
      ['unmatched', null, null],
    ]);
  });

  it('is known again when nothing else can be meant, and for a person when something can', () => {
    const before = known(named({ reference: null }));
    const knowledge = { bookings: [before], ...states('paid') };
    expect(results([nameless()], knowledge)).toEqual([['duplicate', 'pay_1', 'r1-1']]);
    const other = { candidates: [candidate('pay_2')] };
    expect(judgeAll([nameless()], { ...knowledge, ...other })[0]).toMatchObject({
      result: 'unmatched',
      payoutId: null,
      detail: 'several can be meant: r1-1 told again, or pay_2',
    });
  });

  it('is known again by the bank’s name, whatever else could be meant', () => {
    const before = known(named({ reference: null, bankReference: 'B1' }));
    const knowledge = { bookings: [before], candidates: [candidate('pay_2')], ...states('paid') };
    expect(results([nameless({ bankReference: 'B1' })], knowledge)).toEqual([['duplicate', 'pay_1', 'r1-1']]);
  });

  it('is known again where it is still open, and for a person once it was settled and something else can be meant', () => {
    const listed = known(nameless(), { result: 'unmatched' });
    const candidates = [candidate('pay_2')];
    expect(results([nameless()], { bookings: [listed], candidates })).toEqual([['duplicate', null, 'r1-1']]);
    expect(judgeAll([nameless()], { bookings: [listed] })[0]?.fingerprint).toBeNull();
    const settled = { ...listed, result: 'noted' as const };
    expect(results([nameless()], { bookings: [settled], candidates })).toEqual([['unmatched', null, null]]);
  });

  it('is no other one that it has nothing in common with', () => {
    const stranger = known(nameless({}, { accounts: { own: 'own', others: [] } }), { result: 'unmatched' });
    expect(results([nameless()], { bookings: [stranger] })).toEqual([['unmatched', null, null]]);
  });
});

it('is told apart what is said of whom', () => {
  const words = [statusKey('paid', target()), statusKey('paid', target('pay_2')), statusKey('returned', target())];
  const all = [...words, statusKey('paid', null), statusKey(null, target())];
  expect(new Set(all).size).toBe(all.length);
});

describe('a word that is no booking', () => {
  const status = (line: Partial<ReportLine> = {}) => named({ ...STATUS, ...line });

  it('moves its payout for the lines after it, and is nothing when it says nothing', () => {
    expect(results([status(), named()], { isStatus: true })).toEqual([
      ['applied', 'pay_1', null],
      ['contradicting', 'pay_1', null],
    ]);
    expect(judgeAll([status({ bankStatus: null })], { isStatus: true })[0]).toMatchObject({
      result: 'noted',
      fingerprint: null,
    });
    expect(judgeAll([status()], { isStatus: true })[0]?.fingerprint).toBeNull();
  });

  it('is listed once when it waits for a person', () => {
    const paid = { isStatus: true, ...states('paid') };
    const [first] = judgeAll([status()], paid);
    expect(first).toMatchObject({ result: 'contradicting', payoutId: 'pay_1', fingerprint: 'word', detail: null });
    const [again] = judgeAll([status()], { ...paid, listed: new Map([['word', 'r1-7']]) });
    expect(again).toMatchObject({ result: 'duplicate', detail: 'the same as r1-7', fingerprint: null });
    const [itself] = judgeAll([status()], { ...paid, listed: new Map([['word', 'r2-1']]) });
    expect(itself?.result).toBe('contradicting');
    const [fine] = judgeAll([status()], { isStatus: true, listed: new Map([['word', 'r1-7']]) });
    expect(fine?.result).toBe('applied');
  });

  it('is of nobody where it names nobody', () => {
    const word = nameless(STATUS, { detail: 'why' });
    expect(judgeAll([word], { isStatus: true })[0]).toMatchObject({
      result: 'unmatched',
      payoutId: null,
      detail: 'why',
    });
  });

  it('of another amount moves nothing', () => {
    const items = [status({ amount: '9.99', currency: 'CNY' }), named()];
    expect(results(items, { isStatus: true }).map(([result]) => result)).toEqual(['contradicting', 'applied']);
  });

  it('is also what was booked as the charges of a payout: the payout can still be paid', () => {
    expect(results([named({ bankStatus: null, remark: 'charges' }), named()])).toEqual([
      ['noted', 'pay_1', null],
      ['applied', 'pay_1', null],
    ]);
    const paid = { bookings: [known(named())], ...states('paid') };
    expect(results([named({ bankStatus: null, remark: 'charges' })], paid)).toEqual([['noted', 'pay_1', null]]);
  });
});

it('a line tells of a booking when it is booked and has an exact amount', () => {
  const of = { reportId: 'bkr_r', messageId: 'M' } as const;
  expect(tellingOf(named({ charge: '0.50', bankReference: 'B1', entryReference: 'E1' }), of)).toEqual({
    ...of,
    account: 'own',
    status: 'BOOK DBIT',
    amount: 1_000n,
    currency: 'CNY',
    charge: 50n,
    bookedOn: '2026-11-27',
    reference: 'R-pay_1',
    bankReference: 'B1',
    entryReference: 'E1',
    others: ['theirs'],
  });
  for (const change of [{ booked: false }, { amount: 'ten' }, { amount: null }, { currency: null }])
    expect(tellingOf(named(change), of)).toBeNull();
});

it('a payout has had its booking by what was applied, matched by a person, or only confirmed', () => {
  const all = ['applied', 'matched', 'duplicate', 'late', 'second', 'contradicting', 'unmatched', 'noted'] as const;
  expect(all.filter(isCounted)).toEqual(['applied', 'matched', 'duplicate', 'late']);
});
