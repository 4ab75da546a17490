import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lotOf, LOTS, LOT_ORDER } from './points-lot.repository.js';
import type { Lot } from './lot.js';
import type { JournalId, MerchantId, PointsLotId } from '../../../shared/ids.js';

/** Where the next page of lots begins: the sort key and the id of the last lot, as {@link LOT_ORDER} has them. */
const LOT_KEY = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}) (\S{1,40})$/;
const SORT_KEY = "COALESCE(expires_at, TIMESTAMP'9999-12-31 00:00:00')";

/** Points that moved, with the journal that moved them; it is unknown for what was there before there were lots. */
export interface JournaledMove {
  posted_at: Date | null;
  journal_id: JournalId;
  kind: string | null;
  description: string | null;
  source: string;
  target: string;
  amount: string;
}

/** Lots of points as people ask for them. */
@Injectable()
export class PointsReadingRepository {
  /** What a merchant has, and what of it expires within these days by the database's clock. */
  async sumOpen(
    tx: EntityManager,
    merchantId: MerchantId,
    withinDays: number,
  ): Promise<{ available: bigint; soon: bigint }> {
    const [sums] = await tx.query<[{ available: string; soon: string }]>(
      `SELECT COALESCE(SUM(remaining), 0) available,
         COALESCE(SUM(IF(expires_at <= NOW(6) + INTERVAL ? DAY, remaining, 0)), 0) soon
       FROM points_lot WHERE merchant_id = ? AND state = 'open'`,
      [withinDays, merchantId],
    );
    return { available: BigInt(sums.available), soon: BigInt(sums.soon) };
  }

  /** Open lots in the order of their use, each with the key of its place; after the key `after`. */
  async listOpen(
    tx: EntityManager,
    merchantId: MerchantId,
    after: string | null,
    limit: number,
  ): Promise<{ key: string; lot: Lot }[]> {
    const [, from, fromId] = LOT_KEY.exec(after ?? '') ?? [];
    const rows = await tx.query<{ sort_key: string }[]>(
      `SELECT ${LOTS.list()}, DATE_FORMAT(${SORT_KEY}, '%Y-%m-%d %H:%i:%s.%f') sort_key FROM points_lot
       WHERE merchant_id = ? AND state = 'open' ${from === undefined ? '' : `AND (${SORT_KEY} > ? OR (${SORT_KEY} = ? AND id > ?))`}
       ORDER BY ${LOT_ORDER} LIMIT ?`,
      [merchantId, ...(from === undefined ? [] : [from, from, fromId]), limit],
    );
    return rows.map((row) => {
      const lot = lotOf(LOTS.rowOf(row));
      return { key: `${row.sort_key} ${lot.id}`, lot };
    });
  }

  /** By merchant, what expires within these days by the database's clock; merchants after `after`, by id. */
  async sumExpiring(
    tx: EntityManager,
    withinDays: number,
    after: string | null,
    limit: number,
  ): Promise<{ merchantId: MerchantId; amount: bigint; lots: bigint; firstAt: Date }[]> {
    const rows: { merchant_id: MerchantId; amount: string; lots: string; first_at: Date }[] = await tx.query(
      `SELECT merchant_id, SUM(remaining) amount, COUNT(*) lots, MIN(expires_at) first_at FROM points_lot
       WHERE state = 'open' AND expires_at <= NOW(6) + INTERVAL ? DAY AND merchant_id > ?
       GROUP BY merchant_id ORDER BY merchant_id LIMIT ?`,
      [withinDays, after ?? '', limit],
    );
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      amount: BigInt(row.amount),
      lots: BigInt(row.lots),
      firstAt: row.first_at,
    }));
  }

  async find(tx: EntityManager, id: PointsLotId): Promise<Lot | null> {
    const [row] = await LOTS.find(tx, 'WHERE id = ?', [id]);
    return row ? lotOf(row) : null;
  }

  /** All that happened to a lot, the oldest first. */
  movesOf(tx: EntityManager, lotId: PointsLotId): Promise<JournaledMove[]> {
    return tx.query(
      `SELECT j.posted_at, m.journal_id, j.kind, j.description, m.source, m.target, m.amount
       FROM points_lot_move m LEFT JOIN journal j ON j.id = m.journal_id
       WHERE m.lot_id = ? ORDER BY j.posted_at, m.journal_id, m.line`,
      [lotId],
    );
  }
}
