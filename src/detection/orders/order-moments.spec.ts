import { assertNotBefore, instantOrNull, momentOf } from './order-moments.js';

const NOW = new Date('2026-05-01T12:00:00Z');
const clock = { now: NOW, skewMs: 300_000 };

describe('a moment told by the storefront', () => {
  it('is now when it says none', () => {
    expect([momentOf(undefined, clock, '/at'), momentOf(null, clock, '/at')]).toEqual([NOW, NOW]);
    expect([instantOrNull(undefined), instantOrNull(null)]).toEqual([null, null]);
  });

  it('has one spelling', () => {
    expect(instantOrNull('2026-05-01T20:00:00+08:00')).toBe('2026-05-01T12:00:00.000Z');
  });

  it('may be ahead of ours by what clocks differ, and not a millisecond more', () => {
    expect(momentOf('2026-05-01T12:05:00Z', clock, '/at')).toEqual(new Date('2026-05-01T12:05:00Z'));
    expect(() => momentOf('2026-05-01T12:05:00.001Z', clock, '/at')).toThrow(
      expect.objectContaining({ errors: [{ pointer: '/at', detail: 'is yet to come' }] }),
    );
  });

  it('may be before what came first by what clocks differ, and not a millisecond more', () => {
    const check = (at: string) => () =>
      assertNotBefore(new Date(at), NOW, clock, { pointer: '/completedAt', what: 'the order was placed' });
    expect(check('2026-05-01T12:00:00Z')).not.toThrow();
    expect(check('2026-05-01T11:55:00Z')).not.toThrow();
    const detail = 'is before the order was placed at 2026-05-01T12:00:00.000Z';
    expect(check('2026-05-01T11:54:59.999Z')).toThrow(
      expect.objectContaining({
        code: 'order.impossible-moment',
        detail: `The moment ${detail}.`,
        errors: [{ pointer: '/completedAt', detail }],
      }),
    );
  });
});
