import type { RefundLine } from '../../detection/index.js';
import { divideHalfAwayFromZero, minAmount } from '../../shared/money.js';
import { compare, divide, fraction, multiply, subtract, sum, ZERO, type Fraction } from './fraction.js';

/** A refund as far as the money needs it. Without lines it concerns all that was paid, in proportion. */
export interface RefundPart {
  amount: bigint;
  lines: readonly RefundLine[] | null;
}

/** What of an order is not refunded: of each line, and of shipping and tax together. Exact. */
export interface Remaining {
  readonly lines: readonly Fraction[];
  readonly rest: Fraction;
}

/**
 * What remains of each line after these refunds, one after the other. A refund with lines takes its amounts from those
 * (lines of the same sku share it in proportion to what remains of them); what they cannot bear, and a refund without
 * lines, is taken from everything in proportion. All that was paid, refunded, leaves exactly nothing.
 */
export function remainingAfter(
  order: { skus: readonly string[]; bases: readonly bigint[]; amountPaid: bigint },
  refunds: readonly RefundPart[],
): Remaining {
  const merchandise = order.bases.reduce((a, b) => a + b, 0n);
  let parts = [...order.bases, order.amountPaid - merchandise].map((basis) => fraction(basis));
  for (const refund of refunds) {
    let undirected = fraction(refund.amount);
    for (const { sku, amount } of refund.lines ?? []) {
      const at = order.skus.flatMap((other, index) => (other === sku ? [index] : []));
      const there = sum(at.map((index) => parts[index] ?? ZERO));
      const taken = least(fraction(amount), there, undirected);
      if (taken.numerator === 0n) continue;
      const kept = divide(subtract(there, taken), there);
      for (const index of at) parts[index] = multiply(parts[index] ?? ZERO, kept);
      undirected = subtract(undirected, taken);
    }
    const total = sum(parts);
    const taken = least(undirected, total);
    if (taken.numerator === 0n) continue;
    const kept = divide(subtract(total, taken), total);
    parts = parts.map((part) => multiply(part, kept));
  }
  return { lines: parts.slice(0, -1), rest: parts.at(-1) ?? ZERO };
}

/**
 * What must be taken back of a reward in total: round(granted × the refunded share of its lines), half away from zero.
 */
export function reversedInTotal(
  reward: { granted: bigint; lines: readonly { line: number; basis: bigint }[] },
  remaining: Remaining,
): bigint {
  const basis = reward.lines.reduce((total, line) => total + line.basis, 0n);
  const left = sum(reward.lines.map(({ line }) => remaining.lines[line] ?? ZERO));
  const share = divide(subtract(fraction(basis), left), fraction(basis));
  return divideHalfAwayFromZero(reward.granted * share.numerator, share.denominator);
}

/** Where a reversal comes from, in this order: what is pending, what is held, what has matured. */
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
