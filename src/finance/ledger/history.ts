import { firstIdAt } from '../../shared/ids.js';

/**
 * What an invariant's statement reads of the tables that grow with every order: in a full audit each of them as it is, in an
 * incremental one what is new of it. Each is what stands between FROM and an alias.
 */
export interface History {
  /** When what is new begins, as SQL; null: all is read. */
  moment: string | null;
  journal: string;
  /** New journals, and those that a row of this table brought about: for tables that are few, and read whole. */
  journalCausedBy: (table: 'adjustment' | 'hold') => string;
  entry: string;
  /** Entries of which nothing but their own key says that they are new. */
  entryByKey: string;
  /** New entries, and all that are about a payout. */
  entryOfPayout: string;
  order: string;
  refund: string;
  orderEvent: string;
  reward: string;
  /** Rewards that are new or touched, and those that an open hold names. */
  rewardOnHold: string;
  budgetUse: string;
  volumeOrder: string;
  volumeRefund: string;
  firstOrder: string;
  lot: string;
  /** All moves of lots that are new or touched. */
  moveOfLot: string;
  lotMove: string;
  coupon: string;
  /** All moves of coupons that are new or touched. */
  moveOfCoupon: string;
  couponMove: string;
  redemption: string;
  reversal: string;
  closing: string;
  closingSum: string;
}

/** All of it. */
const WHOLE: History = {
  moment: null,
  journal: 'journal',
  journalCausedBy: () => 'journal',
  entry: 'entry',
  entryByKey: 'entry',
  entryOfPayout: 'entry',
  order: 'shop_order',
  refund: 'refund',
  orderEvent: 'order_event',
  reward: 'reward',
  rewardOnHold: 'reward',
  budgetUse: 'reward_budget_use',
  volumeOrder: 'reward_volume_order',
  volumeRefund: 'reward_volume_refund',
  firstOrder: 'shopper_first_order',
  lot: 'points_lot',
  moveOfLot: 'points_lot_move',
  lotMove: 'points_lot_move',
  coupon: 'coupon',
  moveOfCoupon: 'coupon_move',
  couponMove: 'coupon_move',
  redemption: 'redemption',
  reversal: 'redemption_reversal',
  closing: 'book_closing',
  closingSum: 'book_closing_sum',
};

/** A stretch of the books is closed some sweeps after it has ended. */
const CLOSED_WITHIN = 'INTERVAL 1 HOUR';

/**
 * What was written since a moment. A row that changes later has a journal that changed it, or a moment that moved: what a new
 * journal touches is new, however old it is. Rows without a moment are known by their id, which begins with one.
 */
