import fc from 'fast-check';
import {
  certainlyTellsAgain,
  hasInCommon,
  isExact,
  mayBeSame,
  tellAgain,
  type Booking,
  type Telling,
} from './booking.js';

const TOLD: Telling = {
  reportId: 'bkr_1',
  messageId: 'M1',
  account: 'own',
  status: 'BOOK DBIT',
  amount: 1_000n,
  currency: 'CNY',
  charge: null,
  bookedOn: '2026-11-27',
  reference: 'PAY1',
  bankReference: 'B1',
  entryReference: 'E1',
  others: ['theirs'],
};
const again = (change: Partial<Telling> = {}): Telling => ({ ...TOLD, reportId: 'bkr_2', messageId: 'M2', ...change });
const booking = (...tellings: [Telling, ...Telling[]]): Booking => ({ tellings, payoutAccount: null });
const find = (lines: readonly Telling[], bookings: readonly Booking[]) =>
  tellAgain(
    lines.map((telling) => ({ telling, mayBe: () => true })),
    bookings,
  ).map((found) => (found === null ? null : bookings.indexOf(found)));

/** Says less. */
const LESS: Partial<Telling> = {
  bookedOn: null,
  reference: null,
  bankReference: null,
  entryReference: null,
  others: [],
};

const telling = fc.record<Telling>({
  reportId: fc.constantFrom('bkr_1' as const, 'bkr_2' as const, 'bkr_3' as const),
  messageId: fc.constantFrom('M1', 'M2'),
  account: fc.constantFrom(null, 'own', 'other'),
  status: fc.constantFrom('BOOK DBIT', 'BOOK CRDT'),
  amount: fc.constantFrom(1n, 2n),
  currency: fc.constantFrom('CNY', 'EUR'),
  charge: fc.constantFrom(null, 1n, 2n),
  bookedOn: fc.constantFrom(null, '2026-11-27', '2026-11-30'),
  reference: fc.constantFrom(null, 'PAY1', 'SALARY-1'),
  bankReference: fc.constantFrom(null, 'B1', 'B2'),
  entryReference: fc.constantFrom(null, 'B1', 'E1'),
  others: fc.subarray(['theirs', 'else']),
});

