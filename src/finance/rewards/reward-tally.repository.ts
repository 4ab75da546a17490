import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../core/columns.js';
import {
  budgetName,
  RewardCounters,
  volumeName,
  type BudgetKey,
  type BudgetUse,
  type CountedVolume,
  type CounterKeys,
  type VolumeKey,
  type VolumePart,
  type VolumeRefund,
} from './reward-counters.js';

const VOLUME_KEY = ['merchant_id', 'rule_id', 'month', 'currency'] as const;
const BUDGET_KEY = ['rule_id', 'asset', 'merchant_id', 'month'] as const;

/** An order whose shopper is known. */
export interface ShopperOrder {
  id: string;
  storefrontId: string;
  shopperRef: string;
}

/** What orders have counted together, for a posting: read what is counted (which locks it), write what was added. */
export interface Counted {
  volumes: readonly (VolumePart & { orderPk: string })[];
  uses: readonly (BudgetUse & { rewardId: string })[];
  refunds: readonly (VolumeRefund & { orderPk: string; eventId: string })[];
}

/**
 * First orders, volumes and budgets. Lock them after rewards and before accounts, in this order; each statement locks its
 * rows in the order of their keys, and makes those that are missing, which waits for another transaction that makes the same.
 */
@Injectable()
export class RewardTallyRepository {
  /** Those of the orders that are the first of their shopper at their storefront: the first to come here ever. */
  async claimFirstOrders(tx: EntityManager, orders: readonly ShopperOrder[]): Promise<ReadonlySet<string>> {
    if (orders.length === 0) return new Set();
    const sorted = [...orders].sort((a, b) => compare(shopperName(a), shopperName(b)) || compare(a.id, b.id));
    await insertRows(
      tx,
      'shopper_first_order',
      ['storefront_id', 'shopper_ref', 'order_pk'],
      sorted.map(({ id, storefrontId, shopperRef }) => [storefrontId, shopperRef, id]),
      'ON DUPLICATE KEY UPDATE order_pk = shopper_first_order.order_pk',
    );
    return this.findFirstOrders(tx, orders);
  }

  /** Those of the orders that are known as the first of their shopper; a plain read. */
  async findFirstOrders(tx: EntityManager, orders: readonly ShopperOrder[]): Promise<ReadonlySet<string>> {
    const first = new Set<string>();
    for (const storefrontId of new Set(orders.map((order) => order.storefrontId))) {
      const there = orders.filter((order) => order.storefrontId === storefrontId);
      const rows: { order_pk: string }[] = await tx.query(
        'SELECT order_pk FROM shopper_first_order WHERE storefront_id = ? AND shopper_ref IN (?) AND order_pk IN (?)',
        [storefrontId, there.map((order) => order.shopperRef), there.map((order) => order.id)],
      );
      for (const row of rows) first.add(row.order_pk);
    }
    return first;
  }

  /** What orders count in volumes, by order, less nothing yet; a plain read: it changes only under the order's lock. */
  async countedOf(tx: EntityManager, orderPks: readonly string[]): Promise<Map<string, CountedVolume[]>> {
    const counted = new Map<string, CountedVolume[]>(orderPks.map((id) => [id, []]));
    if (orderPks.length === 0) return counted;
    const rows: (Record<(typeof VOLUME_KEY)[number] | 'order_pk' | 'basis' | 'refunded', string> & {
      counted_lines: string | null;
    })[] = await tx.query(
      `SELECT v.order_pk, ${VOLUME_KEY.map((column) => `v.${column}`).join(', ')}, v.basis, v.counted_lines,
              COALESCE((SELECT SUM(r.amount) FROM reward_volume_refund r
                         WHERE r.order_pk = v.order_pk AND r.rule_id = v.rule_id), 0) refunded
         FROM reward_volume_order v WHERE v.order_pk IN (?) ORDER BY v.order_pk, v.rule_id`,
      [orderPks],
    );
    for (const row of rows)
      counted.get(row.order_pk)?.push({
        merchantId: row.merchant_id,
        ruleId: row.rule_id,
        month: row.month,
        currency: row.currency,
        commissionable: BigInt(row.basis),
        refunded: BigInt(row.refunded),
        lines: row.counted_lines === null ? null : (JSON.parse(row.counted_lines) as number[]),
      });
    return counted;
  }

