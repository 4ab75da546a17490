import { calendarMonth, isTimeZone } from './time-zone.js';

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
