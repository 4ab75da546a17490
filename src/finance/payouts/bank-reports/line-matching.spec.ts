import { PAYOUT_STATES, type PayoutState } from '../payout.js';
import {
  fingerprintOf,
  firstLook,
  fitsOf,
  isOfAmount,
  isShortReturn,
  type AccountCandidate,
  type ReportItem,
  type ReportTarget,
} from './line-matching.js';
import type { ReportLine } from './report-line.js';

const line = (change: Partial<ReportLine> = {}): ReportLine => ({
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
  ...change,
});
const TARGET: ReportTarget = {
  payoutId: 'pay_1',
  reference: 'R1',
  amount: 1_000n,
  currency: 'CNY',
  state: 'accepted',
};

describe('the amount of a line', () => {
  it.each<[title: string, change: Partial<ReportLine>, isPayouts: boolean, isShort: boolean]>([
    ['the payout’s', {}, true, false],
    ['the payout’s, returned', { bankStatus: 'returned' }, true, false],
    ['a minor unit less', { amount: '9.99' }, false, false],
    ['a minor unit less, returned', { bankStatus: 'returned', amount: '9.99' }, false, true],
    ['a minor unit, returned', { bankStatus: 'returned', amount: '0.01' }, false, true],
    ['nothing, returned', { bankStatus: 'returned', amount: '0.00' }, false, false],
    ['a minor unit more, returned', { bankStatus: 'returned', amount: '10.01' }, false, false],
    ['less of another currency, returned', { bankStatus: 'returned', amount: '9.99', currency: 'EUR' }, false, false],
    ['as much of another currency', { currency: 'EUR' }, false, false],
    ['no amount, returned', { bankStatus: 'returned', amount: null }, false, false],
    ['no amount, paid', { amount: null }, false, false],
    ['no currency, paid', { currency: null }, false, false],
    ['no amount, of a status', { bankStatus: 'accepted', amount: null, currency: null }, true, false],
    ['no amount, of a refusal', { bankStatus: 'failed', amount: null, currency: null }, true, false],
    ['no currency, of a refusal', { bankStatus: 'failed', currency: null }, true, false],
    ['another one, of a refusal', { bankStatus: 'failed', amount: '9.99' }, false, false],
    ['no decimal text', { amount: 'ten' }, false, false],
  ])('is %s', (_, change, isPayouts, isShort) => {
    expect([isOfAmount(line(change), TARGET), isShortReturn(line(change), TARGET)]).toEqual([isPayouts, isShort]);
  });
});

describe('a line at first sight', () => {
  type Look = ReturnType<typeof firstLook>;
  const look = (change: Partial<ReportLine>, of: { target?: null; isForeign?: true; isStatus?: true } = {}): Look =>
    firstLook(
      { line: line(change), isForeign: of.isForeign ?? false },
      of.target === null ? null : TARGET,
      of.isStatus ?? false,
    );

  it.each<[title: string, found: Look, result: Look['result'], detail: RegExp | null]>([
    ['a booking of its payout', look({}), 'applied', null],
    [
      'a status of its payout',
      look({ bankStatus: 'failed', amount: null, booked: false }, { isStatus: true }),
      'applied',
      null,
    ],
    ['another amount', look({ amount: '10.01' }), 'contradicting', /amount is not that of the payout/],
    ['a return of less', look({ bankStatus: 'returned', amount: '9.58' }), 'applied', /the bank kept 0\.42$/],
    ['charges of a payout', look({ bankStatus: null, remark: 'charges' }), 'noted', /charges of a payout/],
    [
      'charges of a payout on an account of others',
      look({ remark: 'charges' }, { isForeign: true }),
      'noted',
      /charges/,
    ],
    ['charges of nothing', look({ bankStatus: null, remark: 'charges' }, { target: null }), 'unmatched', null],
    ['an account that is not the operator’s', look({}, { isForeign: true }), 'unmatched', /none of the operator’s/],
    [
      'signs that differ',
      look({ bankStatus: null, remark: 'signs-differ' }),
      'unmatched',
      /differ about credit and debit/,
    ],
    ['signs that differ, of nothing', look({ remark: 'signs-differ' }, { target: null }), 'unmatched', null],
    ['a booking of no payout', look({}, { target: null }), 'unmatched', null],
    ['a status of no payout', look({ booked: false }, { target: null, isStatus: true }), 'unmatched', null],
    ['no booking and no status, of no payout', look({ booked: false }, { target: null }), 'noted', null],
    ['a booking that does not say what', look({ bankStatus: null }), 'unmatched', /does not say whether it was paid/],
    ['a status that changes nothing', look({ bankStatus: null, booked: false }, { isStatus: true }), 'noted', null],
  ])('is of %s', (_, found, result, detail) => {
    expect(found.result).toBe(result);
    if (detail === null) expect(found.detail).toBeNull();
    else expect(found.detail).toMatch(detail);
  });
});

