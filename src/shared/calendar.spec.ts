import fc from 'fast-check';
import {
  addDays,
  afterDays,
  calendarMonth,
  dayOfMonth,
  isCalendarDay,
  isTimeZone,
  localDay,
  monthRange,
  monthsBetween,
  weekdayOf,
} from './calendar.js';

const range = (month: string, zone: string) => {
  const { from, to } = monthRange(month, zone);
  return [from.toISOString(), to.toISOString()];
};

describe('the moments of a calendar month', () => {
  it('begin at midnight of the zone, also where clocks are put forward or back', () => {
    expect(range('2026-05', 'UTC')).toEqual(['2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z']);
    expect(range('2026-05', 'Asia/Shanghai')).toEqual(['2026-04-30T16:00:00.000Z', '2026-05-31T16:00:00.000Z']);
    expect(range('2026-03', 'Europe/Berlin')).toEqual(['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z']);
    expect(range('2025-12', 'Pacific/Kiritimati')).toEqual(['2025-11-30T10:00:00.000Z', '2025-12-31T10:00:00.000Z']);
  });

  it('are those that the zone’s calendar calls so, and leave no gap between two months', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia');
    const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, zones, (at, zone) => {
        const { from, to } = monthRange(calendarMonth(at, zone), zone);
        expect(from <= at && at < to).toBe(true);
        expect(monthRange(calendarMonth(to, zone), zone).from).toEqual(to);
        expect(monthsBetween(at, to, zone)).toEqual([calendarMonth(at, zone), calendarMonth(to, zone)]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a calendar month', () => {
  it('begins and ends by the clocks of its zone, also where they are put forward or back', () => {
    const months = (zone: string, ...moments: string[]) => moments.map((at) => calendarMonth(new Date(at), zone));
    expect(months('Asia/Shanghai', '2026-04-30T15:59:59.999Z', '2026-04-30T16:00:00Z')).toEqual(['2026-04', '2026-05']);
    expect(months('UTC', '2026-04-30T23:59:59.999Z', '2026-05-01T00:00:00Z')).toEqual(['2026-04', '2026-05']);
    // Berlin is an hour ahead of UTC until the last Sunday of March, and from the last one of October on; else two.
    expect(months('Europe/Berlin', '2026-03-31T21:59:59Z', '2026-03-31T22:00:00Z')).toEqual(['2026-03', '2026-04']);
    expect(months('Europe/Berlin', '2026-10-31T22:59:59Z', '2026-10-31T23:00:00Z')).toEqual(['2026-10', '2026-11']);
    expect(months('America/New_York', '2026-11-01T03:59:59Z', '2026-11-01T04:00:00Z')).toEqual(['2026-10', '2026-11']);
  });

  it('knows the zones of the IANA database by name, and no offsets', () => {
    expect(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'].map(isTimeZone)).not.toContain(
      false,
    );
    expect(['', '+08:00', 'Shanghai', 'Asia/Shanghai ', 'x'.repeat(65), 8, null].map(isTimeZone)).not.toContain(true);
  });
});

describe('days of the calendar', () => {
  it('are those that exist, written in full', () => {
    expect(['2026-02-28', '2028-02-29', '2026-12-31'].map(isCalendarDay)).toEqual([true, true, true]);
    const none = ['2026-02-29', '2026-02-30', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00', '', 'x'];
    expect(none.filter(isCalendarDay)).toEqual([]);
  });

  it('follow one another over the ends of months and years, and go round in weeks', () => {
    expect([addDays('2026-12-31', 1), addDays('2028-03-01', -1), addDays('2026-05-05', 0)]).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2026-05-05',
    ]);
    // 2026-11-27 was a Friday.
    expect([0, 1, 2, 3].map((days) => weekdayOf(addDays('2026-11-27', days)))).toEqual([5, 6, 7, 1]);
    expect(dayOfMonth('2028-02-29')).toEqual({ day: 29, of: 29 });
    expect(dayOfMonth('2026-04-01')).toEqual({ day: 1, of: 30 });
  });

  it('are another where clocks show another day, while a period of days is so many times 24 hours', () => {
    const late = new Date('2026-05-01T20:00:00Z');
    expect([localDay('UTC', late), localDay('Asia/Shanghai', late)]).toEqual(['2026-05-01', '2026-05-02']);
    expect(afterDays(new Date('2026-03-28T12:00:00Z'), 2)).toEqual(new Date('2026-03-30T12:00:00Z'));
  });
});