describe('a booking that is told twice', () => {
  it.each<[title: string, change: Partial<Telling>, same: boolean]>([
    ['the same words', {}, true],
    ['a notification that says less', LESS, true],
    ['no day', { bookedOn: null }, true],
    ['another day', { bookedOn: '2026-11-30' }, false],
    ['the day before', { bookedOn: '2026-11-26' }, false],
    ['another account of the operator', { account: 'own-too' }, false],
    ['another name by the bank', { bankReference: 'B2' }, false],
    ['another entry', { entryReference: 'E2' }, false],
    ['the entry’s name only', { bankReference: null }, true],
    ['a name that is neither', { bankReference: null, entryReference: 'B9' }, false],
    ['no name by the bank', { bankReference: null, entryReference: null }, true],
    ['another payment', { reference: 'PAY2' }, false],
    ['another amount', { amount: 1_001n }, false],
    ['another currency', { currency: 'EUR' }, false],
    ['the other sign', { status: 'BOOK CRDT' }, false],
    ['another account on the other side', { others: ['else'] }, false],
    ['one more account on the other side', { others: ['else', 'theirs'] }, true],
    ['a charge', { charge: 150n }, true],
  ])('is the same or another one: %s', (_, change, same) => {
    expect(mayBeSame(TOLD, again(change))).toBe(same);
    expect(mayBeSame(again(change), TOLD)).toBe(same);
    expect(find([again(change)], [booking(TOLD)])).toEqual([same ? 0 : null]);
  });

  it.each<[title: string, one: Partial<Telling>, other: Partial<Telling>, same: boolean]>([
    [
      'the payment’s name here is the entry’s there',
      { entryReference: null },
      { bankReference: null, entryReference: 'B1' },
      true,
    ],
    [
      'one names the payment, the other an entry',
      { entryReference: null },
      { bankReference: null, entryReference: 'E9' },
      false,
    ],
  ])('is the same or another one where %s', (_, one, other, same) => {
    expect(mayBeSame({ ...TOLD, ...one }, again(other))).toBe(same);
    expect(mayBeSame(again(other), { ...TOLD, ...one })).toBe(same);
  });

  it('is told in the same words only where nothing that was said of it differs, whatever report says it', () => {
    expect(isExact(TOLD, again())).toBe(true);
    const changes: Partial<Telling>[] = [
      { account: 'own-too' },
      { status: 'BOOK CRDT' },
      { amount: 1_001n },
      { currency: 'EUR' },
      { charge: 0n },
      { bookedOn: null },
      { reference: null },
      { bankReference: null },
      { entryReference: null },
      { others: [] },
    ];
    for (const change of changes) expect([change, isExact(TOLD, again(change))]).toEqual([change, false]);
    expect(isExact(again({ charge: 1n }), again({ charge: 2n }))).toBe(false);
  });

  it('is left to other lines once the line that says just the same has found its own', () => {
    const less = booking(again({ ...LESS, reportId: 'bkr_0' }));
    expect(find([again()], [booking(TOLD), less])).toEqual([0]);
    expect(find([again(), again({ reference: null })], [booking(TOLD), less])).toEqual([0, 1]);
  });

  it('is not the same when charges differ', () => {
    expect(mayBeSame(again({ charge: 1n }), again({ charge: 2n }))).toBe(false);
  });

  it('is narrowed by every line that told of it: a notification, then the first statement, then a second payment', () => {
    const notified = again(LESS);
    const stated = again({ reportId: 'bkr_3' });
    const second = again({ reportId: 'bkr_4', bankReference: 'B2' });
    expect(find([second], [booking(notified)])).toEqual([0]);
    expect(find([second], [booking(notified, stated)])).toEqual([null]);
  });

  it('is two bookings when one report has it twice', () => {
    expect(find([again(), again()], [booking(TOLD)])).toEqual([0, null]);
    expect(find([{ ...TOLD }], [booking(TOLD)])).toEqual([null]);
    expect(find([again(), again()], [booking(TOLD), booking(TOLD)])).toEqual([0, 1]);
  });

  it('goes to the line that says just the same before one that says less', () => {
    expect(find([again(LESS), again()], [booking(TOLD)])).toEqual([null, 0]);
    expect(find([again(), again({ ...LESS })], [booking(again({ ...LESS, reportId: 'bkr_0' }))])).toEqual([null, 0]);
  });

  it('is of the account that its payout goes to', () => {
    const known = { ...booking({ ...TOLD, others: [] }), payoutAccount: 'theirs' };
    expect(find([again({ others: ['else'], reference: null })], [known])).toEqual([null]);
    expect(find([again({ others: ['theirs'], reference: null })], [known])).toEqual([0]);
  });

  it('went to an account that any of its lines has named, whatever the books say', () => {
    const known = { ...booking({ ...TOLD, others: [] }, again({ reportId: 'bkr_3' })), payoutAccount: 'another' };
    expect(find([again()], [known])).toEqual([0]);
    expect(find([again({ others: ['else'] })], [known])).toEqual([null]);
  });

  it('agrees with itself, and with another as the other with it', () => {
    fc.assert(
      fc.property(telling, telling, (one, other) => {
        expect(mayBeSame(one, { ...one, reportId: 'bkr_9' })).toBe(true);
        expect(mayBeSame(one, other)).toBe(mayBeSame(other, one));
        if (isExact(one, other)) expect(mayBeSame(one, other)).toBe(true);
      }),
    );
  });

  it('is found by at most one line of a report, and only by lines that agree with all that was told', () => {
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 8 }), fc.array(telling, { maxLength: 6 }), (known, lines) => {
        const bookings = known.map((one) => booking(one));
        const own = lines.map((one) => ({ ...one, reportId: 'bkr_9' as const }));
        const found = find(own, bookings);
        const indices = found.filter((index) => index !== null);
        expect(new Set(indices).size).toBe(indices.length);
        found.forEach((index, at) => {
          if (index !== null) expect(mayBeSame(known[index]!, own[at]!)).toBe(true);
        });
        // Nothing that agrees with a booking which nobody has found is left over.
        own.forEach((line, at) => {
          if (found[at] !== null) return;
          const left = known.filter((_, index) => !indices.includes(index));
          expect(left.some((one) => mayBeSame(one, line))).toBe(false);
        });
      }),
    );
  });

  it('is known again whole, each booking by one line, when a report is handed in a second time', () => {
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 10 }), (lines) => {
        const bookings = lines.map((one) => booking({ ...one, reportId: 'bkr_1' }));
        const found = find(
          lines.map((one) => ({ ...one, reportId: 'bkr_2' })),
          bookings,
        );
        expect([...found].sort()).toEqual(lines.map((_, index) => index).sort());
      }),
    );
  });
});

