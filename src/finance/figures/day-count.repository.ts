import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Storefront } from '../../database/index.js';
import { Table } from '../../core/table.js';
import { DayFigureEntity, DayProductEntity, DayRewardCostEntity, DayToCountEntity } from './figure.entities.js';

const FIGURES = new Table(DayFigureEntity);
const PRODUCTS = new Table(DayProductEntity);
const COSTS = new Table(DayRewardCostEntity);
const TO_COUNT = new Table(DayToCountEntity);

/** Moments are told apart by quarters of an hour: no time zone begins its day within one. */
const QUARTER_MS = 900_000;
const quarter = (column: string) => `FLOOR(UNIX_TIMESTAMP(${column}) / 900)`;

/** Orders whose lines are read at once. */
const CHUNK = 500;

/** A moment of a storefront at which something changed, to the quarter of an hour. */
export interface Touched {
  storefrontId: string;
  at: Date;
}

/** Of a storefront, what its days need. */
export type CountedStorefront = Pick<Storefront, 'id' | 'currency' | 'timeZone'>;

/** A storefront's day, from when to when it lasts. */
export interface Day {
  storefront: CountedStorefront;
  day: string;
  from: Date;
  to: Date;
}

/** A completed order's lines, to be shared out by product. */
export interface CompletedLines {
  merchantId: string;
  lines: string;
  amountPaid: bigint;
  shipping: bigint;
  tax: bigint;
}

type Counts = Partial<Omit<DayFigureEntity, 'day' | 'storefrontId' | 'merchantId' | 'currency'>>;

/**
 * Counts days. It reads the tables of visits, orders, rewards and journals although they are private to their rooms, as the audit does
 * (ADR 3, ADR 13): what is counted here is compared with them.
 */
@Injectable()
export class DayCountRepository {
  /** Until when changes were noticed; null: never. Locked until the end of the transaction. */
  async lockMark(tx: EntityManager): Promise<Date | null> {
    const [row]: { counted_until: Date }[] = await tx.query(
      'SELECT counted_until FROM count_mark WHERE id = 1 FOR UPDATE',
    );
    return row?.counted_until ?? null;
  }

  async setMark(tx: EntityManager, at: Date): Promise<void> {
    await tx.query(
      'INSERT INTO count_mark (id, counted_until) VALUES (1, ?) ON DUPLICATE KEY UPDATE counted_until = VALUES(counted_until)',
      [at],
    );
  }

  async clearMark(tx: EntityManager): Promise<void> {
    await tx.query('DELETE FROM count_mark');
  }

  async findMark(tx: EntityManager): Promise<Date | null> {
    const [row]: { counted_until: Date }[] = await tx.query('SELECT counted_until FROM count_mark WHERE id = 1');
    return row?.counted_until ?? null;
  }

  /** When and where something that is counted has changed since a moment of the database's clock. */
  async findTouched(tx: EntityManager, since: Date): Promise<Touched[]> {
    const orderMoments = ['o.placed_at', 'o.completed_at']
      .map(
        (at) =>
          `SELECT o.storefront_id s, ${quarter(at)} q FROM shop_order o WHERE o.changed_at >= ? AND ${at} IS NOT NULL`,
      )
      .join(' UNION ');
    const rows: { s: string; q: string }[] = await tx.query(
      `SELECT storefront_id s, ${quarter('created_at')} q FROM visit WHERE changed_at >= ?
       UNION ${orderMoments}
       UNION SELECT o.storefront_id, ${quarter('r.placed_at')} FROM shop_order o
         JOIN order_revision r ON r.order_pk = o.id WHERE o.changed_at >= ?
       UNION SELECT o.storefront_id, ${quarter('r.refunded_at')} FROM shop_order o
         JOIN refund r ON r.order_pk = o.id WHERE o.changed_at >= ?
       UNION SELECT x.storefront_id, ${quarter('x.refunded_at')} FROM refund r
         JOIN refund x ON x.order_pk = r.order_pk WHERE r.created_at >= ?
       UNION SELECT w.storefront_id, ${quarter('j.occurred_at')} FROM journal j
         JOIN entry e ON e.journal_id = j.id AND e.account = 'reward-cost'
         JOIN reward w ON w.id = e.reward_id WHERE j.posted_at >= ?`,
      [since, since, since, since, since, since, since],
    );
    return rows.map(({ s, q }) => ({ storefrontId: s, at: new Date(Number(q) * QUARTER_MS) }));
  }

  async enqueue(tx: EntityManager, days: readonly DayToCountEntity[]): Promise<void> {
    await TO_COUNT.insert(tx, days, 'ON DUPLICATE KEY UPDATE day = VALUES(day)');
  }

