import type { FeePayer, PolicyTerms } from '../../../src/finance/payouts/terms/payout-policy.js';
import { nearest, over, times, whole } from './rational.js';

/** The terms of payouts that an admin sets in the course of a history; at its beginning there are none. */
export const TERMS: readonly PolicyTerms[] = [
  { fee: { amount: 25, rateBps: 60, chargedTo: 'merchant' }, secondApproverAbove: 300 },
  { fee: { amount: 40, rateBps: 125, chargedTo: 'platform' }, maxAmount: 1_500, overMaximum: 'split' },
  {
    fee: { rateBps: 333, chargedTo: 'merchant' },
    railFees: [{ rail: 'iso20022-file', amount: 7, chargedTo: 'platform' }],
    maxAmount: 2_000,
    overMaximum: 'split',
    secondApproverAbove: 2_500,
  },
  { maxAmount: 5_000, overMaximum: 'skip', secondApproverAbove: 0 },
];

/** What one payout takes from a merchant, what of it the bank is told, and what it costs whom. */
export interface Parcel {
  amount: bigint;
  sent: bigint;
  fee: bigint;
  payer: FeePayer;
}

/** The payouts of all that a merchant has: as few and as even as the terms let them be, the larger ones first. */
export function parcels(available: bigint, terms: PolicyTerms, rail: string): Parcel[] {
  const most = terms.maxAmount === undefined ? available : BigInt(terms.maxAmount);
  let count = 1n;
  while (count * most < available) count += 1n;
  if (count > 1n && terms.overMaximum !== 'split') return [];
  const found = Array.from({ length: Number(count) }, (_, at) =>
    parcel(available / count + (BigInt(at) < available % count ? 1n : 0n), terms, rail),
  );
  return found.some(({ sent }) => sent <= 0n) ? [] : found;
}

function parcel(amount: bigint, terms: PolicyTerms, rail: string): Parcel {
  const {
    amount: fixed = 0,
    rateBps = 0,
    chargedTo: payer = 'platform' as const,
  } = terms.railFees?.find((one) => one.rail === rail) ?? terms.fee ?? {};
  const fee = BigInt(fixed) + nearest(times(whole(amount), over(whole(BigInt(rateBps)), whole(10_000n))));
  return { amount, fee, payer, sent: payer === 'merchant' ? amount - fee : amount };
}
