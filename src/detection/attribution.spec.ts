import fc from 'fast-check';
import { attribute, MAX_TOUCHES, remember, windowMs, type AttributionRule, type Touch } from './attribution.js';

const DAY = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const at = (days: number) => new Date(start + days * DAY);
const touch = (merchantId: string, days: number): Touch => ({
  merchantId,
  via: 'code',
  visitId: `vis_${merchantId}_${days}`,
  at: at(days).toISOString(),
});
const last: AttributionRule = { touch: 'last', attributionWindowDays: 30 };
const first: AttributionRule = { touch: 'first', attributionWindowDays: 30 };

describe('who brought the shopper', () => {
  it('is the last merchant or the first, as the storefront has set', () => {
    const touches = [touch('ann', 0), touch('bob', 3)];
    expect(attribute(touches, last, at(4))?.merchantId).toBe('bob');
    expect(attribute(touches, first, at(4))?.merchantId).toBe('ann');
    expect(attribute(touches, first, at(4))?.reason).toMatch(
      /came with the merchant’s code.*30 days.*first one counts/,
    );
  });

  it('is nobody when the window has closed, and the next merchant in line where the first one counts', () => {
    expect(attribute([touch('ann', 0)], last, new Date(at(30).getTime() - 1))?.merchantId).toBe('ann');
    expect(attribute([touch('ann', 0)], last, at(30))).toBeNull();
    expect(attribute([touch('ann', 0), touch('bob', 20)], first, at(31))?.merchantId).toBe('bob');
  });

  it('stays the same over visits without a code', () => {
    const touches = remember([touch('ann', 0)], null, last, at(5));
    expect(attribute(touches, last, at(5))?.merchantId).toBe('ann');
  });
});

const history = fc
  .array(fc.record({ merchant: fc.constantFrom('ann', 'bob', 'cem', null), pause: fc.integer({ min: 0, max: 20 }) }), {
    maxLength: 30,
  })
  .map((visits) => {
    let day = 0;
    return visits.map(({ merchant, pause }) => ({ merchant, day: (day += pause) }));
  });
const rule = fc.record({
  touch: fc.constantFrom('first' as const, 'last' as const),
  attributionWindowDays: fc.integer({ min: 1, max: 60 }),
});

describe('tokens handed from visit to visit', () => {
  const tokenAfter = (visits: { merchant: string | null; day: number }[], settings: AttributionRule) =>
    visits.reduce<Touch[]>(
      (touches, { merchant, day }) => remember(touches, merchant ? touch(merchant, day) : null, settings, at(day)),
      [],
    );

  it('name the merchant whom the whole history would name, also at every later moment', () => {
    fc.assert(
      fc.property(history, rule, fc.integer({ min: 0, max: 70 }), (visits, settings, later) => {
        const now = at((visits.at(-1)?.day ?? 0) + later);
        const inWindow = visits
          .flatMap(({ merchant, day }) => (merchant ? [touch(merchant, day)] : []))
          .filter((t) => now.getTime() - Date.parse(t.at) < windowMs(settings));
        const found = attribute(tokenAfter(visits, settings), settings, now);
        const expected = inWindow.at(settings.touch === 'first' ? 0 : -1);
        if (settings.touch === 'last' || inWindow.length < MAX_TOUCHES) expect(found?.visitId).toBe(expected?.visitId);
        // With more touches than fit it is still one of them, and never nobody.
        else expect(inWindow.map((t) => t.visitId)).toContain(found?.visitId);
      }),
    );
  });

  it('stay small enough for a cookie', () => {
    fc.assert(
      fc.property(history, rule, (visits, settings) => {
        expect(tokenAfter(visits, settings).length).toBeLessThanOrEqual(MAX_TOUCHES);
      }),
    );
  });
});
