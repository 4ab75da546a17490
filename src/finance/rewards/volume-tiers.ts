import { BPS } from '../../shared/money.js';
import { fraction, subtract, sum, type Fraction } from '../../shared/fraction.js';

export const TIER_MODES = ['marginal', 'whole'] as const;

/** `marginal`: each tier's rate for the part of the volume that lies in it. `whole`: the reached tier's rate for all of it. */
export type TierMode = (typeof TIER_MODES)[number];

/** From a volume on (minor units; the first tier's may be above zero), a rate. Tiers ascend. */
export interface Tier {
  from: bigint;
  rateBps: number;
}

/** What is wrong with tiers, with the index of the tier, or null. */
export function tierProblem(mode: TierMode, tiers: readonly Tier[]): { index: number; detail: string } | null {
  for (const [index, tier] of tiers.entries()) {
    const before = tiers[index - 1];
    if (!before) continue;
    if (tier.from <= before.from) return { index, detail: 'must begin above the tier before' };
    // A rate that falls for the whole volume would make an order earn less than nothing.
    if (mode === 'whole' && tier.rateBps < before.rateBps)
      return { index, detail: 'must not have a lower rate than the tier before, with mode whole' };
  }
  return null;
}

/** What an order earns that takes the month's volume from `before` to `after`: exact, and the same however it is split. */
export function tieredAmount(
  { mode, tiers }: { mode: TierMode; tiers: readonly Tier[] },
  before: bigint,
  after: bigint,
): Fraction {
  const earned = mode === 'whole' ? wholeAmount : marginalAmount;
  return subtract(earned(tiers, after), earned(tiers, before));
}

function wholeAmount(tiers: readonly Tier[], volume: bigint): Fraction {
  const reached = tiers.findLast((tier) => tier.from <= volume);
  return fraction(volume * BigInt(reached?.rateBps ?? 0), BPS);
}

function marginalAmount(tiers: readonly Tier[], volume: bigint): Fraction {
  return sum(
    tiers.map(({ from, rateBps }, index) => {
      const next = tiers[index + 1]?.from;
      const to = next === undefined || volume < next ? volume : next;
      return to > from ? fraction((to - from) * BigInt(rateBps), BPS) : fraction(0n);
    }),
  );
}
