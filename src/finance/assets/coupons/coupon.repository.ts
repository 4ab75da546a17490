import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../../core/table.js';
import type { CausedCoupon, CouponMove } from './coupon-book.js';
import type { LockedCoupon } from './coupon-posting.js';
import type { CauseId } from '../../ledger/index.js';
import { CouponEntity, CouponMoveEntity } from './coupon.entity.js';
import type { Coupon, CouponState } from './coupon.js';
import type { CouponId, MerchantId, RewardId } from '../../../shared/ids.js';

const COUPONS = new Table(CouponEntity);
const MOVES = new Table(CouponMoveEntity);
/** What a journal needs to know of a coupon. */
const ISSUED = ['id', 'code', 'merchantId', 'template', 'rewardId', 'state', 'issuedAt', 'expiresAt'] as const;

/** Which coupons a batch of journals may move. */
export interface CouponsWanted {
  couponIds: readonly CouponId[];
  rewardIds: readonly RewardId[];
  /** Whose coupons are taken whichever they are, and how many at most of one template and state. */
  merchantIds: readonly MerchantId[];
  most: bigint;
}

/** What a coupon in a state no longer knows of its order. */
const FORGETS: Partial<Record<CouponState, string>> = {
  issued: ', storefront_id = NULL, order_id = NULL, order_hash = NULL, discount = NULL, reserved_until = NULL',
  redeemed: ', reserved_until = NULL',
};

/** Above zero when the journals together have left the coupon on hold or redeemed. */
const STAYS = "SUM((m.target IN ('held', 'redeemed')) - (m.source IN ('held', 'redeemed')))";

/** A coupon past its day, or one whose reservation is past its time. */
export type DueCoupon = LockedCoupon & { expiresAt: Date | null };

/** What is due by the database's clock. */
const DUE = {
  coupons: "state = 'issued' AND expires_at <= NOW(6)",
  reservations: "state = 'reserved' AND reserved_until <= NOW(6)",
};
const SELECT_DUE = `SELECT ${COUPONS.list(ISSUED, 'c')}, (SELECT COUNT(*) FROM coupon_move WHERE coupon_id = c.id) moves FROM coupon c`;

/** Coupons. A change of them holds the lock of the merchant's accounts, so there is one at a time. */
@Injectable()
export class CouponRepository {
  /** Live coupons that may be moved: those that are named, those of the rewards, and of each merchant the first to expire. */
  async findWanted(tx: EntityManager, wanted: CouponsWanted): Promise<Coupon[]> {
    const { couponIds, rewardIds, merchantIds, most } = wanted;
    if (couponIds.length + rewardIds.length + merchantIds.length === 0) return [];
    const columns = COUPONS.list(ISSUED, 'coupon');
    const rows = await tx.query<object[]>(
      `SELECT ${columns} FROM coupon WHERE id IN (?)
       UNION SELECT ${columns} FROM coupon WHERE reward_id IN (?) AND state IN ('issued', 'held')
       UNION SELECT ${columns} FROM coupon JOIN (
         SELECT id, ROW_NUMBER() OVER (
           PARTITION BY merchant_id, template ORDER BY COALESCE(expires_at, '9999-12-31'), id) place
         FROM coupon WHERE merchant_id IN (?) AND state = 'issued'
       ) x ON x.id = coupon.id WHERE x.place <= ?`,
      [list(couponIds), list(rewardIds), list(merchantIds), most.toString()],
    );
    return rows.map(COUPONS.rowOf);
  }

