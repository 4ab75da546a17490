import type { Storefront } from '../../database/index.js';
import { DAY_MS } from '../../shared/calendar.js';
import type { MerchantId, VisitId } from '../../shared/ids.js';

/** How the shopper named the merchant. */
export type Via = 'code' | 'referrer';

/** One time that a shopper came with a merchant's code, or answered with a merchant's WeChat ID. */
export interface Touch {
  merchantId: MerchantId;
  via: Via;
  visitId: VisitId;
  /** RFC 3339, UTC. */
  at: string;
}

/** Why a merchant counts for an order, kept on it for good. */
export interface Attribution {
  merchantId: MerchantId;
  via: Via;
  visitId: VisitId;
  /** When the shopper came with the code, or named the merchant. */
  attributedAt: string;
  /** One sentence for people: which visit, window and touch rule decided. */
  reason: string;
  /** What decided, as facts; absent on orders of before it was kept. */
  decision?: {
    /** The storefront's rule: which of several visits counts. */
    touch: 'first' | 'last';
    windowDays: number;
    /** How many visits with a merchant were inside the window. */
    touches: number;
  };
  /** The shopper gave a reference at a visit, and it is this merchant's own. */
  ownPurchase?: true;
}

/** An attribution that says what decided, as every one does that is made today. */
export type DecidedAttribution = Attribution & Required<Pick<Attribution, 'decision'>>;

/** What became of the earlier visit token that a visit carried. A shopper's old cookie never breaks the shop. */
export type PreviousToken = 'none' | 'used' | 'expired' | 'refused';

const PREVIOUS_NOTE: Partial<Record<PreviousToken, string>> = {
  expired: ' An earlier visit token was ignored: it had expired.',
  refused: ' An earlier visit token was ignored: it is not one of this storefront.',
};

/** The storefront's settings that decide. */
export type AttributionRule = Pick<Storefront, 'touch' | 'attributionWindowDays'>;

/** Touches that a token carries, at most: enough for any real shopper, and small enough for a cookie. */
export const MAX_TOUCHES = 5;

/** How long a visit attributes, in milliseconds. */
export function windowMs(rule: AttributionRule): number {
  return rule.attributionWindowDays * DAY_MS;
}

function within(touches: readonly Touch[], rule: AttributionRule, now: Date): Touch[] {
  return touches.filter((touch) => now.getTime() - Date.parse(touch.at) < windowMs(rule));
}

/**
 * What a shopper's next token remembers: the touches that are still inside the window and the new one, oldest first; of
 * two at one instant the one that was told later is the later one. A visit has one touch, so a new one of the same visit
 * replaces it. A visit without a touch changes nothing, so a direct visit does not take a merchant's shopper away. When
 * they are too many the oldest and the newest stay, for these are the ones that a rule asks for.
 */
export function remember(earlier: readonly Touch[], added: Touch | null, rule: AttributionRule, now: Date): Touch[] {
  const others = earlier.filter((touch) => touch.visitId !== added?.visitId);
  const touches = within([...others, ...(added ? [added] : [])], rule, now).sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
  const excess = touches.length - MAX_TOUCHES;
  if (excess > 0) touches.splice(1, excess);
  return touches;
}

/** Which merchant counts at `now`: the first or the last touch inside the window, as the storefront has set. */
export function attribute(
  touches: readonly Touch[],
  rule: AttributionRule,
  now: Date,
  previous: PreviousToken = 'none',
): DecidedAttribution | null {
  const candidates = within(touches, rule, now);
  const touch = candidates.at(rule.touch === 'first' ? 0 : -1);
  if (!touch) return null;
  const facts = {
    merchantId: touch.merchantId,
    via: touch.via,
    visitId: touch.visitId,
    attributedAt: touch.at,
    decision: { touch: rule.touch, windowDays: rule.attributionWindowDays, touches: candidates.length },
  };
  return { ...facts, reason: reasonOf(facts, previous) };
}

/** The `reason` of an attribution with these facts. */
export function reasonOf(
  { via, visitId, attributedAt, decision }: Omit<DecidedAttribution, 'reason'>,
  previous: PreviousToken,
): string {
  const how = via === 'code' ? 'came with the merchant’s code' : 'named the merchant’s WeChat ID';
  const choice =
    decision.touches === 1
      ? 'no other merchant brought this shopper in that time'
      : `of ${decision.touches} such visits the ${decision.touch} one counts here`;
  return `The shopper ${how} at ${attributedAt} (visit ${visitId}), inside the window of ${decision.windowDays} days; ${choice}.${PREVIOUS_NOTE[previous] ?? ''}`;
}