describe('a line that is no booking is known again by all that it says', () => {
  const KNOWN = line({ reference: 'R1', batch: 'M', reasonCode: 'AC04', bankReference: 'B1' });
  const CONTEXT = { messageId: 'BANK-1', accounts: ['own', 'theirs'], occurrence: 1 };
  const print = (change: Partial<ReportLine> = {}, context: Partial<typeof CONTEXT> = {}) =>
    fingerprintOf({ ...KNOWN, ...change }, { ...CONTEXT, ...context });

  it('whatever message it comes in', () => {
    expect(print()).toMatch(/^[0-9a-f]{64}$/);
    expect(print({}, { messageId: 'BANK-2' })).toBe(print());
    // What is not of its content.
    expect(print({ reason: 'as we said', mentioned: ['R9'], entryReference: 'E1' })).toBe(print());
  });

  it.each<[string, Partial<ReportLine>]>([
    ['reference', { reference: 'R2' }],
    ['batch', { batch: 'N' }],
    ['meaning', { bankStatus: 'returned' }],
    ['status', { status: 'BOOK CRDT' }],
    ['reason', { reasonCode: 'AC01' }],
    ['amount', { amount: '10.01' }],
    ['currency', { currency: 'EUR' }],
    ['day', { bookedOn: '2026-11-28' }],
    ['bank reference', { bankReference: 'B2' }],
  ])('and another line has another %s', (_, change) => {
    expect(print(change)).not.toBe(print());
  });

  it('and another line has other accounts, or is one more of the same in its report', () => {
    expect(print({}, { occurrence: 2 })).not.toBe(print());
    expect(print({}, { accounts: ['own', 'others'] })).not.toBe(print());
    expect(print({}, { accounts: ['other', 'theirs'] })).not.toBe(print());
    expect(print({}, { accounts: ['own'] })).not.toBe(print());
  });

  const NOTHING = { reference: null, batch: null, bankReference: null };
  it.each<[title: string, change: Partial<ReportLine>, accounts: string[], again: boolean]>([
    ['names nothing', NOTHING, ['own'], false],
    ['names a payment', { ...NOTHING, reference: 'R1' }, ['own'], true],
    ['names a file', { ...NOTHING, batch: 'M' }, ['own'], true],
    ['names the booking', { ...NOTHING, bankReference: 'B1' }, ['own'], true],
    ['names an account on the other side', NOTHING, ['own', 'theirs'], true],
  ])('when it %s, in other messages too or not', (_, change, accounts, again) => {
    const [here, there] = ['BANK-1', 'BANK-2'].map((messageId) => print(change, { accounts, messageId }));
    expect(here === there).toBe(again);
  });
});

describe('a booking without a reference', () => {
  const item = (change: Partial<ReportLine> = {}, accountHashes = ['h1']): ReportItem => ({
    line: line(change),
    target: null,
    detail: null,
    isForeign: false,
    fingerprint: 'f',
    accounts: { own: null, others: accountHashes },
    accountHashes,
    lastFour: null,
  });
  const candidate = (change: Partial<AccountCandidate> = {}): AccountCandidate => ({
    ...TARGET,
    accountHash: 'h1',
    submittedAt: new Date('2026-11-27T08:00:00Z'),
    ...change,
  });
  const fits = (change: Partial<AccountCandidate>, of: Partial<ReportLine> = {}) =>
    fitsOf(item(of), [candidate(change)]).length === 1;

  it('can be about every payout of its account and amount, in their order', () => {
    const found = fitsOf(item({}, ['h1', 'h2']), [
      candidate({ payoutId: 'pay_a' }),
      candidate({ payoutId: 'pay_b', accountHash: 'h3' }),
      candidate({ payoutId: 'pay_c', accountHash: 'h2' }),
      candidate({ payoutId: 'pay_d', amount: 1_001n }),
      candidate({ payoutId: 'pay_e', currency: 'EUR' }),
    ]);
    expect(found.map(({ payoutId }) => payoutId)).toEqual(['pay_a', 'pay_c']);
    expect(fitsOf(item({}, []), [candidate()])).toEqual([]);
  });

  it('can be about a payout that was sent until the end of the day after it, since days begin elsewhere earlier', () => {
    const sent = (at: string) => fits({ submittedAt: new Date(at) });
    expect([
      sent('2026-11-20T00:00:00Z'),
      sent('2026-11-27T23:59:59Z'),
      sent('2026-11-28T23:59:59.999Z'),
      sent('2026-11-29T00:00:00Z'),
    ]).toEqual([true, true, true, false]);
  });

  it.each(PAYOUT_STATES.map((state) => [state]))(
    'can be about a payout that is %s only if that is still to be told',
    (state) => {
      const open: PayoutState[] = ['submitting', 'accepted', 'unknown'];
      expect(fits({ state })).toBe(open.includes(state));
      expect(fits({ state }, { bankStatus: 'returned' })).toBe([...open, 'paid'].includes(state));
    },
  );

  it('is about none when it is no payment and no return, or has no day', () => {
    expect([
      fits({}, { bankStatus: null }),
      fits({}, { bankStatus: 'accepted' }),
      fits({}, { bankStatus: 'failed' }),
    ]).toEqual([false, false, false]);
    expect(fits({}, { bookedOn: null })).toBe(false);
  });
});
