import fc from 'fast-check';
import { monthRange, monthsBetween } from './month.js';
import { calendarMonth } from './time-zone.js';

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
