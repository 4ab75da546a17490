import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../../core/conditions.js';
import type { MerchantId, StorefrontId } from '../../shared/ids.js';
import type { MonthRange } from '../../shared/calendar.js';
import type { Grouping, Ranking } from './figure.dto.js';

/** Which days, and of whom; both days are among them. */
export interface FigureFilter {
  from: string;
  to: string;
  storefrontId?: StorefrontId | undefined;
  merchantId?: MerchantId | undefined;
  currency?: string | undefined;
}

/** Where a group's figures are: its name and currency. */
export interface GroupKey {
  key: string;
  currency: string;
}

/** Counts and sums of a group. */
export interface Figures {
  visits: number;
  attributedVisits: number;
  placed: number;
  attributedPlaced: number;
  cancelled: number;
  completed: number;
  attributedCompleted: number;
  sales: bigint;
  attributedSales: bigint;
  refunded: number;
  refunds: bigint;
}

/** What rewards of a group cost in one asset. */
export interface Cost extends GroupKey {
  asset: string;
  granted: bigint;
  takenBack: bigint;
}

/** What was sold of a product. */
export interface Sold extends GroupKey {
  orders: number;
  units: bigint;
  sales: bigint;
}

/** What a month's cohort did in a month. */
export interface CohortRow {
  joined: string;
  month: string;
  active: number;
  completed: number;
  sales: bigint;
}

type Raw = GroupKey & Record<keyof Figures, string>;

const BROUGHT = (column: string) => `SUM(IF(f.merchant_id <> '', f.${column}, 0))`;
const SUMS = `SUM(f.visits) visits, ${BROUGHT('visits')} attributedVisits, SUM(f.placed) placed,
  ${BROUGHT('placed')} attributedPlaced, SUM(f.cancelled) cancelled, SUM(f.completed) completed,
  ${BROUGHT('completed')} attributedCompleted, SUM(f.sales) sales, ${BROUGHT('sales')} attributedSales,
  SUM(f.refunded) refunded, SUM(f.refunds) refunds`;

const KEYS: Readonly<Record<Grouping, string>> = {
  day: 'f.day',
  merchant: 'f.merchant_id',
  group: "COALESCE(m.group_name, '')",
  storefront: 'f.storefront_id',
  product: 'f.sku',
};
const RANKED: Readonly<Record<Ranking, string>> = {
  sales: 'sales',
  completed: 'completed',
  placed: 'placed',
  visits: 'visits',
};

/** Figures of days, for people. */
@Injectable()
export class FigureRepository {
  /** Groups after a place, by name and currency. */
  async sumGroups(
    tx: EntityManager,
    by: Exclude<Grouping, 'product'>,
    filter: FigureFilter,
    after: GroupKey | null,
    limit: number,
  ): Promise<(GroupKey & Figures)[]> {
    const where = conditions(filter, by);
    const rows: Raw[] = await tx.query(
      `SELECT ${KEYS[by]} \`key\`, f.currency, ${SUMS} FROM day_figure f ${joined(by)}
        WHERE ${where.sql} GROUP BY \`key\`, f.currency ${beyond(after)} ORDER BY \`key\`, f.currency LIMIT ?`,
      [...where.values, ...placeOf(after), limit],
    );
    return rows.map(figuresOf);
  }

  /** The merchants who are first. */
  async rank(tx: EntityManager, by: Ranking, filter: FigureFilter, limit: number): Promise<(GroupKey & Figures)[]> {
    const where = conditions(filter, 'merchant').and("f.merchant_id <> ''");
    const rows: Raw[] = await tx.query(
      `SELECT f.merchant_id \`key\`, f.currency, ${SUMS} FROM day_figure f WHERE ${where.sql}
        GROUP BY f.merchant_id, f.currency HAVING ${RANKED[by]} > 0 ORDER BY ${RANKED[by]} DESC, \`key\` LIMIT ?`,
      [...where.values, limit],
    );
    return rows.map(figuresOf);
  }

  /** What the rewards of these groups cost. */
  async sumCosts(
    tx: EntityManager,
    by: Exclude<Grouping, 'product'>,
    filter: FigureFilter,
    keys: readonly string[],
  ): Promise<Cost[]> {
    if (keys.length === 0) return [];
    const where = conditions(filter, by).and(`${KEYS[by]} IN (?)`, keys);
    const rows: (GroupKey & { asset: string; granted: string; taken_back: string })[] = await tx.query(
      `SELECT ${KEYS[by]} \`key\`, f.currency, f.asset, SUM(f.granted) granted, SUM(f.taken_back) taken_back
        FROM day_reward_cost f ${joined(by)} WHERE ${where.sql} GROUP BY \`key\`, f.currency, f.asset ORDER BY f.asset`,
      where.values,
    );
    return rows.map((row) => ({ ...row, granted: BigInt(row.granted), takenBack: BigInt(row.taken_back) }));
  }

