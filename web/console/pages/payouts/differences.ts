import type { Schema } from '../../../api/types.js';

type Payout = Pick<Schema<'PayoutDto'>, 'merchant' | 'amount'> & {
  beneficiary: Pick<Schema<'PayoutDto'>['beneficiary'], 'holder' | 'maskedNumber' | 'bankName'>;
};

/** What a merchant is paid in a batch, over all their payouts in it. */
export interface Paid {
  merchant: string;
  holder: string;
  account: string;
  amount: number;
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
const FAR_ABOVE = 2;

/** Compares what each merchant is paid with what they were paid in the batch before; the largest amounts first. */
export function differencesOf(now: readonly Payout[], before: readonly Payout[]): Differences {
  const paidNow = byMerchant(now);
  const paidBefore = byMerchant(before);
  const both = [...paidNow.values()].flatMap((one): Compared[] => {
    const last = paidBefore.get(one.merchant);
    return last ? [{ now: one, before: last }] : [];
  });
  return {
    newPayees: [...paidNow.values()].filter(({ merchant }) => !paidBefore.has(merchant)).sort(largestFirst),
    changedAccounts: both.filter(
      (one) => one.now.account !== one.before.account || one.now.holder !== one.before.holder,
    ),
    farAbove: both
      .filter((one) => one.now.amount >= FAR_ABOVE * one.before.amount)
      .sort((one, other) => largestFirst(one.now, other.now)),
    missing: [...paidBefore.values()].filter(({ merchant }) => !paidNow.has(merchant)).sort(largestFirst),
  };
}

function largestFirst(one: Paid, other: Paid): number {
  return other.amount - one.amount;
}

function byMerchant(payouts: readonly Payout[]): Map<string, Paid> {
  const paid = new Map<string, Paid>();
  for (const { merchant, amount, beneficiary } of payouts) {
    const { holder, maskedNumber, bankName } = beneficiary;
    const account = bankName === null ? maskedNumber : `${bankName} ${maskedNumber}`;
    paid.set(merchant, { merchant, holder, account, amount: (paid.get(merchant)?.amount ?? 0) + amount });
  }
  return paid;
}
