import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../core/table.js';
import {
  budgetName,
  RewardCounters,
  volumeName,
  type BudgetUse,
  type CountedVolume,
  type CounterKeys,
  type VolumePart,
  type VolumeRefund,
} from './reward-counters.js';
import {
  RewardBudgetEntity,
  RewardBudgetUseEntity,
  RewardVolumeEntity,
  RewardVolumeOrderEntity,
  RewardVolumeRefundEntity,
  ShopperFirstOrderEntity,
} from './reward-tally.entity.js';
import type { OrderEventId, OrderPk, RewardId, StorefrontId } from '../../shared/ids.js';

const FIRST_ORDERS = new Table(ShopperFirstOrderEntity);
const VOLUMES = new Table(RewardVolumeEntity);
const VOLUME_ORDERS = new Table(RewardVolumeOrderEntity);
const VOLUME_REFUNDS = new Table(RewardVolumeRefundEntity);
const BUDGETS = new Table(RewardBudgetEntity);
const BUDGET_USES = new Table(RewardBudgetUseEntity);

const VOLUME_KEY = ['merchantId', 'ruleId', 'month', 'currency'] as const;
const BUDGET_KEY = ['ruleId', 'asset', 'merchantId', 'month'] as const;

/** An order whose shopper is known. */
export interface ShopperOrder {
  id: OrderPk;
  storefrontId: StorefrontId;
  shopperRef: string;
}

/** What orders have counted together, for a posting: read what is counted (which locks it), write what was added. */
export interface Counted {
  volumes: readonly (VolumePart & { orderPk: OrderPk })[];
  uses: readonly (BudgetUse & { rewardId: RewardId })[];
  refunds: readonly (VolumeRefund & { orderPk: OrderPk; eventId: OrderEventId })[];
}

/**
 * First orders, volumes and budgets. Lock them after rewards and before accounts, in this order; each statement locks its
 * rows in the order of their keys, and makes those that are missing, which waits for another transaction that makes the same.
 */
@Injectable()
export class RewardTallyRepository {
  /** Those of the orders that are the first of their shopper at their storefront: the first to come here ever. */
  async claimFirstOrders(tx: EntityManager, orders: readonly ShopperOrder[]): Promise<ReadonlySet<OrderPk>> {
    if (orders.length === 0) return new Set();
    const sorted = [...orders].sort((a, b) => compare(shopperName(a), shopperName(b)) || compare(a.id, b.id));
    await FIRST_ORDERS.insert(
      tx,
      sorted.map(({ id: orderPk, storefrontId, shopperRef }) => ({ storefrontId, shopperRef, orderPk })),
      'ON DUPLICATE KEY UPDATE order_pk = shopper_first_order.order_pk',
    );
    return this.findFirstOrders(tx, orders);
  }

  /** Those of the orders that are known as the first of their shopper; a plain read. */
  async findFirstOrders(tx: EntityManager, orders: readonly ShopperOrder[]): Promise<ReadonlySet<OrderPk>> {
    const first = new Set<OrderPk>();
    for (const storefrontId of new Set(orders.map((order) => order.storefrontId))) {
      const there = orders.filter((order) => order.storefrontId === storefrontId);
      const rows: { order_pk: OrderPk }[] = await tx.query(
        'SELECT order_pk FROM shopper_first_order WHERE storefront_id = ? AND shopper_ref IN (?) AND order_pk IN (?)',
        [storefrontId, there.map((order) => order.shopperRef), there.map((order) => order.id)],
      );
      for (const row of rows) first.add(row.order_pk);
    }
    return first;
  }

  /** What orders count in volumes, by order, less nothing yet; a plain read: it changes only under the order's lock. */
  async countedOf(tx: EntityManager, orderPks: readonly OrderPk[]): Promise<Map<OrderPk, CountedVolume[]>> {
    const counted = new Map<OrderPk, CountedVolume[]>(orderPks.map((id) => [id, []]));
    if (orderPks.length === 0) return counted;
    const rows = await tx.query<{ refunded: string }[]>(
      `SELECT ${VOLUME_ORDERS.list(undefined, 'v')},
              COALESCE((SELECT SUM(r.amount) FROM reward_volume_refund r
                         WHERE r.order_pk = v.order_pk AND r.rule_id = v.rule_id), 0) refunded
         FROM reward_volume_order v WHERE v.order_pk IN (?) ORDER BY v.order_pk, v.rule_id`,
      [orderPks],
    );
    for (const row of rows) {
      const { orderPk, ...part } = VOLUME_ORDERS.rowOf(row);
      counted.get(orderPk)?.push({ ...part, refunded: BigInt(row.refunded) });
    }
    return counted;
  }

  /** The volumes and budgets of these keys as they stand, locked. */
  async lock(tx: EntityManager, keys: CounterKeys): Promise<RewardCounters> {
    const tally = new RewardCounters();
    const volumes = [...new Map(keys.volumes.map((key) => [volumeName(key), key])).entries()].sort(byName);
    const budgets = [...new Map(keys.budgets.map((key) => [budgetName(key), key])).entries()].sort(byName);
    const counters = volumes.map(([, key]) => ({ ...key, volume: 0n }));
    for (const { volume, ...key } of await this.lockRows(tx, VOLUMES, VOLUME_KEY, 'volume', counters))
      tally.setVolume(key, volume);
    const spent = budgets.map(([, key]) => ({ ...key, used: 0n }));
    for (const { used, ...key } of await this.lockRows(tx, BUDGETS, BUDGET_KEY, 'used', spent))
      tally.setUsed(key, used);
    return tally;
  }

  /** Writes what orders have added, under the locks of {@link lock}; `tally` has counted it already. */
  async save(tx: EntityManager, tally: RewardCounters, { volumes, uses, refunds }: Counted): Promise<void> {
    await VOLUME_ORDERS.insert(tx, volumes);
    await VOLUME_REFUNDS.insert(tx, refunds);
    const sums = [...new Map([...volumes, ...refunds].map((part) => [volumeName(part), part])).values()];
    await VOLUMES.upsert(
      tx,
      sums.map(({ merchantId, ruleId, month, currency }) => {
        const key = { merchantId, ruleId, month, currency };
        return { ...key, volume: tally.volumeOf(key) };
      }),
      ['volume'],
    );
    await BUDGET_USES.insert(tx, uses);
    const spent = [...new Map(uses.map((use) => [budgetName(use), use])).values()];
    await BUDGETS.upsert(
      tx,
      spent.map(({ ruleId, asset, merchantId, month }) => {
        const key = { ruleId, asset, merchantId, month };
        return { ...key, used: tally.usedOf(key) };
      }),
      ['used'],
    );
  }

  /** Rows by key, made as given when they are missing; locked in the order in which they are given. */
  private async lockRows<Row extends object>(
    tx: EntityManager,
    table: Table<Row>,
    key: readonly (keyof Row & string)[],
    counter: keyof Row & string,
    rows: readonly Row[],
  ): Promise<Row[]> {
    if (rows.length === 0) return [];
    await table.insert(tx, rows, `ON DUPLICATE KEY UPDATE ${counter} = ${table.name}.${counter}`);
    const one = `(${key.map((property) => `${table.nameOf(property)} = ?`).join(' AND ')})`;
    const keys = rows.flatMap((row) => key.map((property) => row[property]));
    return table.find(tx, `WHERE ${rows.map(() => one).join(' OR ')} FOR UPDATE`, keys);
  }
}

function shopperName({ storefrontId, shopperRef }: ShopperOrder): string {
  return `${storefrontId} ${shopperRef}`;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
