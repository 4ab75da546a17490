import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { databaseNow } from '../../../core/database-now.js';
import { Table } from '../../../core/table.js';
import type { CauseId } from '../../ledger/index.js';
import { compareLots, type CausedMove, type Lot, type LotMove } from './lot.js';
import { PointsLotEntity, PointsLotMoveEntity } from './points-lot.entity.js';
import type { MerchantId, StorefrontId } from '../../../shared/ids.js';

export const LOTS = new Table(PointsLotEntity);
const MOVES = new Table(PointsLotMoveEntity);
/** What a lot may change. */
const CHANGEABLE = ['remaining', 'redeemed', 'expired', 'takenBack', 'state'] as const;

/** A point in time that no lot reaches: sorts what never expires behind everything else. */
const NEVER = "'9999-12-31'";
/** First to expire first, in SQL: the same order as {@link compareLots}. */
export const LOT_ORDER = `COALESCE(expires_at, ${NEVER}), id`;

/** Of lots: earned at a storefront, as the reward says which order's it is, or by no order. */
const EARNED_AT =
  '(reward_id IS NULL OR EXISTS (SELECT 1 FROM reward w WHERE w.id = points_lot.reward_id AND w.storefront_id = ?))';

/** Lots of a merchant that are read first; when they do not suffice, four times as many. */
const FEW_LOTS = 32;
/** Merchants in one statement. */
const MERCHANTS = 50;

/** What a merchant's journals take away, at most: how many lots must be read. */
export type Need = ReadonlyMap<MerchantId, bigint>;

/** Lots. A change of them holds the lock of the merchant's accounts, so there is one at a time. */
@Injectable()
export class PointsLotRepository {
  /**
   * What time it is in the database, and the open lots of these merchants that expire first and make up what they need; with a storefront only
   * those earned there, or by no order.
   */
  async readForUse(tx: EntityManager, need: Need, storefrontId?: StorefrontId): Promise<{ now: Date; lots: Lot[] }> {
    const now = await databaseNow(tx);
    const lots: Lot[] = [];
    let open = [...need.keys()];
    for (let most = FEW_LOTS; open.length > 0; most *= 4) {
      const read = await this.findFirstToExpire(tx, open, most, storefrontId);
      const enough = open.filter((id) => isCovered(read.get(id) ?? [], need.get(id) ?? 0n, most));
      lots.push(...enough.flatMap((id) => read.get(id) ?? []));
      open = open.filter((id) => !enough.includes(id));
    }
    return { now, lots };
  }

  /** At most so many open lots of each merchant, the first to expire first. */
  private async findFirstToExpire(
    tx: EntityManager,
    merchantIds: readonly MerchantId[],
    most: number,
    storefrontId: StorefrontId | undefined,
  ): Promise<Map<MerchantId, Lot[]>> {
    const found = new Map<MerchantId, Lot[]>();
    // What never expires comes last, and NULL first in an index: two reads, each in the order of the index.
    const earned = storefrontId === undefined ? '' : `AND ${EARNED_AT}`;
    const of = (day: string) =>
      `(SELECT ${LOTS.list()} FROM points_lot WHERE merchant_id = ? AND state = 'open' ${earned} AND expires_at ${day} LIMIT ?)`;
    const both = `${of('IS NOT NULL ORDER BY expires_at, id')} UNION ALL ${of('IS NULL ORDER BY id')}`;
    const where = storefrontId === undefined ? [] : [storefrontId];
    for (let from = 0; from < merchantIds.length; from += MERCHANTS) {
      const some = merchantIds.slice(from, from + MERCHANTS);
      const rows = await tx.query<object[]>(
        some.map(() => both).join(' UNION ALL '),
        some.flatMap((id) => [id, ...where, most, id, ...where, most]),
      );
      for (const lot of rows.map(LOTS.rowOf).map(lotOf))
        found.set(lot.merchantId, [...(found.get(lot.merchantId) ?? []), lot]);
    }
    for (const [id, lots] of found) found.set(id, lots.sort(compareLots).slice(0, most));
    return found;
  }

  /** All that journals of these causes have moved, and the lots concerned. */
  async readCaused(tx: EntityManager, causeIds: readonly CauseId[]): Promise<{ moves: CausedMove[]; lots: Lot[] }> {
    if (causeIds.length === 0) return { moves: [], lots: [] };
    const rows: { cause_id: CauseId }[] = await tx.query(
      `SELECT j.cause_id, ${MOVES.list(['lotId', 'source', 'target', 'amount'], 'm')}
         FROM journal j JOIN points_lot_move m ON m.journal_id = j.id WHERE j.cause_id IN (?)`,
      [causeIds],
    );
    const moves = rows.map((row) => ({ causeId: row.cause_id, ...MOVES.rowOf(row) }));
    if (moves.length === 0) return { moves, lots: [] };
    const lots = await LOTS.find(tx, 'WHERE id IN (?)', [[...new Set(moves.map(({ lotId }) => lotId))]]);
    return { moves, lots: lots.map(lotOf) };
  }

  /** Writes what became of lots. */
  async write(tx: EntityManager, lots: readonly Lot[], moves: readonly LotMove[]): Promise<void> {
    await LOTS.upsert(tx, lots.map(rowOf), CHANGEABLE);
    await MOVES.insert(tx, moves);
  }

  /** Merchants after `after` who have points past their day by the database's clock, by id. */
  async findMerchantsDue(tx: EntityManager, after: string, limit: number): Promise<MerchantId[]> {
    const rows: { merchant_id: MerchantId }[] = await tx.query(
      `SELECT DISTINCT merchant_id FROM points_lot
       WHERE state = 'open' AND expires_at <= NOW(6) AND merchant_id > ? ORDER BY merchant_id LIMIT ?`,
      [after, limit],
    );
    return rows.map((row) => row.merchant_id);
  }

  /** Lots of these merchants that are past their day, the first to expire first. Lock the accounts before. */
  async findDue(tx: EntityManager, merchantIds: readonly MerchantId[], limit: number): Promise<Lot[]> {
    const rows = await LOTS.find(
      tx,
      `WHERE merchant_id IN (?) AND state = 'open' AND expires_at <= NOW(6) ORDER BY merchant_id, ${LOT_ORDER} LIMIT ?`,
      [merchantIds, limit],
    );
    return rows.map(lotOf);
  }
}

/** Whether these lots make up what is needed, or are all that there are. */
function isCovered(lots: readonly Lot[], need: bigint, most: number): boolean {
  return lots.length < most || lots.reduce((sum, lot) => sum + lot.parts.remaining, 0n) >= need;
}

export function lotOf({ remaining, redeemed, expired, takenBack, state, ...lot }: PointsLotEntity): Lot {
  return { ...lot, parts: { remaining, redeemed, expired, 'taken-back': takenBack } };
}

function rowOf({ parts, ...lot }: Lot): PointsLotEntity {
  const { 'taken-back': takenBack, ...others } = parts;
  return { ...lot, ...others, takenBack, state: parts.remaining > 0n ? 'open' : 'spent' };
}
