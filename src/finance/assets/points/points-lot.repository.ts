import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../../core/columns.js';
import { compareLots, type CausedMove, type Lot, type LotMove } from './lot.js';

const COLUMNS = [
  ...['id', 'merchant_id', 'journal_id', 'reward_id', 'issued', 'remaining', 'redeemed', 'expired', 'taken_back'],
  ...['state', 'issued_at', 'expires_at'],
];
const CHANGEABLE = ['remaining', 'redeemed', 'expired', 'taken_back', 'state'];

/** A point in time that no lot reaches: sorts what never expires behind everything else. */
const NEVER = "'9999-12-31'";
/** First to expire first, in SQL: the same order as {@link compareLots}. */
export const LOT_ORDER = `COALESCE(expires_at, ${NEVER}), id`;

export type RawLot = Record<'issued' | 'remaining' | 'redeemed' | 'expired' | 'taken_back', string> & {
  id: string;
  merchant_id: string;
  journal_id: string;
  reward_id: string | null;
  issued_at: Date;
  expires_at: Date | null;
};

/** Lots of a merchant that are read first; when they do not suffice, four times as many. */
const FEW_LOTS = 32;
/** Merchants in one statement. */
const MERCHANTS = 50;

/** What a merchant's journals take away, at most: how many lots must be read. */
export type Need = ReadonlyMap<string, bigint>;

/** Lots. A change of them holds the lock of the merchant's accounts, so there is one at a time. */
@Injectable()
export class PointsLotRepository {
  /** What time it is in the database, and the open lots of these merchants that expire first and make up what they need. */
  async readForUse(tx: EntityManager, need: Need): Promise<{ now: Date; lots: Lot[] }> {
    const [clock] = await tx.query<{ now: Date }[]>('SELECT NOW(6) now');
    if (!clock) throw new Error('the database does not know the time');
    const lots: Lot[] = [];
    let open = [...need.keys()];
    for (let most = FEW_LOTS; open.length > 0; most *= 4) {
      const read = await this.findFirstToExpire(tx, open, most);
      const enough = open.filter((id) => isCovered(read.get(id) ?? [], need.get(id) ?? 0n, most));
      lots.push(...enough.flatMap((id) => read.get(id) ?? []));
      open = open.filter((id) => !enough.includes(id));
    }
    return { now: clock.now, lots };
  }

  /** At most so many open lots of each merchant, the first to expire first. */
  private async findFirstToExpire(
    tx: EntityManager,
    merchantIds: readonly string[],
    most: number,
  ): Promise<Map<string, Lot[]>> {
    const found = new Map<string, Lot[]>();
    // What never expires comes last, and NULL first in an index: two reads, each in the order of the index.
    const of = (day: string) =>
      `(SELECT * FROM points_lot WHERE merchant_id = ? AND state = 'open' AND expires_at ${day} LIMIT ?)`;
    const both = `${of('IS NOT NULL ORDER BY expires_at, id')} UNION ALL ${of('IS NULL ORDER BY id')}`;
    for (let from = 0; from < merchantIds.length; from += MERCHANTS) {
      const some = merchantIds.slice(from, from + MERCHANTS);
      const rows = await tx.query<RawLot[]>(
        some.map(() => both).join(' UNION ALL '),
        some.flatMap((id) => [id, most, id, most]),
      );
      for (const lot of rows.map(lotFromRow)) found.set(lot.merchantId, [...(found.get(lot.merchantId) ?? []), lot]);
    }
    for (const [id, lots] of found) found.set(id, lots.sort(compareLots).slice(0, most));
    return found;
  }

  /** All that journals of these causes have moved, and the lots concerned. */
  async readCaused(tx: EntityManager, causeIds: readonly string[]): Promise<{ moves: CausedMove[]; lots: Lot[] }> {
    if (causeIds.length === 0) return { moves: [], lots: [] };
    const rows: {
      cause_id: string;
      lot_id: string;
      source: LotMove['source'];
      target: LotMove['target'];
      amount: string;
    }[] = await tx.query(
      `SELECT j.cause_id, m.lot_id, m.source, m.target, m.amount
         FROM journal j JOIN points_lot_move m ON m.journal_id = j.id WHERE j.cause_id IN (?)`,
      [causeIds],
    );
    const moves = rows.map(({ cause_id: causeId, lot_id: lotId, source, target, amount }) => ({
      causeId,
      lotId,
      source,
      target,
      amount: BigInt(amount),
    }));
    if (moves.length === 0) return { moves, lots: [] };
    const lots: RawLot[] = await tx.query('SELECT * FROM points_lot WHERE id IN (?)', [
      [...new Set(moves.map(({ lotId }) => lotId))],
    ]);
    return { moves, lots: lots.map(lotFromRow) };
  }

  /** Writes what became of lots. */
  async write(tx: EntityManager, lots: readonly Lot[], moves: readonly LotMove[]): Promise<void> {
    const set = CHANGEABLE.map((column) => `${column} = VALUES(${column})`).join(', ');
    await insertRows(tx, 'points_lot', COLUMNS, lots.map(toRow), `ON DUPLICATE KEY UPDATE ${set}`);
    await insertRows(
      tx,
      'points_lot_move',
      ['journal_id', 'line', 'lot_id', 'source', 'target', 'amount'],
      moves.map((move) => [move.journalId, move.line, move.lotId, move.source, move.target, move.amount.toString()]),
    );
  }

  /** Merchants after `after` who have points past their day by the database's clock, by id. */
  async findMerchantsDue(tx: EntityManager, after: string, limit: number): Promise<string[]> {
    const rows: { merchant_id: string }[] = await tx.query(
      `SELECT DISTINCT merchant_id FROM points_lot
       WHERE state = 'open' AND expires_at <= NOW(6) AND merchant_id > ? ORDER BY merchant_id LIMIT ?`,
      [after, limit],
    );
    return rows.map((row) => row.merchant_id);
  }

  /** Lots of these merchants that are past their day, the first to expire first. Lock the accounts before. */
  async findDue(tx: EntityManager, merchantIds: readonly string[], limit: number): Promise<Lot[]> {
    const rows: RawLot[] = await tx.query(
      `SELECT * FROM points_lot WHERE merchant_id IN (?) AND state = 'open' AND expires_at <= NOW(6)
       ORDER BY merchant_id, ${LOT_ORDER} LIMIT ?`,
      [merchantIds, limit],
    );
    return rows.map(lotFromRow);
  }
}

/** Whether these lots make up what is needed, or are all that there are. */
function isCovered(lots: readonly Lot[], need: bigint, most: number): boolean {
  return lots.length < most || lots.reduce((sum, lot) => sum + lot.parts.remaining, 0n) >= need;
}

export function lotFromRow(row: RawLot): Lot {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    journalId: row.journal_id,
    rewardId: row.reward_id,
    issued: BigInt(row.issued),
    parts: {
      remaining: BigInt(row.remaining),
      redeemed: BigInt(row.redeemed),
      expired: BigInt(row.expired),
      'taken-back': BigInt(row.taken_back),
    },
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
  };
}

function toRow({ id, merchantId, journalId, rewardId, issued, parts, issuedAt, expiresAt }: Lot): unknown[] {
  return [
    id,
    merchantId,
    journalId,
    rewardId,
    issued.toString(),
    parts.remaining.toString(),
    parts.redeemed.toString(),
    parts.expired.toString(),
    parts['taken-back'].toString(),
    parts.remaining > 0n ? 'open' : 'spent',
    issuedAt,
    expiresAt,
  ];
}