function newSince(at: Date): History {
  const moment = `TIMESTAMP'${at.toISOString().replace('T', ' ').replace('Z', '')}'`;
  const isNew = `n.posted_at >= ${moment}`;
  /** Rows of a table by the ids that `found` selects. */
  const those = (table: string, found: readonly string[], key = 'id') =>
    `(SELECT x.* FROM (${found.join(' UNION ')}) t STRAIGHT_JOIN ${table} x ON x.${key} = t.id)`;
  /** A column of the rows that new journals have. */
  const ofJournals = (column: string, table: string, more = '') =>
    `SELECT y.${column} id FROM journal n STRAIGHT_JOIN ${table} y ON y.journal_id = n.id WHERE ${isNew}${more}`;
  const made = (kind: Parameters<typeof firstIdAt>[0], table: string) =>
    `SELECT id FROM ${table} WHERE id >= '${firstIdAt(kind, at)}'`;
  const within = (table: string) =>
    `(SELECT y.* FROM journal n STRAIGHT_JOIN ${table} y ON y.journal_id = n.id WHERE ${isNew})`;
  const since = (table: string, column: string) => `(SELECT * FROM ${table} WHERE ${column} >= ${moment})`;

  const byJournalKey = (table: string) => `(SELECT * FROM ${table} WHERE journal_id >= '${firstIdAt('journal', at)}')`;

  const newJournals = `SELECT n.id FROM journal n WHERE ${isNew}`;
  const rewards = [made('reward', 'reward'), ofJournals('reward_id', 'entry', ' AND y.reward_id IS NOT NULL')];
  const events = [made('orderEvent', 'order_event'), `SELECT n.cause_id FROM journal n WHERE ${isNew}`];
  const orders = [
    `SELECT id FROM shop_order WHERE changed_at >= ${moment}`,
    `SELECT v.order_pk FROM (${events.join(' UNION ')}) u STRAIGHT_JOIN order_event v ON v.id = u.id`,
  ];
  const lots = [made('pointsLot', 'points_lot'), ofJournals('lot_id', 'points_lot_move')];
  const coupons = [made('coupon', 'coupon'), ofJournals('coupon_id', 'coupon_move')];
  const redemptions = [
    made('redemption', 'redemption'),
    ofJournals('id', 'redemption'),
    ofJournals('redemption_pk', 'redemption_reversal'),
  ];
  return {
    moment,
    journal: since('journal', 'posted_at'),
    journalCausedBy: (table) =>
      those('journal', [newJournals, `SELECT z.id FROM ${table} y JOIN journal z ON z.cause_id = y.id`]),
    entry: within('entry'),
    entryByKey: byJournalKey('entry'),
    entryOfPayout: `(SELECT * FROM entry WHERE payout_id IS NOT NULL
          UNION ALL SELECT y.* FROM journal n STRAIGHT_JOIN entry y ON y.journal_id = n.id WHERE ${isNew} AND y.payout_id IS NULL)`,
    order: since('shop_order', 'changed_at'),
    refund: since('refund', 'created_at'),
    orderEvent: those('order_event', events),
    reward: those('reward', rewards),
    rewardOnHold: those('reward', [
      ...rewards,
      "SELECT reward_id FROM hold WHERE state = 'open' AND reward_id IS NOT NULL",
    ]),
    budgetUse: those('reward_budget_use', rewards, 'reward_id'),
    volumeOrder: those(
      'reward_volume_order',
      [...orders, `SELECT order_pk FROM reward_volume_order WHERE order_pk >= '${firstIdAt('order', at)}'`],
      'order_pk',
    ),
    volumeRefund: those('reward_volume_refund', orders, 'order_pk'),
    firstOrder: `(SELECT f.* FROM (${orders.join(' UNION ')}) t STRAIGHT_JOIN shopper_first_order f ON f.order_pk = t.id
          UNION SELECT f.* FROM (${orders.join(' UNION ')}) t STRAIGHT_JOIN shop_order x ON x.id = t.id
            STRAIGHT_JOIN shopper_first_order f ON f.storefront_id = x.storefront_id AND f.shopper_ref = x.shopper_ref)`,
    lot: those('points_lot', lots),
    moveOfLot: those('points_lot_move', lots, 'lot_id'),
    lotMove: byJournalKey('points_lot_move'),
    coupon: those('coupon', coupons),
    moveOfCoupon: those('coupon_move', coupons, 'coupon_id'),
    couponMove: within('coupon_move'),
    redemption: those('redemption', redemptions),
    reversal: those('redemption_reversal', redemptions, 'redemption_pk'),
    closing: `(SELECT * FROM book_closing WHERE ends_at >= ${moment} - ${CLOSED_WITHIN})`,
    closingSum: `(SELECT * FROM book_closing_sum WHERE ends_at >= ${moment} - ${CLOSED_WITHIN})`,
  };
}

/** A statement for the incremental audit alone: where what is true of everything cannot be said of a part of it. */
export function ofNew(statement: (of: History) => string): (moment: Date) => string {
  return (moment) => statement(newSince(moment));
}

/** One statement for both audits. */
export function overHistory(statement: (of: History) => string): { sql: string; since: (moment: Date) => string } {
  return { sql: statement(WHOLE), since: ofNew(statement) };
}
