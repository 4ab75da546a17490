import fc from 'fast-check';
import { isCalendarDay, localDay } from '../../../shared/calendar.js';
import {
  isBankingDay,
  latestDue,
  namedBankDays,
  nextBankingDay,
  nextDue,
  SHIFTS,
  unknownYears,
  type DefaultBankDays,
  type PayoutCalendar,
} from './payout-calendar.js';

const SHANGHAI = { timeZone: 'Asia/Shanghai', time: '09:00', shift: 'none' as const };
/** The due dates of a calendar after a moment, as local days or as moments. */
function dates(calendar: PayoutCalendar, after: string, count: number): string[] {
  const found: string[] = [];
  for (let due = nextDue(calendar, new Date(after)); due && found.length < count; due = nextDue(calendar, due.at))
    found.push(due.on);
  return found;
}
const moment = (calendar: PayoutCalendar, after: string) => nextDue(calendar, new Date(after))?.at.toISOString();

describe('a calendar of payouts', () => {
  it('names weekdays, at a local time', () => {
    expect(dates({ ...SHANGHAI, weekdays: [1, 5] }, '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-02',
      '2026-01-05',
      '2026-01-09',
    ]);
    expect(moment({ ...SHANGHAI, weekdays: [1] }, '2026-01-01T00:00:00Z')).toBe('2026-01-05T01:00:00.000Z');
    expect(moment({ ...SHANGHAI, weekdays: [1] }, '2026-01-05T01:00:00Z')).toBe('2026-01-12T01:00:00.000Z');
  });

  it('names days of the month, and the last where a month is shorter', () => {
    expect(dates({ ...SHANGHAI, monthDays: [31] }, '2028-01-01T00:00:00Z', 4)).toEqual([
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
    expect(dates({ ...SHANGHAI, monthDays: [1, 15] }, '2026-02-01T12:00:00Z', 2)).toEqual(['2026-02-15', '2026-03-01']);
  });

  it('goes around weekends and holidays, forwards or backwards, once', () => {
    const golden = ['01', '02', '05', '06', '07'].map((day) => `2026-10-${day}`);
    const first = { ...SHANGHAI, monthDays: [1, 3], holidays: golden };
    expect(dates({ ...first, shift: 'next' }, '2026-09-15T00:00:00Z', 2)).toEqual(['2026-10-08', '2026-11-02']);
    expect(dates({ ...first, shift: 'previous' }, '2026-09-15T00:00:00Z', 1)).toEqual(['2026-09-30']);
    const workingDays = ['2026-10-10'];
    const saturday = { ...SHANGHAI, monthDays: [10], shift: 'next' as const };
    expect(dates(saturday, '2026-10-01T00:00:00Z', 1)).toEqual(['2026-10-12']);
    expect(dates({ ...saturday, workingDays }, '2026-10-01T00:00:00Z', 1)).toEqual(['2026-10-10']);
  });

  it('is never due when every day of it is a holiday', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const holidays = Array.from({ length: 1000 }, (_, i) => new Date(from + i * 86_400_000).toISOString().slice(0, 10));
    const never = { ...SHANGHAI, weekdays: [3], holidays, shift: 'next' as const };
    expect(nextDue(never, new Date('2026-02-01T00:00:00Z'))).toBeNull();
  });

  it('moves a day off to the nearest business day, over several days off, and only what falls on one of them', () => {
    const holidays = ['2026-05-01', '2026-05-04', '2026-05-05'];
    const named = (monthDay: number, shift: 'next' | 'previous' | 'none') =>
      dates({ ...SHANGHAI, monthDays: [monthDay], holidays, shift }, '2026-04-25T00:00:00Z', 1)[0];
    expect([1, 2, 3, 4, 5].map((day) => named(day, 'next'))).toEqual(Array(5).fill('2026-05-06'));
    expect([1, 2, 3, 4, 5].map((day) => named(day, 'previous'))).toEqual(Array(5).fill('2026-04-30'));
    expect([1, 2, 3, 4, 5].map((day) => named(day, 'none'))).toEqual(
      ['01', '02', '03', '04', '05'].map((day) => `2026-05-${day}`),
    );
    expect([named(6, 'next'), named(30, 'previous'), named(7, 'next')]).toEqual([
      '2026-05-06',
      '2026-04-30',
      '2026-05-07',
    ]);
    expect([...SHIFTS]).toEqual(['next', 'previous', 'none']);
  });

  it('is due at its moment and not before: just before it the same day, at it and just after it the next', () => {
    const daily = { ...SHANGHAI, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    // 09:00 in Shanghai is 01:00 UTC.
    expect(moment(daily, '2026-01-05T00:59:59.999Z')).toBe('2026-01-05T01:00:00.000Z');
    expect(moment(daily, '2026-01-05T01:00:00.000Z')).toBe('2026-01-06T01:00:00.000Z');
    expect(moment(daily, '2026-01-05T01:00:00.001Z')).toBe('2026-01-06T01:00:00.000Z');
    // The local day is already the next one.
    expect(nextDue(daily, new Date('2026-01-05T16:00:00Z'))).toEqual({
      on: '2026-01-06',
      at: new Date('2026-01-06T01:00:00Z'),
    });
  });

  it('counts all dates from the first moment to now, both with them, and gives the latest', () => {
    const daily = { ...SHANGHAI, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    const latest = (from: string, now: string) => latestDue(daily, new Date(from), new Date(now));
    expect(latest('2026-01-05T01:00:00Z', '2026-01-07T01:00:00Z')).toEqual({
      on: '2026-01-07',
      at: new Date('2026-01-07T01:00:00Z'),
      count: 3,
    });
    expect(latest('2026-01-05T01:00:00.001Z', '2026-01-07T00:59:59.999Z')).toEqual({
      on: '2026-01-06',
      at: new Date('2026-01-06T01:00:00Z'),
      count: 1,
    });
    expect(latest('2026-01-05T01:00:00Z', '2026-01-05T01:00:00Z')).toMatchObject({ on: '2026-01-05', count: 1 });
    expect(latest('2026-01-05T01:00:00.001Z', '2026-01-06T00:59:59.999Z')).toBeNull();
  });

  it('names nothing without weekdays and days of the month', () => {
    expect(nextDue(SHANGHAI, new Date('2026-01-01T00:00:00Z'))).toBeNull();
  });

  it('waits two years and more for a day that banks work on', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const off = (days: number) =>
      Array.from({ length: days }, (_, i) => new Date(from + i * 86_400_000).toISOString().slice(0, 10));
    const due = (days: number) =>
      nextDue({ ...SHANGHAI, weekdays: [1], holidays: off(days), shift: 'next' }, new Date('2026-01-01T00:00:00Z'))?.on;
    // Day 798 after the first of January 2026 is a Thursday.
    expect([due(798), due(1000)]).toEqual(['2028-03-09', undefined]);
  });

  it.each([
    [
      'summer time begins: 02:30 is skipped and comes an hour later',
      'Europe/Berlin',
      '02:30',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'summer time ends: of two 02:30 the first counts',
      'Europe/Berlin',
      '02:30',
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'the day before summer time begins',
      'America/New_York',
      '09:00',
      '2026-03-07T00:00:00Z',
      '2026-03-07T14:00:00.000Z',
    ],
    ['the day on which it begins', 'America/New_York', '09:00', '2026-03-07T15:00:00Z', '2026-03-08T13:00:00.000Z'],
    ['half an hour of summer time', 'Australia/Lord_Howe', '02:15', '2026-10-03T12:00:00Z', '2026-10-03T15:45:00.000Z'],
    ['midnight is skipped', 'America/Santiago', '00:00', '2026-09-05T12:00:00Z', '2026-09-06T04:00:00.000Z'],
  ])('knows the clocks of its time zone: %s', (_, timeZone, time, after, at) => {
    expect(moment({ timeZone, time, weekdays: [1, 2, 3, 4, 5, 6, 7], shift: 'none' }, after)).toBe(at);
  });

  const calendar: fc.Arbitrary<PayoutCalendar> = fc.record({
    timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
    time: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
    shift: fc.constantFrom(...SHIFTS),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
    monthDays: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 3 }),
    holidays: fc.uniqueArray(
      fc.integer({ min: 0, max: 120 }).map((n) => new Date(Date.UTC(2026, 1, 1 + n)).toISOString().slice(0, 10)),
      { maxLength: 20 },
    ),
  });
  const start = fc.date({ min: new Date('2026-01-01Z'), max: new Date('2026-06-01Z'), noInvalidDate: true });

  it('goes forwards, one date a day, never on a day off, and leaves none out', () => {
    fc.assert(
      fc.property(calendar, start, (terms, from) => {
        const first = nextDue(terms, from)!;
        const second = nextDue(terms, first.at)!;
        expect(first.at > from && second.at > first.at && second.on > first.on).toBe(true);
        // Asked from anywhere before it, the next date is the same.
        const between = new Date((from.getTime() + first.at.getTime()) / 2);
        expect(nextDue(terms, between)).toEqual(first);
        const day = new Date(`${first.on}T00:00:00Z`).getUTCDay();
        const off = day === 0 || day === 6 || terms.holidays?.includes(first.on);
        if (terms.shift !== 'none') expect(off).toBeFalsy();
      }),
      { numRuns: 200 },
    );
  });

  it('after a long silence is due once: at the latest date, which stands for all that were missed', () => {
    fc.assert(
      fc.property(calendar, start, fc.integer({ min: 0, max: 60 }), (terms, from, days) => {
        const now = new Date(from.getTime() + days * 86_400_000);
        const missed = [];
        for (let due = nextDue(terms, from); due && due.at <= now; due = nextDue(terms, due.at)) missed.push(due);
        const latest = latestDue(terms, new Date(from.getTime() + 1), now);
        expect(latest).toEqual(missed.length === 0 ? null : { ...missed.at(-1), count: missed.length });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the days on which banks work', () => {
  const banks = { holidays: ['2026-10-01', '2026-10-02'], workingDays: ['2026-10-10'] };

  it.each([
    ['2026-09-30', true, '2026-09-30'],
    ['2026-10-01', false, '2026-10-05'],
    ['2026-10-02', false, '2026-10-05'],
    ['2026-10-03', false, '2026-10-05'],
    ['2026-10-04', false, '2026-10-05'],
    ['2026-10-05', true, '2026-10-05'],
    ['2026-10-09', true, '2026-10-09'],
    ['2026-10-10', true, '2026-10-10'],
    ['2026-10-11', false, '2026-10-12'],
  ])('%s: %s, and the next is %s', (day, works, next) => {
    expect([isBankingDay(banks, day), nextBankingDay(banks, day)]).toEqual([works, next]);
  });

  it('are Mondays to Fridays, also before 1970, and a working day wins over a holiday', () => {
    expect(['1969-12-26', '1969-12-27', '1969-12-28', '1969-12-29'].map((day) => isBankingDay({}, day))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const both = { holidays: ['2026-10-10'], workingDays: ['2026-10-10'] };
    expect(isBankingDay(both, '2026-10-10')).toBe(true);
  });

  it('leave a day as it is when a list of holidays leaves none', () => {
    const from = Date.parse('2026-10-01T00:00:00Z');
    const off = (days: number) =>
      Array.from({ length: days }, (_, i) => new Date(from + i * 86_400_000).toISOString().slice(0, 10));
    expect(nextBankingDay({ holidays: off(900) }, '2026-10-01')).toBe('2026-10-01');
    expect(nextBankingDay({ holidays: off(700) }, '2026-10-01')).toBe('2028-08-31');
  });

  it.each([
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['today', false],
    ['', false],
  ])('are days of the calendar: %s is one: %s', (day, is) => {
    expect(isCalendarDay(day)).toBe(is);
  });

  it('begin at midnight of their time zone', () => {
    expect(localDay('Asia/Shanghai', new Date('2026-11-27T15:59:59.999Z'))).toBe('2026-11-27');
    expect(localDay('Asia/Shanghai', new Date('2026-11-27T16:00:00Z'))).toBe('2026-11-28');
    expect(localDay('America/New_York', new Date('2026-11-28T04:59:59Z'))).toBe('2026-11-27');
    expect(localDay('UTC', new Date('2026-11-28T00:00:00Z'))).toBe('2026-11-28');
  });
});

describe('who says whether banks work', () => {
  /** Knows 2026: a Thursday off, and a Saturday on which banks work. */
  const defaults: DefaultBankDays = {
    calendar: 'XX',
    ofYear: (year) =>
      year === 2026
        ? new Map([
            ['2026-10-10', { open: true, name: 'made up' }],
            ['2026-10-01', { open: false, name: 'feast' }],
          ])
        : null,
  };

  it('the operator before the default, and the default before the week', () => {
    const works = (day: string, own = {}) => isBankingDay({ ...own, defaults }, day);
    expect(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-10'].map((day) => works(day))).toEqual([
      false,
      true,
      false,
      true,
    ]);
    const holidays = ['2026-10-02', '2026-10-10'];
    const workingDays = ['2026-10-01', '2026-10-03'];
    expect([...holidays, ...workingDays].map((day) => works(day, { holidays, workingDays }))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(works('2026-10-01', { holidays: ['2026-10-01'], workingDays: ['2026-10-01'] })).toBe(true);
    expect(nextBankingDay({ defaults, holidays }, '2026-10-01')).toBe('2026-10-05');
    expect(nextBankingDay({ defaults }, '2026-10-10')).toBe('2026-10-10');
    // A year that it does not know goes by the week.
    expect(['2027-10-01', '2027-10-02'].map((day) => works(day))).toEqual([true, false]);
  });

  it('is listed for a year, the first day first, with the default’s name also where the operator’s word counts', () => {
    const own = { holidays: ['2027-01-01', '2026-12-31'], workingDays: ['2026-10-01', '2025-12-31'] };
    expect(namedBankDays({ ...own, defaults }, 2026)).toEqual([
      { day: '2026-10-01', open: true, from: 'operator', name: 'feast' },
      { day: '2026-10-10', open: true, from: 'default', name: 'made up' },
      { day: '2026-12-31', open: false, from: 'operator', name: null },
    ]);
    expect(namedBankDays({ ...own, defaults }, 2027)).toEqual([
      { day: '2027-01-01', open: false, from: 'operator', name: null },
    ]);
    expect(namedBankDays({}, 2026)).toEqual([]);
  });

  it('is not known in years without a default, of those that lie within 90 days', () => {
    const years = (today: string) => unknownYears({ defaults }, today);
    expect([years('2026-10-01'), years('2026-10-02'), years('2026-10-03')]).toEqual([[], [], [2027]]);
    expect([years('2025-10-03'), years('2027-12-31')]).toEqual([[2025], [2027, 2028]]);
    expect(unknownYears({}, '2026-10-01')).toEqual([2026]);
  });

  it('moves what is due', () => {
    const terms = { ...SHANGHAI, defaults, monthDays: [1, 10] };
    const from = '2026-09-25T00:00:00Z';
    expect(dates({ ...terms, shift: 'next' }, from, 2)).toEqual(['2026-10-02', '2026-10-10']);
    expect(dates({ ...terms, shift: 'previous' }, from, 2)).toEqual(['2026-09-30', '2026-10-10']);
    expect(dates({ ...terms, shift: 'next', holidays: ['2026-10-10'] }, from, 2)).toEqual(['2026-10-02', '2026-10-12']);
  });
});
