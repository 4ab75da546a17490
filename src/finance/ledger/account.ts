import type { MerchantId } from '../../shared/ids.js';
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

export type OperatorOwner = typeof OPERATOR | `rail:${string}` | `bank:${string}`;

/** A merchant's account: whose, of what. */
export interface MerchantAccountRef {
  owner: MerchantId;
  asset: string;
  account: MerchantAccount;
}

/** An account of the other side. */
export interface OperatorAccountRef {
  owner: OperatorOwner;
  asset: string;
  account: PlatformAccount;
}

export type AccountRef = MerchantAccountRef | OperatorAccountRef;

const merchantAccounts: ReadonlySet<string> = new Set(MERCHANT_ACCOUNTS);

/** Whether an entry is on a merchant's account. */
export function isMerchants<Ref extends AccountRef>(ref: Ref): ref is Extract<Ref, MerchantAccountRef> {
  return merchantAccounts.has(ref.account);
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
