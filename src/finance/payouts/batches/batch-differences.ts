import type { MerchantId } from '../../../shared/ids.js';

/** A payout as far as it is compared. */
export interface ComparedPayout {
  merchantId: MerchantId;
  holder: string;
  lastFour: string;
  bankName: string | null;
  amount: bigint;
}

/** What a merchant is paid in a batch, over all their payouts in it. */
export interface Paid {
  merchant: MerchantId;
  holder: string;
  account: string;
  amount: bigint;
}

export interface Compared {
  now: Paid;
  before: Paid;
}

/** What a checker looks at first: how a batch differs from the one before. */
export interface Differences {
  newPayees: Paid[];
  changedAccounts: Compared[];
  farAbove: Compared[];
  missing: Paid[];
}

/** From how many times the amount of last time on a payout is shown to the checker. */
const FAR_ABOVE = 2n;

/** Compares what each merchant is paid with what they were paid in the batch before; the largest amounts first. */
export function differencesOf(now: readonly ComparedPayout[], before: readonly ComparedPayout[]): Differences {
  const paidNow = byMerchant(now);
  const paidBefore = byMerchant(before);
  const both = [...paidNow.values()].flatMap((one): Compared[] => {
    const last = paidBefore.get(one.merchant);
    return last ? [{ now: one, before: last }] : [];
  });
  return {
    newPayees: [...paidNow.values()].filter(({ merchant }) => !paidBefore.has(merchant)).sort(largestFirst),
    changedAccounts: both
      .filter((one) => one.now.account !== one.before.account || one.now.holder !== one.before.holder)
      .sort((one, other) => largestFirst(one.now, other.now)),
    farAbove: both
      .filter((one) => one.now.amount >= FAR_ABOVE * one.before.amount)
      .sort((one, other) => largestFirst(one.now, other.now)),
    missing: [...paidBefore.values()].filter(({ merchant }) => !paidNow.has(merchant)).sort(largestFirst),
  };
}

function largestFirst(one: Paid, other: Paid): number {
  return one.amount < other.amount ? 1 : one.amount > other.amount ? -1 : 0;
}

function byMerchant(payouts: readonly ComparedPayout[]): Map<MerchantId, Paid> {
  const paid = new Map<MerchantId, Paid>();
  for (const { merchantId: merchant, amount, holder, lastFour, bankName } of payouts) {
    const account = [bankName, `••••${lastFour}`].filter(Boolean).join(' ');
    paid.set(merchant, { merchant, holder, account, amount: (paid.get(merchant)?.amount ?? 0n) + amount });
  }
  return paid;
}
