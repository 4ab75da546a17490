import { overHistory, type SqlInvariant } from '../ledger/index.js';
import { FIRST_REFUND, MERCHANDISE } from './day-count.repository.js';

/** Days that are compared, at most: more would have the audit read everything. */
const DAYS = 8;

/** So many days ago; where only what is new since a moment is looked at, so many less DAYS before the day before it. */
const ago = (moment: string | null, days: number): string => {
  const latest = `CURRENT_TIMESTAMP(6) - INTERVAL ${days.toString()} DAY`;
  return moment === null ? latest : `GREATEST(${latest}, ${moment} - INTERVAL ${(days - DAYS + 1).toString()} DAY)`;
};

/** The days that are compared. */
const recent = (
  moment: string | null,
): string => `(SELECT storefront_id, day, starts_at, ends_at, counted_at FROM counted_day
          WHERE day >= DATE_FORMAT(${ago(moment, DAYS)}, '%Y-%m-%d')) c`;

/** A change that came after the count, or so shortly before it that it may not have been seen, is counted with the next. */
const SEEN = 'MAX(x.changed_at) < MAX(x.counted_at) - INTERVAL 60 SECOND';
/** Nothing of it changes by itself. */
const COUNTED = `c.counted_at, TIMESTAMP('1970-01-01') changed_at`;

const key = (row: string) => `c.day, c.storefront_id, COALESCE(${row}.merchant_id, '') merchant_id`;
const within = (row: string, moment: string) =>
  `${row}.storefront_id = c.storefront_id AND ${moment} >= c.starts_at AND ${moment} < c.ends_at`;
/** Read by when it changed, which is never before it happened: only what changed lately can be of these days. */
const lately = (moment: string | null, table: string, alias: string, at = 'changed_at') =>
  `(SELECT * FROM ${table} WHERE ${at} >= ${ago(moment, DAYS + 1)}) ${alias} STRAIGHT_JOIN ${recent(moment)} ON`;
const ofDay = (moment: string | null, table: string) =>
  `${table} f JOIN ${recent(moment)} ON f.day = c.day AND f.storefront_id = c.storefront_id`;

function differs(counted: readonly string[], parts: readonly string[], more = ''): string {
  return `
      SELECT CONCAT(x.day, ' ', x.storefront_id, ' ', x.merchant_id, ${more} ' is off by ', ${counted
        .map((column) => `SUM(x.${column})`)
        .join(", ', ', ")}) offender FROM (
        ${parts.join('\n        UNION ALL ')}
      ) x GROUP BY x.day, x.storefront_id, x.merchant_id${more === '' ? '' : ', x.asset'}
      HAVING ${counted.length === 1 ? `SUM(x.${counted[0] ?? ''}) <> 0` : `(${counted.map((column) => `SUM(x.${column}) <> 0`).join(' OR ')})`} AND ${SEEN}`;
}

const TITLES = {
  visits: 'the visits that are counted by day are the visits of that day',
  orders: 'the orders and sales that are counted by day are those of that day',
  refunds: 'the refunds that are counted by day are those of that day',
  costs: 'the cost of rewards by day is what the entries on reward-cost say',
  products: 'the sales of products by day add up to what was paid for merchandise',
} as const;

/** What is always true of counts and sums by day: they are what a count of the truth gives, for the last days. */
export const figureInvariants: readonly SqlInvariant[] = [
  {
    invariant: 17,
    title: TITLES.visits,
    ...overHistory(({ moment }) =>
      differs(
        ['visits'],
        [
          `SELECT ${key('f')}, ${COUNTED}, f.visits FROM ${ofDay(moment, 'day_figure')}`,
          `SELECT ${key('v')}, c.counted_at, v.changed_at, -1 FROM ${lately(moment, 'visit', 'v')} ${within('v', 'v.created_at')}`,
        ],
      ),
    ),
  },
  {
    invariant: 17,
    title: TITLES.orders,
    ...overHistory(({ moment }) =>
      differs(
        ['placed', 'cancelled', 'completed', 'sales', 'merchandise'],
        [
          `SELECT ${key('f')}, ${COUNTED}, f.placed, f.cancelled, f.completed, f.sales, f.merchandise FROM ${ofDay(moment, 'day_figure')}`,
          `SELECT ${key('o')}, c.counted_at, o.changed_at, -1, -(o.state = 'cancelled'), 0, 0, 0
          FROM ${lately(moment, 'shop_order', 'o')} ${within('o', 'o.placed_at')}`,
          `SELECT ${key('o')}, c.counted_at, o.changed_at, 0, 0, -1, -o.amount_paid, -${MERCHANDISE}
          FROM ${lately(moment, 'shop_order', 'o')} ${within('o', 'o.completed_at')}`,
        ],
      ),
    ),
  },
  {
    invariant: 17,
    title: TITLES.refunds,
    ...overHistory(({ moment }) =>
      differs(
        ['refunded', 'refunds'],
        [
          `SELECT ${key('f')}, ${COUNTED}, f.refunded, f.refunds FROM ${ofDay(moment, 'day_figure')}`,
          `SELECT ${key('o')}, c.counted_at, GREATEST(r.created_at, o.changed_at), -${FIRST_REFUND}, -r.amount
          FROM ${lately(moment, 'refund', 'r', 'created_at')} ${within('r', 'r.refunded_at')}
          JOIN shop_order o ON o.id = r.order_pk AND o.state = 'completed'`,
        ],
      ),
    ),
  },
  {
    invariant: 17,
    title: TITLES.costs,
    ...overHistory(({ moment }) =>
      differs(
        ['granted', 'taken_back'],
        [
          `SELECT ${key('f')}, ${COUNTED}, f.asset, f.granted, f.taken_back FROM ${ofDay(moment, 'day_reward_cost')}`,
          `SELECT ${key('w')}, c.counted_at, j.posted_at, e.asset, LEAST(e.amount, 0), -GREATEST(e.amount, 0)
          FROM ${lately(moment, 'journal', 'j', 'posted_at')} j.occurred_at >= c.starts_at AND j.occurred_at < c.ends_at
          JOIN entry e ON e.journal_id = j.id AND e.account = 'reward-cost'
          JOIN reward w ON w.id = e.reward_id AND w.storefront_id = c.storefront_id`,
        ],
        'x.asset,',
      ),
    ),
  },
  {
    invariant: 17,
    title: TITLES.products,
    ...overHistory(
      ({ moment }) => `
      SELECT CONCAT(x.day, ' ', x.storefront_id, ' ', x.merchant_id, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT ${key('f')}, f.merchandise amount FROM ${ofDay(moment, 'day_figure')}
        UNION ALL SELECT ${key('f')}, -f.sales FROM ${ofDay(moment, 'day_product')}
      ) x GROUP BY x.day, x.storefront_id, x.merchant_id HAVING SUM(x.amount) <> 0`,
    ),
  },
];
