import type { Tampering } from '../audit-tampering.js';

const VISITS = 'the visits that are counted by day are the visits of that day';
const ORDERS = 'the orders and sales that are counted by day are those of that day';
const REFUNDS = 'the refunds that are counted by day are those of that day';
const COSTS = 'the cost of rewards by day is what the entries on reward-cost say';
const PRODUCTS = 'the sales of products by day add up to what was paid for merchandise';

/** Changes the first row of a day. */
const change = (table: string, what: string): string =>
  `UPDATE ${table} SET ${what} ORDER BY day, storefront_id, merchant_id DESC LIMIT 1`;

/** One more and one less in a column. */
const offByOne = (title: string, table: string, columns: readonly string[]): Tampering[] =>
  columns.flatMap((column): Tampering[] => [
    [`${column} by day is one more`, title, change(table, `${column} = ${column} + 1`)],
    [`${column} by day is one less`, title, change(table, `${column} = ${column} - 1`)],
  ]);

/** What happened on the latest day that was counted, and was written after it was. */
const LATE = "'mer_late', starts_at + INTERVAL 1 SECOND, NOW(6) + INTERVAL 2 HOUR";
const ON_LATEST = 'FROM counted_day ORDER BY day DESC LIMIT 1';
const lateVisit = `INSERT INTO visit (id, storefront_id, code_status, answers, merchant_id, created_at, changed_at)
  SELECT 'vis_late', storefront_id, 'known', 0, ${LATE} ${ON_LATEST}`;
const lateOrder = `INSERT INTO shop_order (id, storefront_id, order_id, state, content_hash, currency, order_lines, lines_total, shipping, tax,
    merchant_id, placed_at, changed_at, completed_at, amount_paid)
  SELECT 'ord_late', storefront_id, 'late', 'completed', 'x', 'CNY', '[]', 5, 0, 0, ${LATE}, starts_at + INTERVAL 2 SECOND, 5 ${ON_LATEST}`;
const lateRefund = `INSERT INTO refund (id, storefront_id, refund_id, order_pk, amount, content_hash, refunded_at)
  SELECT 'rfd_late', storefront_id, 'late', 'ord_late', 5, 'x', starts_at + INTERVAL 3 SECOND ${ON_LATEST}`;
const lateJournal = `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at, posted_at)
  SELECT 'jnl_late', 'late', 'reward', 'x', 'reward', 'x', starts_at + INTERVAL 1 SECOND, NOW(6) + INTERVAL 2 HOUR ${ON_LATEST}`;
const lateEntry = `INSERT INTO entry (journal_id, line, owner, asset, account, amount, reward_id)
  SELECT 'jnl_late', 1, 'platform', 'LATE', 'reward-cost', -5, w.id FROM reward w
    JOIN (SELECT storefront_id ${ON_LATEST}) c ON c.storefront_id = w.storefront_id LIMIT 1`;

const more = (table: string, column: string) => change(table, `${column} = ${column} + 1`);

export const figureTamperings: readonly Tampering[] = [
  ...offByOne(VISITS, 'day_figure', ['visits']),
  ['a day is wrong, beside a visit after its count', VISITS, [more('day_figure', 'visits'), lateVisit]],
  ...offByOne(ORDERS, 'day_figure', ['placed', 'cancelled', 'completed', 'sales', 'merchandise']),
  ['a day is wrong, beside an order after its count', ORDERS, [more('day_figure', 'placed'), lateOrder]],
  ...offByOne(REFUNDS, 'day_figure', ['refunded', 'refunds']),
  ['a day is wrong, beside a refund after its count', REFUNDS, [more('day_figure', 'refunds'), lateOrder, lateRefund]],
  ...offByOne(COSTS, 'day_reward_cost', ['granted', 'taken_back']),
  [
    'a cost is wrong, beside a journal after its count',
    COSTS,
    [more('day_reward_cost', 'granted'), lateJournal, lateEntry],
  ],
  ...offByOne(PRODUCTS, 'day_product', ['sales']),
  ['a product’s sales are gone', PRODUCTS, 'DELETE FROM day_product LIMIT 1'],
];
