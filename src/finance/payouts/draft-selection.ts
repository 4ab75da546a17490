import type { Beneficiary, MerchantCard } from '../../database/index.js';
import type { SkipReason } from './payout-batch.js';
import type { FileFormat, PayoutRail } from './rails/payout-rail.js';

/** A merchant who may be paid, with the balances that decide. */
export interface Candidate {
  merchantId: string;
  available: bigint;
  held: bigint;
  owed: bigint;
}

export interface Skip {
  merchantId: string;
  available: bigint;
  reason: SkipReason;
  detail: string | null;
}

export interface Selected {
  merchantId: string;
  amount: bigint;
  beneficiary: Beneficiary;
  holderSent: string;
}

/** What the selection is asked to do. `minAmount` in minor units. */
export interface Wanted {
  currency: string;
  minAmount: bigint;
  rail: PayoutRail;
  fileFormat: FileFormat | null;
}

/**
 * Which candidates are paid all that they have available, and why the others are not. Who owes something or has
 * something stopped is left out whole, until a person has looked.
 */
export function select(
  candidates: readonly Candidate[],
  cards: ReadonlyMap<string, MerchantCard>,
  beneficiaries: ReadonlyMap<string, Beneficiary>,
  wanted: Wanted,
): { selected: Selected[]; skipped: Skip[] } {
  const selected: Selected[] = [];
  const skipped: Skip[] = [];
  for (const candidate of candidates) {
    const { merchantId, available } = candidate;
    const beneficiary = beneficiaries.get(merchantId);
    const judged =
      selected.length >= wanted.rail.limits.payouts
        ? { reason: 'batch-full' as const }
        : decide(candidate, cards.get(merchantId), beneficiary, wanted);
    if ('holderSent' in judged) selected.push({ merchantId, amount: available, ...judged });
    else skipped.push({ merchantId, available, reason: judged.reason, detail: judged.detail ?? null });
  }
  return { selected, skipped };
}

type Judged = { beneficiary: Beneficiary; holderSent: string } | { reason: SkipReason; detail?: string };

function decide(
  { available, held, owed }: Candidate,
  card: MerchantCard | undefined,
  beneficiary: Beneficiary | undefined,
  { currency, minAmount, rail, fileFormat }: Wanted,
): Judged {
  if (!card) return { reason: 'unknown-merchant' };
  if (card.state !== 'active') return { reason: card.state };
  if (owed !== 0n) return { reason: 'owed' };
  if (held !== 0n) return { reason: 'held' };
  if (available < minAmount) return { reason: 'below-minimum' };
  if (!beneficiary) return { reason: rail.payee === 'wechat-openid' ? 'no-wechat-openid' : 'no-bank-account' };
  if (available > rail.limits.amount) return { reason: 'not-expressible', detail: 'more than one payout can carry' };
  const said = rail.express(beneficiary, currency, fileFormat);
  if ('problem' in said) return { reason: 'not-expressible', detail: said.problem };
  return { beneficiary, ...said };
}
