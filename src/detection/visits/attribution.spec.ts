import fc from 'fast-check';
import { attribute, MAX_TOUCHES, remember, windowMs, type AttributionRule, type Touch } from './attribution.js';
import type { MerchantId } from '../../shared/ids.js';

const DAY = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const at = (days: number) => new Date(start + days * DAY);
const touch = (merchantId: MerchantId, days: number): Touch => ({
  merchantId,
  via: 'code',
  visitId: `vis_${merchantId}_${days}`,
  at: at(days).toISOString(),
});
const last: AttributionRule = { touch: 'last', attributionWindowDays: 30 };
const first: AttributionRule = { touch: 'first', attributionWindowDays: 30 };

describe('who brought the shopper', () => {
  it('is the last merchant or the first, as the storefront has set', () => {
    const touches = [touch('mer_ann', 0), touch('mer_bob', 3)];
    expect(attribute(touches, last, at(4))?.merchantId).toBe('mer_bob');
    expect(attribute(touches, first, at(4))?.merchantId).toBe('mer_ann');
    expect(attribute(touches, first, at(4))?.reason).toMatch(
      /came with the merchant’s code.*30 days.*first one counts/,
    );
  });

  it('is nobody when the window has closed, and the next merchant in line where the first one counts', () => {
    expect(attribute([touch('mer_ann', 0)], last, new Date(at(30).getTime() - 1))?.merchantId).toBe('mer_ann');
    expect(attribute([touch('mer_ann', 0)], last, at(30))).toBeNull();
    expect(attribute([touch('mer_ann', 0), touch('mer_bob', 20)], first, at(31))?.merchantId).toBe('mer_bob');
  });

  it('stays the same over visits without a code', () => {
    const touches = remember([touch('mer_ann', 0)], null, last, at(5));
    expect(attribute(touches, last, at(5))?.merchantId).toBe('mer_ann');
  });
});

describe('touches at one instant', () => {
  const twins = (['mer_ann', 'mer_bob', 'mer_cem'] as const).map((merchant) => touch(merchant, 1));

  it('stand in the order in which they were told', () => {
    const [ann, bob, cem] = twins as [Touch, Touch, Touch];
    const touches = [ann, bob, cem].reduce<Touch[]>((earlier, added) => remember(earlier, added, last, at(1)), []);
    expect(touches).toEqual(twins);
    expect(attribute(touches, last, at(2))?.merchantId).toBe('mer_cem');
    expect(attribute(touches, first, at(2))?.merchantId).toBe('mer_ann');
    expect(attribute(touches, last, at(2))?.decision).toEqual({ touch: 'last', windowDays: 30, touches: 3 });
  });

  it('told late stand where their moment is', () => {
    const touches = remember([touch('mer_bob', 2)], touch('mer_ann', 1), last, at(3));
    expect(attribute(touches, last, at(3))?.merchantId).toBe('mer_bob');
    expect(attribute(touches, first, at(3))?.merchantId).toBe('mer_ann');
  });
});

describe('what a token remembers', () => {
  it('ends with the window, to the millisecond', () => {
    const almost = new Date(at(30).getTime() - 1);
    expect(remember([touch('mer_ann', 0)], null, last, almost)).toHaveLength(1);
    expect(remember([touch('mer_ann', 0)], null, last, at(30))).toEqual([]);
    expect(windowMs(last)).toBe(30 * DAY);
  });

  it('is one touch for a visit, the latest', () => {
    const again = { ...touch('mer_bob', 0), visitId: touch('mer_ann', 0).visitId };
    expect(remember([touch('mer_ann', 0), touch('mer_cem', 1)], again, last, at(1))).toEqual([
      again,
      touch('mer_cem', 1),
    ]);
    expect(remember([touch('mer_ann', 0)], null, last, at(1))).toEqual([touch('mer_ann', 0)]);
  });

  it('is the oldest and the newest when they are too many', () => {
    const days = Array.from({ length: MAX_TOUCHES + 2 }, (_, day) => day);
    const touches = days.reduce<Touch[]>((earlier, day) => remember(earlier, touch('mer_ann', day), last, at(day)), []);
    expect(touches.map(({ at: when }) => when)).toEqual(
      [0, ...days.slice(1 - MAX_TOUCHES)].map((day) => at(day).toISOString()),
    );
  });
});

const history = fc
  .array(
    fc.record({
      merchant: fc.constantFrom('mer_ann', 'mer_bob', 'mer_cem', null),
      pause: fc.integer({ min: 0, max: 20 }),
    }),
    {
      maxLength: 30,
    },
  )
  .map((visits) => {
    let day = 0;
    return visits.map(({ merchant, pause }) => ({ merchant, day: (day += pause) }));
  });
const rule = fc.record({
  touch: fc.constantFrom('first' as const, 'last' as const),
  attributionWindowDays: fc.integer({ min: 1, max: 60 }),
});

describe('tokens handed from visit to visit', () => {
  const tokenAfter = (visits: { merchant: MerchantId | null; day: number }[], settings: AttributionRule) =>
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
