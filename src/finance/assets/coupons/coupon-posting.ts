import type { EntityManager } from 'typeorm';
import {
  creditEntries,
  operatorEntry,
  type Book,
  type EntryDraft,
  type JournalKind,
  type Ledger,
  journalText,
} from '../../ledger/index.js';
import type { CouponState } from './coupon.js';
import { couponAsset } from '../../../shared/asset.js';
import type { CouponId, MerchantId } from '../../../shared/ids.js';

/** A coupon whose merchant's accounts are locked. */
export interface LockedCoupon {
  id: CouponId;
  merchantId: MerchantId;
  template: string;
  state: CouponState;
  /** How often it has changed its state: numbers its journals. */
  moves: number;
}

/** Sets a coupon aside for an order. */
export function reserveCoupon(
  tx: EntityManager,
  ledger: Ledger,
  locked: LockedCoupon,
  orderId: string,
  at: Date,
): Promise<void> {
  return post(tx, ledger, locked, 'coupon-reserved', journalText('couponReserved', { order: orderId }), at, (mine) => [
    { ...mine, account: 'available', amount: -1n },
    { ...mine, account: 'reserved', amount: 1n },
  ]);
}

/** Releases a reserved coupon; a negative balance is settled first. */
export function releaseCoupon(
  tx: EntityManager,
  ledger: Ledger,
  locked: LockedCoupon,
  why: string,
  at: Date,
): Promise<void> {
  const { merchantId, template } = locked;
  return post(tx, ledger, locked, 'coupon-released', why, at, (mine, book) => [
    { ...mine, account: 'reserved', amount: -1n },
    ...creditEntries(book, { merchantId, asset: couponAsset(template), amount: 1n }),
  ]);
}

/** Takes a coupon back by hand. */
export function revokeCoupon(
  tx: EntityManager,
  ledger: Ledger,
  locked: LockedCoupon,
  why: string,
  at: Date,
): Promise<void> {
  const account = locked.state === 'reserved' ? ('reserved' as const) : ('available' as const);
  return post(tx, ledger, locked, 'coupon-revoked', why, at, (mine) => [
    { ...mine, account, amount: -1n },
    operatorEntry('adjustment', { asset: mine.asset, amount: 1n }),
  ]);
}

/** Lets a coupon expire. */
export function expireCoupon(tx: EntityManager, ledger: Ledger, locked: LockedCoupon, at: Date): Promise<void> {
  return post(tx, ledger, locked, 'expiry', journalText('couponExpired'), at, (mine) => [
    { ...mine, account: 'available', amount: -1n },
    operatorEntry('expired', { asset: mine.asset, amount: 1n }),
  ]);
}

async function post(
  tx: EntityManager,
  ledger: Ledger,
  { id, merchantId, template, moves }: LockedCoupon,
  kind: JournalKind,
  description: string,
  occurredAt: Date,
  entries: (mine: { owner: MerchantId; asset: string; couponId: CouponId }, book: Book) => EntryDraft[],
): Promise<void> {
  const asset = couponAsset(template);
  await ledger.post(tx, [{ merchantId, asset }], (book) =>
    book.post({
      businessKey: `coupon:${id}:${moves.toString()}`,
      kind,
      description,
      occurredAt,
      cause: { type: 'coupon', id },
      entries: entries({ owner: merchantId, asset, couponId: id }, book),
    }),
  );
}
