import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { addDays, weekdayOf } from '../../../shared/calendar.js';
import { defaultBankDays, onDefaults } from './default-bank-days.js';
import {
  isBankingDay,
  namedBankDays,
  nextBankingDay,
  nextDue,
  type BankHolidays,
  type DefaultBankDays,
} from './payout-calendar.js';

const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'HKD', 'JPY', 'KWD', 'XAF'];
const of = new Map<string, DefaultBankDays>();
beforeAll(async () => {
  for (const currency of CURRENCIES) of.set(currency, await defaultBankDays(currency));
});

/** The days on which a default says that banks rest (or work), of a year, as MM-DD. */
const days = (currency: string, year: number, open = false) =>
  [...of.get(currency)!.ofYear(year)!]
    .filter(([, said]) => said.open === open)
    .map(([day]) => day.slice(5))
    .sort();
const span = (first: string, count: number) =>
  Array.from({ length: count }, (_, n) => addDays(`2026-${first}`, n).slice(5));

describe('the default bank days', () => {
  it('of CNY are those of the State Council’s notice for 2026, with its make-up working days', () => {
    expect(days('CNY', 2026)).toEqual([
      ...span('01-01', 3),
      ...span('02-15', 9),
      ...span('04-04', 3),
      ...span('05-01', 5),
      ...span('06-19', 3),
      ...span('09-25', 3),
      ...span('10-01', 7),
    ]);
    expect(days('CNY', 2026, true)).toEqual(['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']);
    for (const day of days('CNY', 2026, true)) expect(weekdayOf(`2026-${day}`)).toBeGreaterThan(5);
    expect(of.get('CNY')!.ofYear(2026)!.get('2026-10-01')).toEqual({ open: false, name: 'National Day 国庆节' });
  });

  it('of CNY are not guessed for years that are not published', () => {
    expect([2003, 2004, 2026, 2090].map((year) => of.get('CNY')!.ofYear(year) === null)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('of EUR are the closing days of TARGET, whatever the countries celebrate', () => {
    expect(days('EUR', 2026)).toEqual(['01-01', '04-03', '04-06', '05-01', '12-25', '12-26']);
    expect(days('EUR', 2027)).toEqual(['01-01', '03-26', '03-29', '05-01', '12-25', '12-26']);
    expect(of.get('EUR')!.calendar).toBe('TARGET');
  });

  it('of USD are those of the Federal Reserve: a holiday on a Sunday is kept on Monday, one on a Saturday not on Friday', () => {
    expect(days('USD', 2026)).toEqual(
      ['01-01', '01-19', '02-16', '05-25', '06-19', '07-04', '09-07', '10-12', '11-11', '11-26', '12-25'].sort(),
    );
    // New Year's Day of 2028 is a Saturday, Independence Day of 2027 a Sunday.
    expect(isBankingDay({ defaults: of.get('USD')! }, '2027-12-31')).toBe(true);
    expect(isBankingDay({ defaults: of.get('USD')! }, '2027-07-05')).toBe(false);
  });

  it('of other currencies are the public and bank holidays of the country, whole days of any length', () => {
    expect(days('JPY', 2026)).toEqual(expect.arrayContaining(['01-01', '01-02', '12-31', '05-06']));
    expect(days('GBP', 2026)).toEqual(['01-01', '04-03', '04-06', '05-04', '05-25', '12-25', '12-26', '12-28']);
    expect(days('HKD', 2026)).toEqual(expect.arrayContaining(['02-17', '02-18', '02-19', '07-01', '10-01']));
  });

  it('keep holidays of several days, over New Year too, and take half a day for a banking day', async () => {
    const year = async (currency: string, of: number) => [...(await defaultBankDays(currency)).ofYear(of)!.keys()];
    // Seollal, three days.
    expect(await year('KRW', 2027)).toEqual(expect.arrayContaining(['2027-02-07', '2027-02-08', '2027-02-09']));
    // Incwala, six days from the 28th of December on.
    expect(await year('SZL', 2027)).toEqual(expect.arrayContaining(['2027-01-01', '2027-01-02', '2027-12-31']));
    // Norway's banks close at two o'clock on New Year's Eve.
    expect(await year('NOK', 2026)).not.toContain('2026-12-31');
  });

  it('are not known for a currency of no country, or of one that the library does not have', () => {
    for (const currency of ['KWD', 'XAF']) {
      expect([of.get(currency)!.calendar, of.get(currency)!.ofYear(2026)]).toEqual([null, null]);
    }
  });

  it('are not known where the tables of a library end', async () => {
    const known = async (currency: string) => {
      const banks = await defaultBankDays(currency);
      return [2076, 2077].map((year) => banks.ofYear(year) !== null);
    };
    expect([await known('SAR'), await known('USD'), await known('EUR')]).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ]);
    expect((await defaultBankDays('SAR')).ofYear(2076)!.size).toBeGreaterThan(8);
  });

  it.each(['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati'])('are the same where clocks show %s', (TZ) => {
    const script = `const { default: Holidays } = await import('date-holidays');
      const target = new Holidays();
      target.setHoliday('easter -2', { name: { en: 'Good Friday' }, type: 'bank' });
      const us = new Holidays('US', { types: ['public', 'bank'] }).getHolidays(2026, 'en');
      console.log(JSON.stringify([target.getHolidays(2026)[0].date, us[0].date]));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ } });
    expect(JSON.parse(said.toString())).toEqual(['2026-04-03 00:00:00', '2026-01-01 00:00:00']);
  });

  it('are read once', async () => {
    expect(await defaultBankDays('CNY')).toBe(of.get('CNY'));
    expect(of.get('CNY')!.ofYear(2026)).toBe(of.get('CNY')!.ofYear(2026));
    expect(of.get('CNY')!.ofYear(2090)).toBeNull();
    expect(await onDefaults('EUR', { holidays: ['2026-01-02'] })).toEqual({
      holidays: ['2026-01-02'],
      defaults: of.get('EUR'),
    });
  });

  const day = fc.integer({ min: 0, max: 1800 }).map((n) => addDays('2024-01-01', n));
  const list = fc.uniqueArray(day, { maxLength: 30 });
  const banks: fc.Arbitrary<BankHolidays> = fc
    .record({ currency: fc.constantFrom(...CURRENCIES), holidays: list, workingDays: list })
    .map(({ currency, ...own }) => ({ ...own, defaults: of.get(currency)! }));

  it('lead to a next banking day that is one, not before the day, with none in between', () => {
    fc.assert(
      fc.property(banks, day, (terms, from) => {
        const next = nextBankingDay(terms, from);
        expect(next >= from && isBankingDay(terms, next)).toBe(true);
        for (let at = from; at < next; at = addDays(at, 1)) expect(isBankingDay(terms, at)).toBe(false);
        expect(nextBankingDay(terms, next)).toBe(next);
      }),
      { numRuns: 300 },
    );
  });

  it('never overrule the operator, and are as they were where the operator says nothing', () => {
    fc.assert(
      fc.property(banks, day, (terms, any) => {
        const { holidays = [], workingDays = [], defaults } = terms;
        for (const open of workingDays) expect(isBankingDay(terms, open)).toBe(true);
        for (const shut of holidays) expect(isBankingDay(terms, shut)).toBe(workingDays.includes(shut));
        if (!holidays.includes(any) && !workingDays.includes(any))
          expect(isBankingDay(terms, any)).toBe(isBankingDay({ defaults: defaults! }, any));
        for (const said of namedBankDays(terms, Number(any.slice(0, 4)))) {
          expect(said.from).toBe([...holidays, ...workingDays].includes(said.day) ? 'operator' : 'default');
          expect(said.open).toBe(isBankingDay(terms, said.day));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('let nothing that is shifted fall due on a day on which banks rest', () => {
    fc.assert(
      fc.property(banks, day, fc.constantFrom('next' as const, 'previous' as const), (terms, from, shift) => {
        const calendar = { ...terms, timeZone: 'Asia/Shanghai', time: '09:00', monthDays: [1, 15, 31], shift };
        expect(isBankingDay(terms, nextDue(calendar, new Date(`${from}T00:00:00Z`))!.on)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