describe('a line that nobody can place', () => {
  const STRANGER = { ...LESS, others: ['else'] };
  const known = (change: Partial<Telling>, payoutAccount: string | null = null): Booking => ({
    ...booking({ ...TOLD, ...STRANGER, ...change }),
    payoutAccount,
  });
  const line = (change: Partial<Telling> = {}) => again({ ...LESS, ...change });

  it.each<[title: string, booking: Booking, line: Telling, common: boolean]>([
    ['a payment', known({ reference: 'PAY1' }), line({ reference: 'PAY1' }), true],
    ['nothing, of two payments', known({ reference: 'PAY1' }), line({ reference: 'PAY2' }), false],
    ['nothing, of a payment and none', known({ reference: 'PAY1' }), line(), false],
    ['nothing that is said', known({}), line(), false],
    ['nothing but words', known({ bookedOn: '2026-11-27' }), line({ bookedOn: '2026-11-27' }), false],
    ['the bank’s name of the booking', known({ bankReference: 'B1' }), line({ bankReference: 'B1' }), true],
    [
      'the name of one as that of the other’s entry',
      known({ bankReference: 'B1' }),
      line({ entryReference: 'B1' }),
      true,
    ],
    [
      'one of two names',
      known({ bankReference: 'B1', entryReference: 'E1' }),
      line({ bankReference: 'B1', entryReference: 'E2' }),
      true,
    ],
    ['no name of two', known({ bankReference: 'B1' }), line({ bankReference: 'B2' }), false],
    ['an account that money went to', known({}), line({ others: ['theirs', 'else'] }), true],
    ['no account of two', known({}), line({ others: ['theirs'] }), false],
    ['the account of the payout', known({}, 'theirs'), line({ others: ['theirs'] }), true],
    ['not the account of the payout', known({}, 'theirs'), line({ others: ['own'] }), false],
    [
      'a payment with one of the lines that told of it',
      { ...booking({ ...TOLD, ...STRANGER }, again({ ...LESS, reference: 'PAY1' })), payoutAccount: null },
      line({ reference: 'PAY1' }),
      true,
    ],
  ])('has in common with a booking: %s', (_, of, telling, common) => {
    expect(hasInCommon(telling, of)).toBe(common);
  });

  it.each<[title: string, booking: Booking, line: Telling, certain: boolean]>([
    ['by the bank’s name', booking(TOLD), again({ ...LESS, bankReference: 'B1' }), true],
    ['by one of two names', booking(TOLD), again({ entryReference: 'E2' }), true],
    ['not by another name', booking(TOLD), again({ bankReference: 'B2', entryReference: 'E2' }), false],
    ['not without a name in another message', booking({ ...TOLD, ...LESS }), line(), false],
    ['by the same words in the same message', booking({ ...TOLD, ...LESS }), line({ messageId: 'M1' }), true],
    [
      'not by other words in it',
      booking({ ...TOLD, ...LESS }),
      line({ messageId: 'M1', bookedOn: '2026-11-27' }),
      false,
    ],
    [
      'by one of the lines that told of it',
      booking({ ...TOLD, ...LESS }, again()),
      again({ reportId: 'bkr_3', messageId: 'M3' }),
      true,
    ],
  ])('certainly tells of a booking again, or may tell of another: %s', (_, of, telling, certain) => {
    expect(certainlyTellsAgain(telling, of)).toBe(certain);
  });
});
