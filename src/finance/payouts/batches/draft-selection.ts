import type { Beneficiary, MerchantCard } from '../../../database/index.js';
import { minorFromWire } from '../../../shared/money.js';
import type { SkipReason } from '../payout-batch.js';
import { payoutsOf, type BatchPolicy, type PayoutAmounts } from '../terms/payout-policy.js';
import type { FileFormat, PayoutRail } from '../rails/payout-rail.js';
import type { MerchantId } from '../../../shared/ids.js';

/** A merchant who may be paid, with the balances that decide. */
export interface Candidate {
  merchantId: MerchantId;
  available: bigint;
  held: bigint;
  owed: bigint;
}

export interface Skip {
  merchantId: MerchantId;
  available: bigint;
  reason: SkipReason;
  detail: string | null;
}

/** One payout of a merchant; who has more than the maximum may have several. */
export interface Selected extends PayoutAmounts {
  merchantId: MerchantId;
  beneficiary: Beneficiary;
  holderSent: string;
  townSent?: string;
}

/** What the selection is asked to do. */
export interface Wanted {
  currency: string;
  policy: BatchPolicy;
  rail: PayoutRail;
  fileFormat: FileFormat | null;
  /** Merchants about whose payouts a line of a bank report waits for a person: the bank may have paid them already. */
  questioned: ReadonlySet<MerchantId>;
}

/**
 * Which candidates are paid all that they have available, in their order, and why the others are not. Who has a negative
 * balance, something on hold or an open bank line about a payout is excluded whole, until a person has reviewed it. `waiting`: could be paid, but the rail carries no
 * more in one batch.
 */
export function select(
  candidates: readonly Candidate[],
  cards: ReadonlyMap<MerchantId, MerchantCard>,
  beneficiaries: ReadonlyMap<MerchantId, Beneficiary>,
  wanted: Wanted,
): { selected: Selected[]; skipped: Skip[]; waiting: Candidate[] } {
  const selected: Selected[] = [];
  const skipped: Skip[] = [];
  const waiting: Candidate[] = [];
  for (const candidate of candidates) {
    const { merchantId, available } = candidate;
    const beneficiary = beneficiaries.get(merchantId);
    const room = wanted.rail.limits.payouts - selected.length;
    const judged = decide(candidate, cards.get(merchantId), beneficiary, wanted, room);
    if ('payouts' in judged) {
      const { payouts, ...same } = judged;
      selected.push(...payouts.map((amounts) => ({ merchantId, ...amounts, ...same })));
    } else if (judged.reason === 'batch-full') waiting.push(candidate);
    else skipped.push({ merchantId, available, reason: judged.reason, detail: judged.detail ?? null });
  }
  return { selected, skipped, waiting };
}

type Judged =
  | { payouts: PayoutAmounts[]; beneficiary: Beneficiary; holderSent: string; townSent?: string }
  | { reason: SkipReason; detail?: string };

function decide(
  { merchantId, available, held, owed }: Candidate,
  card: MerchantCard | undefined,
  beneficiary: Beneficiary | undefined,
  { currency, policy, rail, fileFormat, questioned }: Wanted,
  room: number,
): Judged {
  if (!card) return { reason: 'unknown-merchant' };
  if (card.state !== 'active') return { reason: card.state };
  if (owed !== 0n) return { reason: 'owed' };
  if (held !== 0n) return { reason: 'held' };
  if (questioned.has(merchantId)) return { reason: 'bank-line-open' };
  if (available < minorFromWire(policy.minAmount)) return { reason: 'below-minimum' };
  if (!beneficiary) return { reason: rail.payee === 'wechat-openid' ? 'no-wechat-openid' : 'no-bank-account' };
  const said = rail.express(beneficiary, currency, fileFormat);
  if ('problem' in said) return { reason: 'not-expressible', detail: said.problem };
  const payouts = payoutsOf(available, policy, room);
  if (payouts === 'batch-full' && payoutsOf(available, policy, rail.limits.payouts) === 'batch-full')
    return { reason: 'above-maximum', detail: 'takes more payouts than one batch of the rail carries' };
  if (typeof payouts === 'string') return { reason: payouts };
  const { least = 1n } = rail.limits;
  if (payouts.some(({ sentAmount }) => sentAmount < least))
    return { reason: 'below-minimum', detail: `${rail.name} pays ${least.toString()} at least, after the fee` };
  return { payouts, beneficiary, ...said };
}
