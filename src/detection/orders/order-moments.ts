import { DomainError, invalidFields } from '../../shared/domain-error.js';
import type { OrderErrorCode } from './errors.js';

/** Our clock, and by how much a storefront's may differ from it. */
export interface ClockReading {
  now: Date;
  /** Milliseconds; see the setting YINKE_CLOCK_SKEW_SECONDS. */
  skewMs: number;
}

/** A moment told by the storefront, in one spelling. */
export function instantOrNull(text: string | undefined | null): string | null {
  return text === undefined || text === null ? null : new Date(text).toISOString();
}

/** The moment told by the storefront, else now. Throws `request.invalid` when it is yet to come. */
export function momentOf(text: string | undefined | null, { now, skewMs }: ClockReading, pointer: string): Date {
  if (text === undefined || text === null) return now;
  const at = new Date(text);
  if (at.getTime() > now.getTime() + skewMs) throw invalidFields([{ pointer, detail: 'is yet to come' }]);
  return at;
}

/**
 * Throws `order.impossible-moment` when `at` lies before what must have come first, such as an order's completion before
 * its placing. `what` names that.
 */
export function assertNotBefore(
  at: Date,
  earliest: Date,
  { skewMs }: ClockReading,
  { pointer, what }: { pointer: string; what: string },
): void {
  if (at.getTime() >= earliest.getTime() - skewMs) return;
  const detail = `is before ${what} at ${earliest.toISOString()}`;
  throw new DomainError<OrderErrorCode>('order.impossible-moment', `The moment ${detail}.`, [{ pointer, detail }]);
}