  /** All days that were ever counted are to be counted anew. */
  async enqueueCounted(tx: EntityManager): Promise<void> {
    await tx.query(
      `INSERT INTO day_to_count (storefront_id, day) SELECT storefront_id, day FROM counted_day
        ON DUPLICATE KEY UPDATE day = VALUES(day)`,
    );
  }

  /** Whether a storefront has days that were counted by the clocks of another time zone than it has now. */
  async isMoved(tx: EntityManager): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      'SELECT 1 FROM counted_day c JOIN storefront s ON s.id = c.storefront_id WHERE s.time_zone <> c.time_zone LIMIT 1',
    );
    return rows.length > 0;
  }

  /** All storefronts as the database has them: what a process remembers may be old, and its days would be others. */
  async findStorefronts(tx: EntityManager): Promise<Map<string, CountedStorefront>> {
    const rows: CountedStorefront[] = await tx.query('SELECT id, currency, time_zone timeZone FROM storefront');
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The latest days that are to be counted. */
  async findToCount(tx: EntityManager, limit: number): Promise<DayToCountEntity[]> {
    return TO_COUNT.find(tx, 'ORDER BY day DESC, storefront_id LIMIT ?', [limit]);
  }

  /** Takes a day off the list; false when another process has taken it. It stays locked until the end of the transaction. */
  async take(tx: EntityManager, { storefrontId, day }: DayToCountEntity): Promise<boolean> {
    const { affectedRows }: { affectedRows: number } = await tx.query(
      'DELETE FROM day_to_count WHERE storefront_id = ? AND day = ?',
      [storefrontId, day],
    );
    return affectedRows > 0;
  }

  /** Notes that a day is counted, at a moment of the database's clock before anything of it is read. */
  async noteCounted(tx: EntityManager, { storefront, day, from, to }: Day): Promise<void> {
    await tx.query(
      `INSERT INTO counted_day (storefront_id, day, time_zone, starts_at, ends_at, counted_at) VALUES (?, ?, ?, ?, ?, NOW(6))
        ON DUPLICATE KEY UPDATE time_zone = VALUES(time_zone), starts_at = VALUES(starts_at), ends_at = VALUES(ends_at),
          counted_at = VALUES(counted_at)`,
      [storefront.id, day, storefront.timeZone, from, to],
    );
  }

  /** Puts what happened on a day in the place of what was counted of it. */
  async replace(tx: EntityManager, day: Day, products: readonly DayProductEntity[]): Promise<void> {
    const key = { day: day.day, storefrontId: day.storefront.id, currency: day.storefront.currency };
    const counted = await this.findCountedVisits(tx, day);
    for (const { name } of [FIGURES, PRODUCTS, COSTS])
      await tx.query(`DELETE FROM ${name} WHERE day = ? AND storefront_id = ?`, [key.day, key.storefrontId]);
    const figures = await this.count(tx, day, counted);
    await FIGURES.insert(
      tx,
      [...figures].map(([merchantId, counts]) => ({ ...key, merchantId, ...NOTHING, ...counts })),
    );
    await COSTS.insert(
      tx,
      (await this.sumCosts(tx, day)).map((cost) => ({ ...key, ...cost })),
    );
    await PRODUCTS.insert(tx, products);
  }

  /** The orders that were completed on a day, as they are read. */
  async *completedLines(tx: EntityManager, { storefront, from, to }: Day): AsyncGenerator<CompletedLines> {
    interface Row {
      at: string;
      id: string;
      merchant_id: string | null;
      order_lines: string;
      amount_paid: string;
      shipping: string;
      tax: string;
    }
    for (let after: Row | null = null; ;) {
      const rows: Row[] = await tx.query(
        `SELECT CAST(completed_at AS CHAR) at, id, merchant_id, order_lines, amount_paid, shipping, tax FROM shop_order
          WHERE storefront_id = ? AND completed_at >= ? AND completed_at < ?
            ${after === null ? '' : 'AND (completed_at > ? OR id > ?)'}
          ORDER BY completed_at, id LIMIT ?`,
        [storefront.id, after?.at ?? from, to, ...(after === null ? [] : [after.at, after.id]), CHUNK],
      );
      for (const row of rows)
        yield {
          merchantId: row.merchant_id ?? '',
          lines: row.order_lines,
          amountPaid: BigInt(row.amount_paid),
          shipping: BigInt(row.shipping),
          tax: BigInt(row.tax),
        };
      after = rows.at(-1) ?? null;
      if (rows.length < CHUNK) return;
    }
  }

  /** Visits by merchant as they were counted of a day of which some are deleted; else nothing. */
  private async findCountedVisits(
    tx: EntityManager,
    { storefront: { id }, day, from }: Day,
  ): Promise<Map<string, number>> {
    const rows: { merchant_id: string; visits: number }[] = await tx.query(
      `SELECT f.merchant_id, f.visits FROM day_figure f JOIN visit_retention r ON r.deleted_until > ?
        WHERE f.storefront_id = ? AND f.day = ? AND f.visits > 0`,
      [from, id, day],
    );
    return new Map(rows.map(({ merchant_id, visits }) => [merchant_id, visits]));
  }

  private async count(
    tx: EntityManager,
    { storefront: { id }, from, to }: Day,
    counted: ReadonlyMap<string, number>,
  ): Promise<Map<string, Counts>> {
    const figures = new Map<string, Counts>();
    const add = async (sql: string, countsOf: (row: Record<string, string>) => Counts) => {
      const rows: Record<string, string>[] = await tx.query(sql, [id, from, to]);
      for (const row of rows) {
        const merchant = row.merchant ?? '';
        figures.set(merchant, { ...figures.get(merchant), ...countsOf(row) });
      }
    };
    const merchant = (alias: string) => `COALESCE(${alias}.merchant_id, '') merchant`;
    // Of a day whose visits were deleted in the meantime, what was counted stays.
    for (const [id, visits] of counted) figures.set(id, { visits });
    await add(
      `SELECT ${merchant('v')}, COUNT(*) visits FROM visit v
        WHERE v.storefront_id = ? AND v.created_at >= ? AND v.created_at < ? GROUP BY merchant`,
      ({ visits }) => (counted.size > 0 ? {} : { visits: Number(visits) }),
    );
    await add(
      `SELECT ${merchant('o')}, COUNT(*) placed, SUM(o.state = 'cancelled') cancelled FROM shop_order o
        WHERE o.storefront_id = ? AND o.placed_at >= ? AND o.placed_at < ? GROUP BY merchant`,
      ({ placed, cancelled }) => ({ placed: Number(placed), cancelled: Number(cancelled) }),
    );
    await add(
      `SELECT ${merchant('o')}, COUNT(*) completed, SUM(o.amount_paid) sales, SUM(${MERCHANDISE}) merchandise FROM shop_order o
        WHERE o.storefront_id = ? AND o.completed_at >= ? AND o.completed_at < ? GROUP BY merchant`,
      (row) => ({
        completed: Number(row.completed),
        sales: BigInt(row.sales ?? 0),
        merchandise: BigInt(row.merchandise ?? 0),
      }),
    );
    await add(
      `SELECT ${merchant('o')}, SUM(${FIRST_REFUND}) refunded, SUM(r.amount) refunds
        FROM refund r JOIN shop_order o ON o.id = r.order_pk AND o.state = 'completed'
        WHERE r.storefront_id = ? AND r.refunded_at >= ? AND r.refunded_at < ? GROUP BY merchant`,
      ({ refunded, refunds }) => ({ refunded: Number(refunded), refunds: BigInt(refunds ?? 0) }),
    );
    return figures;
  }

  private async sumCosts(
    tx: EntityManager,
    { storefront: { id }, from, to }: Day,
  ): Promise<Pick<DayRewardCostEntity, 'merchantId' | 'asset' | 'granted' | 'takenBack'>[]> {
    const rows: { merchant_id: string; asset: string; granted: string; taken_back: string }[] = await tx.query(
      `SELECT w.merchant_id, e.asset, SUM(IF(e.amount < 0, -e.amount, 0)) granted, SUM(IF(e.amount > 0, e.amount, 0)) taken_back
        FROM journal j JOIN entry e ON e.journal_id = j.id AND e.account = 'reward-cost' JOIN reward w ON w.id = e.reward_id
        WHERE w.storefront_id = ? AND j.occurred_at >= ? AND j.occurred_at < ? GROUP BY w.merchant_id, e.asset`,
      [id, from, to],
    );
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      asset: row.asset,
      granted: BigInt(row.granted),
      takenBack: BigInt(row.taken_back),
    }));
  }
}

const NOTHING = {
  visits: 0,
  placed: 0,
  cancelled: 0,
  completed: 0,
  sales: 0n,
  merchandise: 0n,
  refunded: 0,
  refunds: 0n,
} satisfies Required<Counts>;

/** What was paid for merchandise; see commissionableAmounts. */
export const MERCHANDISE = 'LEAST(GREATEST(o.amount_paid - o.shipping - o.tax, 0), o.lines_total)';

/** Whether a refund is the first of its order. */
export const FIRST_REFUND = `(NOT EXISTS (SELECT 1 FROM refund x
  WHERE x.order_pk = r.order_pk AND (x.refunded_at, x.id) < (r.refunded_at, r.id)))`;
