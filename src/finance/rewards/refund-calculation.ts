import type { RefundContent } from '../../detection/orders/index.js';
import { divideHalfAwayFromZero, minAmount } from '../../shared/money.js';
import { compare, divide, fraction, multiply, subtract, sum, ZERO, type Fraction } from '../../shared/fraction.js';

/** What the money knows of an order that is refunded; `bases` is what was paid for each line. */
export interface RefundedOrder {
  readonly skus: readonly string[];
  readonly commissionable: readonly bigint[];
  readonly amountPaid: bigint;
}

/** What of an order is not refunded: of each line, and of shipping and tax together. Exact. */
export interface Remaining {
  readonly lines: readonly Fraction[];
  readonly rest: Fraction;
}

/**
 * What remains of each line after these refunds, one after the other. What a refund names is taken from there: its lines
 * (lines of the same sku share it in proportion to what remains of them), its shipping and tax. If it names anything, what
 * it does not name is shipping and tax first, then lines that it does not name, and those that it names last; if it names
 * nothing, it is taken from everything in proportion. All that was paid, refunded, leaves exactly nothing.
 */
export function remainingAfter(order: RefundedOrder, refunds: readonly RefundContent[]): Remaining {
  const merchandise = order.commissionable.reduce((a, b) => a + b, 0n);
  const parts = [...order.commissionable, order.amountPaid - merchandise].map((commissionable) =>
    fraction(commissionable),
  );
  const rest = order.commissionable.length;
  for (const { amount, lines, shipping, tax } of refunds) {
    let left = fraction(amount);
    const take = (wanted: Fraction, from: readonly number[]) => {
      left = subtract(left, takeInProportion(parts, from, least(wanted, left)));
    };
    const placesOf = (sku: string) => order.skus.flatMap((other, place) => (other === sku ? [place] : []));
    for (const line of lines ?? []) take(fraction(line.amount), placesOf(line.sku));
    take(fraction((shipping ?? 0n) + (tax ?? 0n)), [rest]);
    const named = lines !== null || shipping !== null || tax !== null;
    if (named) {
      const skus = new Set(lines?.map(({ sku }) => sku));
      take(left, [rest]);
      take(
        left,
        order.skus.flatMap((sku, place) => (skus.has(sku) ? [] : [place])),
      );
    }
    take(left, [...parts.keys()]);
  }
  return { lines: parts.slice(0, rest), rest: parts[rest] ?? ZERO };
}

/** Takes `wanted` from some of the parts, as far as it goes, each in proportion to what it has. Returns what was taken. */
function takeInProportion(parts: Fraction[], from: readonly number[], wanted: Fraction): Fraction {
  const there = sum(from.map((place) => parts[place] ?? ZERO));
  const taken = least(wanted, there);
  if (taken.numerator === 0n) return ZERO;
  const kept = divide(subtract(there, taken), there);
  for (const place of from) parts[place] = multiply(parts[place] ?? ZERO, kept);
  return taken;
}

/**
 * What must be taken back of a reward in total: round(granted × the refunded share of its lines), half away from zero.
 */
export function reversedInTotal(
  reward: { granted: bigint; lines: readonly { line: number; commissionable: bigint }[] },
  remaining: Remaining,
): bigint {
  const commissionable = reward.lines.reduce((total, line) => total + line.commissionable, 0n);
  const left = sum(reward.lines.map(({ line }) => remaining.lines[line] ?? ZERO));
  const share = divide(subtract(fraction(commissionable), left), fraction(commissionable));
  return divideHalfAwayFromZero(reward.granted * share.numerator, share.denominator);
}

/** Where a reversal comes from, in this order: what is pending, what is on hold, what has matured. */
export function reversalSources(
  reward: { pending: bigint; held: bigint; matured: bigint; clawedBack: bigint },
  amount: bigint,
): { pending: bigint; held: bigint; matured: bigint } {
  const pending = minAmount(amount, reward.pending);
  const held = minAmount(amount - pending, reward.held);
  const matured = minAmount(amount - pending - held, reward.matured - reward.clawedBack);
  return { pending, held, matured };
}

function least(...values: [Fraction, ...Fraction[]]): Fraction {
  return values.reduce((a, b) => (compare(b, a) < 0n ? b : a));
}
