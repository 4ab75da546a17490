import { creditEntries, operatorEntry, type Book, type EntryDraft } from '../ledger/index.js';
import { feePayer, type FeePayer } from './terms/payout-policy.js';
import type { PayoutEntity } from './payouts.entities.js';

/** By how much a booking differs from what the bank was told to pay, and who bears it. */
export interface Difference {
  /** Booked less told, minor units; never zero. */
  amount: bigint;
  bearer: FeePayer;
}

type Money = Pick<
  PayoutEntity,
  'id' | 'merchantId' | 'currency' | 'amount' | 'sentAmount' | 'fee' | 'rail' | 'paidCost'
>;

/** Entries of money that finds its end. `badAccount`: a failure that says that the account itself is bad. */
export function outcomeEntries(
  book: Book,
  payout: Money,
  to: 'paid' | 'failed' | 'returned',
  { badAccount, difference }: { badAccount: boolean; difference: Difference | null },
): EntryDraft[] {
  const { id: payoutId, merchantId, currency: asset, amount, sentAmount, fee } = payout;
  const common = { asset, payoutId };
  const inTransit = { ...common, owner: `rail:${payout.rail}` as const, account: 'in-transit' as const };
  const bank = { ...common, owner: `bank:${asset}` as const, account: 'bank' as const };
  const held = { ...common, owner: merchantId, account: 'held' as const };
  const fees = (sum: bigint) => operatorEntry('fees', { ...common, amount: sum });
  const payer = feePayer(payout);
  const more = difference?.amount ?? 0n;
  switch (to) {
    case 'paid':
      return [
        { ...inTransit, amount: -amount },
        { ...bank, amount: sentAmount + more },
        ...(payer === 'merchant' ? [fees(fee)] : []),
        ...(payer === 'platform' ? [fees(-fee), { ...bank, amount: fee }] : []),
        ...(more !== 0n ? [fees(-more)] : []),
      ];
    case 'failed':
      return [
        { ...inTransit, amount: -amount },
        ...(badAccount ? [{ ...held, amount }] : creditEntries(book, { merchantId, asset, amount, payoutId })),
      ];
    case 'returned': {
      // The merchant has all of it back, but for what the bank kept when they bear that; what the operator paid for the
      // attempt stays a cost.
      const merchantBears = difference?.bearer === 'merchant';
      return [
        { ...bank, amount: -(sentAmount + more) },
        ...(payer === 'merchant' ? [fees(-fee)] : []),
        ...(more !== 0n && !merchantBears ? [fees(more)] : []),
        { ...held, amount: merchantBears ? amount + more : amount },
      ];
    }
  }
}

/** What the books have already that the bank took for a payment: the fee that the operator bears, unless the bank has said. */
export function bookedCost(payout: Money): bigint {
  return payout.paidCost ?? (feePayer(payout) === 'platform' ? payout.fee : 0n);
}

/** Entries that bring the books to what the bank says it took for a payment; none when they are there. */
export function chargeEntries(payout: Money, charge: bigint): EntryDraft[] {
  const amount = charge - bookedCost(payout);
  if (amount === 0n) return [];
  const common = { asset: payout.currency, payoutId: payout.id };
  return [
    operatorEntry('fees', { ...common, amount: -amount }),
    { ...common, owner: `bank:${payout.currency}`, account: 'bank', amount },
  ];
}
