/** What a merchant's money can be; each is one column of the merchant's account row. See docs/accounting.md. */
export const MERCHANT_ACCOUNTS = ['pending', 'available', 'reserved', 'held', 'owed'] as const;
export type MerchantAccount = (typeof MERCHANT_ACCOUNTS)[number];

/** The other side. Their balances are the sums of their entries: no row to fight over. */
export const PLATFORM_ACCOUNTS = [
  'reward-cost',
  'adjustment',
  'fees',
  'in-transit',
  'bank',
  'redeemed',
  'expired',
] as const;
export type PlatformAccount = (typeof PLATFORM_ACCOUNTS)[number];

/** Owner of the operator's accounts. `in-transit` is kept per rail (`rail:<name>`), `bank` per bank account. */
export const OPERATOR = 'platform';

/** An account: whose, of what. `owner` is a merchant id for a {@link MerchantAccount}. */
export interface AccountRef {
  owner: string;
  asset: string;
  account: MerchantAccount | PlatformAccount;
}

const merchantAccounts: ReadonlySet<string> = new Set(MERCHANT_ACCOUNTS);

export function isMerchantAccount(account: string): account is MerchantAccount {
  return merchantAccounts.has(account);
}

/** A merchant's balances in one asset, credit positive. */
export type Balances = Record<MerchantAccount, bigint>;

export function emptyBalances(): Balances {
  return { pending: 0n, available: 0n, reserved: 0n, held: 0n, owed: 0n };
}

/** Whether a balance may stand: `owed` is never positive, every other never negative (invariant 3). */
export function mayStand(account: MerchantAccount, balance: bigint): boolean {
  return account === 'owed' ? balance <= 0n : balance >= 0n;
}