  /** Products after a place, by name and currency. */
  async sumProducts(tx: EntityManager, filter: FigureFilter, after: GroupKey | null, limit: number): Promise<Sold[]> {
    const where = conditions(filter, 'product');
    const rows: (GroupKey & Record<'orders' | 'units' | 'sales', string>)[] = await tx.query(
      `SELECT f.sku \`key\`, f.currency, SUM(f.orders) orders, SUM(f.units) units, SUM(f.sales) sales FROM day_product f
        WHERE ${where.sql} GROUP BY f.sku, f.currency ${beyond(after)} ORDER BY \`key\`, f.currency LIMIT ?`,
      [...where.values, ...placeOf(after), limit],
    );
    return rows.map((row) => ({
      key: row.key,
      currency: row.currency,
      orders: Number(row.orders),
      units: BigInt(row.units),
      sales: BigInt(row.sales),
    }));
  }

  /** How many merchants joined in each of these months. */
  async countJoined(tx: EntityManager, months: ReadonlyMap<string, MonthRange>): Promise<Map<string, number>> {
    const rows: { month: string; merchants: string }[] = await tx.query(
      `SELECT c.month, COUNT(*) merchants FROM (${monthTable(months)}) c
        JOIN merchant m ON m.created_at >= c.start AND m.created_at < c.end GROUP BY c.month`,
      monthValues(months),
    );
    return new Map(rows.map(({ month, merchants }) => [month, Number(merchants)]));
  }

  /** What the merchants who joined in each of these months did in each month since. */
  async sumCohorts(
    tx: EntityManager,
    months: ReadonlyMap<string, MonthRange>,
    filter: FigureFilter,
  ): Promise<CohortRow[]> {
    const where = conditions(filter, 'merchant').and('f.completed > 0');
    const rows: (Omit<CohortRow, 'sales' | 'active' | 'completed'> & Record<string, string>)[] = await tx.query(
      `SELECT c.month joined, LEFT(f.day, 7) month, COUNT(DISTINCT f.merchant_id) active, SUM(f.completed) completed,
          SUM(f.sales) sales
        FROM day_figure f JOIN merchant m ON m.id = f.merchant_id
        JOIN (${monthTable(months)}) c ON m.created_at >= c.start AND m.created_at < c.end
        WHERE ${where.sql} GROUP BY c.month, LEFT(f.day, 7) ORDER BY joined, month`,
      [...monthValues(months), ...where.values],
    );
    return rows.map(({ joined: one, month, active, completed, sales }) => {
      return { joined: one, month, active: Number(active), completed: Number(completed), sales: BigInt(sales ?? 0) };
    });
  }
}

function conditions({ from, to, storefrontId, merchantId, currency }: FigureFilter, by: Grouping): Conditions {
  const where = new Conditions()
    .and('f.day >= ?', from)
    .and('f.day <= ?', to)
    .and('f.storefront_id = ?', storefrontId)
    .and('f.merchant_id = ?', merchantId)
    .and('f.currency = ?', currency);
  return by === 'group' ? where.and("f.merchant_id <> ''") : where;
}

function joined(by: Grouping): string {
  return by === 'group' ? 'LEFT JOIN merchant m ON m.id = f.merchant_id' : '';
}

function beyond(after: GroupKey | null): string {
  return after === null ? '' : 'HAVING `key` > ? OR (`key` = ? AND f.currency > ?)';
}

function placeOf(after: GroupKey | null): string[] {
  return after === null ? [] : [after.key, after.key, after.currency];
}

function figuresOf({ key, currency, ...raw }: Raw): GroupKey & Figures {
  return {
    key,
    currency,
    visits: Number(raw.visits),
    attributedVisits: Number(raw.attributedVisits),
    placed: Number(raw.placed),
    attributedPlaced: Number(raw.attributedPlaced),
    cancelled: Number(raw.cancelled),
    completed: Number(raw.completed),
    attributedCompleted: Number(raw.attributedCompleted),
    sales: BigInt(raw.sales),
    attributedSales: BigInt(raw.attributedSales),
    refunded: Number(raw.refunded),
    refunds: BigInt(raw.refunds),
  };
}

function monthTable(months: ReadonlyMap<string, MonthRange>): string {
  return [...months].map(() => 'SELECT ? month, ? start, ? end').join(' UNION ALL ');
}

function monthValues(months: ReadonlyMap<string, MonthRange>): unknown[] {
  return [...months].flatMap(([month, { from, to }]) => [month, from, to]);
}