  /** Coupons that these holds and redemptions have put on hold or redeemed and not given back, or holds of these rewards. */
  async findCaused(
    tx: EntityManager,
    causeIds: readonly CauseId[],
    rewardIds: readonly RewardId[],
  ): Promise<{ coupons: Coupon[]; caused: CausedCoupon[] }> {
    if (causeIds.length === 0) return { coupons: [], caused: [] };
    const rows = await tx.query<{ cause: CauseId }[]>(
      `SELECT x.cause, ${COUPONS.list(ISSUED, 'c')} FROM (
         SELECT j.cause_id cause, m.coupon_id, ${STAYS} stays
         FROM journal j JOIN coupon_move m ON m.journal_id = j.id WHERE j.cause_id IN (?) GROUP BY j.cause_id, m.coupon_id
         UNION ALL
         SELECT e.reward_id, m.coupon_id, ${STAYS}
         FROM entry e JOIN coupon_move m ON m.journal_id = e.journal_id
         WHERE e.reward_id IN (?) AND e.account = 'held' GROUP BY e.reward_id, m.coupon_id
       ) x JOIN coupon c ON c.id = x.coupon_id WHERE x.stays > 0`,
      [causeIds, list(rewardIds)],
    );
    const found = rows.map((row) => ({ causeId: row.cause, coupon: COUPONS.rowOf(row) }));
    return {
      coupons: found.map(({ coupon }) => coupon),
      caused: found.map(({ causeId, coupon }) => ({ causeId, couponId: coupon.id })),
    };
  }

  /** Days for which coupons are valid after issue, by template; null: for ever. */
  async findValidDays(tx: EntityManager, templates: readonly string[]): Promise<Map<string, number | null>> {
    if (templates.length === 0) return new Map();
    const rows: { name: string; valid_days: number | null }[] = await tx.query(
      'SELECT name, valid_days FROM coupon_template WHERE name IN (?)',
      [templates],
    );
    return new Map(rows.map((row) => [row.name, row.valid_days]));
  }

  /** Writes new coupons and what became of others. Throws when one is no longer in the state that it is to leave. */
  async write(tx: EntityManager, issued: readonly Coupon[], moves: readonly CouponMove[]): Promise<void> {
    await COUPONS.insert(
      tx,
      issued.map((coupon) => ({ ...coupon, state: 'issued' })),
    );
    for (const { source, target, ids } of steps(moves)) {
      const { affectedRows } = await tx.query<{ affectedRows: number }>(
        `UPDATE coupon SET state = ? ${FORGETS[target] ?? ''} WHERE id IN (?) AND state = ?`,
        [target, ids, source],
      );
      if (affectedRows !== ids.length) throw new Error(`a coupon is not ${source} any more: ${ids.join(', ')}`);
    }
    await MOVES.insert(tx, moves);
  }

  /** What is due, by id, after `after`. */
  async findDue(tx: EntityManager, what: keyof typeof DUE, after: string, limit: number): Promise<DueCoupon[]> {
    return toDue(await tx.query(`${SELECT_DUE} WHERE ${DUE[what]} AND id > ? ORDER BY id LIMIT ?`, [after, limit]));
  }

  /** The coupon, if it is still due. Lock the accounts before. */
  async findStillDue(tx: EntityManager, what: keyof typeof DUE, id: CouponId): Promise<DueCoupon | null> {
    return toDue(await tx.query(`${SELECT_DUE} WHERE ${DUE[what]} AND id = ?`, [id]))[0] ?? null;
  }

  /** A merchant's coupons past their day. Lock the accounts before. */
  async findDueOf(tx: EntityManager, merchantId: MerchantId): Promise<DueCoupon[]> {
    return toDue(await tx.query(`${SELECT_DUE} WHERE ${DUE.coupons} AND merchant_id = ? ORDER BY id`, [merchantId]));
  }
}

function toDue(rows: readonly { moves: string }[]): DueCoupon[] {
  return rows.map((row) => ({ ...COUPONS.rowOf(row), moves: Number(row.moves) }));
}

/** An empty IN list is no SQL; no id is empty. */
function list(ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [''] : ids;
}

/** Moves in the order in which they were made, those of a kind in one step. A coupon that moves again comes in a later step. */
function steps(moves: readonly CouponMove[]): { source: CouponState; target: CouponState; ids: CouponId[] }[] {
  const found: { source: CouponState; target: CouponState; ids: CouponId[] }[] = [];
  for (const { source, target, couponId } of moves) {
    if (source === 'new') continue;
    const last = found.at(-1);
    if (last?.source === source && last.target === target && !last.ids.includes(couponId)) last.ids.push(couponId);
    else found.push({ source, target, ids: [couponId] });
  }
  return found;
}
