import type { DataSource } from 'typeorm';
import { insertRows } from './insert-rows.js';
import type { RewardConditions } from '../../src/finance/rewards/reward-conditions.js';
import type { GrantJson } from '../../src/finance/rewards/reward-rule.js';
import type { RuleScope } from '../../src/shared/rule.js';
import { StorefrontEntity } from '../../src/database/storefronts/storefront.entity.js';
import {
  newId,
  type MerchantId,
  type OrderEventId,
  type RewardRuleId,
  type StorefrontId,
} from '../../src/shared/ids.js';

/** A complete purchase to be posted, in CNY. */
export interface TestEvent {
  merchantId: MerchantId | null;
  amountPaid: number;
  lines?: { sku: string; lineTotal: number }[];
  completedAt?: Date;
  merchantState?: 'active' | 'suspended' | 'closed';
  shopperRef?: string;
  storefrontId?: StorefrontId;
  /** Refunds told of after the completion; each is an event of its own. */
  refunds?: number[];
}

/** A storefront, straight into the tables; events are of `sto_test` when they say nothing else. */
export async function insertStorefront(
  dataSource: DataSource,
  { id = 'sto_test', timeZone = 'Asia/Shanghai' }: Partial<Pick<StorefrontEntity, 'id' | 'timeZone'>> = {},
): Promise<void> {
  const since = new Date();
  await dataSource.manager.insert(StorefrontEntity, {
    id,
    name: 'Shop',
    currency: 'CNY',
    homeUrl: 'https://shop.example/',
    origins: [],
    codeParameter: 'm',
    attributionWindowDays: 30,
    touch: 'last',
    askAgainDays: null,
    timeZone,
    createdAt: since,
    updatedAt: since,
  });
}

/** Complete orders and their waiting events, straight into the tables; returns the ids of the completions. */
export async function insertEvents(dataSource: DataSource, events: readonly TestEvent[]): Promise<OrderEventId[]> {
  const now = new Date();
  const rows = events.map((event) => {
    const lines = event.lines ?? [{ sku: 'sku', lineTotal: event.amountPaid }];
    return { event, lines, orderPk: newId('order'), eventId: newId('orderEvent') };
  });
  const order = ({ merchantId, merchantState = 'active', shopperRef, storefrontId = 'sto_test' }: TestEvent) => ({
    storefront_id: storefrontId,
    state: 'completed',
    content_hash: 'x',
    currency: 'CNY',
    shopper_ref: shopperRef ?? null,
    shipping: '0',
    tax: '0',
    merchant_id: merchantId,
    attribution:
      merchantId === null
        ? null
        : JSON.stringify({
            merchantId,
            via: 'code',
            visitId: 'vis_test',
            attributedAt: now.toISOString(),
            reason: 'A test.',
          }),
    placed_at: now,
    created_at: now,
    merchant_state: merchantId === null ? null : merchantState,
    merchant_wechat_id: merchantId === null ? null : 'somebody',
  });
  const columns = [
    ...Object.keys(order({ merchantId: null, amountPaid: 0 })),
    'id',
    'order_id',
    'order_lines',
    'lines_total',
    'amount_paid',
    'completed_at',
  ];
  await insertRows(
    dataSource.manager,
    'shop_order',
    columns,
    rows.map(({ event, lines, orderPk }) => [
      ...Object.values(order(event)),
      orderPk,
      orderPk,
      JSON.stringify(lines.map((line) => [line.sku, null, 1, line.lineTotal.toString(), line.lineTotal.toString()])),
      lines.reduce((sum, line) => sum + line.lineTotal, 0).toString(),
      event.amountPaid.toString(),
      event.completedAt ?? now,
    ]),
  );
  await insertRows(
    dataSource.manager,
    'order_event',
    ['id', 'order_pk', 'type', 'refund_pk', 'state', 'payload_hash', 'attempts', 'created_at'],
    rows.map(({ eventId, orderPk }) => [eventId, orderPk, 'order.completed', '', 'waiting', 'x', 0, now]),
  );
  const refunds = rows.flatMap(({ event, orderPk }) =>
    (event.refunds ?? []).map((amount) => ({
      orderPk,
      amount,
      storefrontId: event.storefrontId ?? 'sto_test',
      refundPk: newId('order'),
      eventId: newId('orderEvent'),
    })),
  );
  await insertRows(
    dataSource.manager,
    'refund',
    ['id', 'storefront_id', 'refund_id', 'order_pk', 'amount', 'refunded_at', 'content_hash', 'created_at'],
    refunds.map(({ refundPk, orderPk, amount, storefrontId }) => [
      refundPk,
      storefrontId,
      refundPk,
      orderPk,
      amount.toString(),
      now,
      'x',
      now,
    ]),
  );
  await insertRows(
    dataSource.manager,
    'order_event',
    ['id', 'order_pk', 'type', 'refund_pk', 'state', 'payload_hash', 'attempts', 'created_at'],
    refunds.map((refund) => [
      refund.eventId,
      refund.orderPk,
      'order.refunded',
      refund.refundPk,
      'waiting',
      'x',
      0,
      now,
    ]),
  );
  return rows.map(({ eventId }) => eventId);
}

/** Ids of all events that wait. */
export async function waitingEvents(dataSource: DataSource): Promise<OrderEventId[]> {
  const rows: { id: OrderEventId }[] = await dataSource.query(
    "SELECT id FROM order_event WHERE state = 'waiting' ORDER BY id",
  );
  return rows.map(({ id }) => id);
}

/** A reward rule, straight into the tables; `holdDays` makes it pending. */
export async function insertRule(
  dataSource: DataSource,
  grants: GrantJson[],
  scope: RuleScope = {},
  holdDays?: number,
  conditions: RewardConditions = {},
): Promise<RewardRuleId> {
  const id = newId('rewardRule');
  const since = new Date('2000-01-01T00:00:00Z');
  await dataSource.query('INSERT INTO reward_rule (id, created_at, changed_at) VALUES (?, ?, NOW(6))', [id, since]);
  await dataSource.query(
    `INSERT INTO reward_rule_version (rule_id, version, scope, posting, hold_days, conditions, grant_terms, valid_from, created_at)
     VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      JSON.stringify(scope),
      holdDays === undefined ? 'direct' : 'pending',
      holdDays ?? null,
      JSON.stringify(conditions),
      JSON.stringify(grants),
      since,
      since,
    ],
  );
  return id;
}
