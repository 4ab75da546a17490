import type { DataSource } from 'typeorm';
import { insertRows } from '../../src/database/index.js';
import type { GrantJson } from '../../src/finance/rewards/reward-rule.js';
import type { RuleScope } from '../../src/shared/rule.js';
import { newId } from '../../src/shared/ids.js';

/** A complete purchase to be posted, in CNY. */
export interface TestEvent {
  merchantId: string | null;
  amountPaid: number;
  lines?: { sku: string; lineTotal: number }[];
  completedAt?: Date;
}

/** Complete orders and their waiting events, straight into the tables; returns the events' ids. */
export async function insertEvents(dataSource: DataSource, events: readonly TestEvent[]): Promise<string[]> {
  const now = new Date();
  const rows = events.map((event) => {
    const lines = event.lines ?? [{ sku: 'sku', lineTotal: event.amountPaid }];
    return { event, lines, orderPk: newId('order'), eventId: newId('orderEvent') };
  });
  const order = (merchantId: string | null) => ({
    storefront_id: 'sto_test',
    state: 'completed',
    content_hash: 'x',
    currency: 'CNY',
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
    merchant_state: merchantId === null ? null : 'active',
    merchant_wechat_id: merchantId === null ? null : 'somebody',
  });
  const columns = [
    ...Object.keys(order(null)),
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
      ...Object.values(order(event.merchantId)),
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
  return rows.map(({ eventId }) => eventId);
}

/** A reward rule, straight into the tables; `holdDays` makes it pending. */
export async function insertRule(
  dataSource: DataSource,
  grants: GrantJson[],
  scope: RuleScope = {},
  holdDays?: number,
): Promise<string> {
  const id = newId('rewardRule');
  const since = new Date('2000-01-01T00:00:00Z');
  await dataSource.query('INSERT INTO reward_rule (id, created_at, changed_at) VALUES (?, ?, NOW(6))', [id, since]);
  await dataSource.query(
    `INSERT INTO reward_rule_version (rule_id, version, scope, posting, hold_days, grant_terms, valid_from, created_at)
     VALUES (?, 1, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      JSON.stringify(scope),
      holdDays === undefined ? 'direct' : 'pending',
      holdDays ?? null,
      JSON.stringify(grants),
      since,
      since,
    ],
  );
  return id;
}