  /** The volumes and budgets of these keys as they stand, locked. */
  async lock(tx: EntityManager, keys: CounterKeys): Promise<RewardCounters> {
    const tally = new RewardCounters();
    const volumes = [...new Map(keys.volumes.map((key) => [volumeName(key), key])).entries()].sort(byName);
    const budgets = [...new Map(keys.budgets.map((key) => [budgetName(key), key])).entries()].sort(byName);
    for (const row of await this.lockRows(
      tx,
      { table: 'reward_volume', key: VOLUME_KEY, counter: 'volume' },
      volumes.map(([, key]) => volumeValues(key)),
    )) {
      const { merchant_id: merchantId, rule_id: ruleId, month, currency } = row;
      tally.setVolume({ merchantId, ruleId, month, currency }, BigInt(row.volume));
    }
    for (const row of await this.lockRows(
      tx,
      { table: 'reward_budget', key: BUDGET_KEY, counter: 'used' },
      budgets.map(([, key]) => budgetValues(key)),
    )) {
      const { rule_id: ruleId, asset, merchant_id: merchantId, month } = row;
      tally.setUsed({ ruleId, asset, merchantId, month }, BigInt(row.used));
    }
    return tally;
  }

  /** Writes what orders have added, under the locks of {@link lock}; `tally` has counted it already. */
  async save(tx: EntityManager, tally: RewardCounters, { volumes, uses, refunds }: Counted): Promise<void> {
    await insertRows(
      tx,
      'reward_volume_order',
      ['order_pk', ...VOLUME_KEY, 'basis', 'volume_before', 'counted_lines'],
      volumes.map((part) => [
        part.orderPk,
        ...volumeValues(part),
        part.commissionable.toString(),
        part.volumeBefore.toString(),
        JSON.stringify(part.lines),
      ]),
    );
    await insertRows(
      tx,
      'reward_volume_refund',
      ['event_id', 'order_pk', ...VOLUME_KEY, 'amount', 'volume_before'],
      refunds.map((part) => [
        part.eventId,
        part.orderPk,
        ...volumeValues(part),
        part.amount.toString(),
        part.volumeBefore.toString(),
      ]),
    );
    await insertRows(
      tx,
      'reward_volume',
      [...VOLUME_KEY, 'volume'],
      [...new Map([...volumes, ...refunds].map((part) => [volumeName(part), part])).values()].map((part) => [
        ...volumeValues(part),
        tally.volumeOf(part).toString(),
      ]),
      'ON DUPLICATE KEY UPDATE volume = VALUES(volume)',
    );
    await insertRows(
      tx,
      'reward_budget_use',
      ['reward_id', ...BUDGET_KEY, 'budget', 'used_before', 'amount'],
      uses.map((use) => [
        use.rewardId,
        ...budgetValues(use),
        use.budget.toString(),
        use.usedBefore.toString(),
        use.amount.toString(),
      ]),
    );
    await insertRows(
      tx,
      'reward_budget',
      [...BUDGET_KEY, 'used'],
      [...new Map(uses.map((use) => [budgetName(use), use])).values()].map((use) => [
        ...budgetValues(use),
        tally.usedOf(use).toString(),
      ]),
      'ON DUPLICATE KEY UPDATE used = VALUES(used)',
    );
  }

  /** Rows by key, made with a counter of 0 when they are missing; locked in the order in which the keys are given. */
  private async lockRows<Column extends string, Counter extends string>(
    tx: EntityManager,
    { table, key, counter }: { table: string; key: readonly Column[]; counter: Counter },
    keys: readonly (readonly string[])[],
  ): Promise<Record<Column | Counter, string>[]> {
    if (keys.length === 0) return [];
    await insertRows(
      tx,
      table,
      [...key, counter],
      keys.map((values) => [...values, '0']),
      `ON DUPLICATE KEY UPDATE ${counter} = ${table}.${counter}`,
    );
    const one = `(${key.map((column) => `${column} = ?`).join(' AND ')})`;
    return tx.query<Record<Column | Counter, string>[]>(
      `SELECT ${key.join(', ')}, ${counter} FROM ${table} WHERE ${keys.map(() => one).join(' OR ')} FOR UPDATE`,
      keys.flat(),
    );
  }
}

function volumeValues({ merchantId, ruleId, month, currency }: VolumeKey): string[] {
  return [merchantId, ruleId, month, currency];
}

function budgetValues({ ruleId, asset, merchantId, month }: BudgetKey): string[] {
  return [ruleId, asset, merchantId, month];
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
