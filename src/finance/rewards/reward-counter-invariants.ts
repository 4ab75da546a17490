import { overHistory, type SqlInvariant } from '../ledger/index.js';

/**
 * The budgets that each version of a rule has, by asset. DISTINCT makes it a table of its own, with a key: merged into the
 * query it would be compared with every reward, rule by rule.
 */
const BUDGETS = `
          SELECT DISTINCT v.rule_id, v.version, g.asset COLLATE utf8mb4_bin asset, g.per_rule, g.per_month
          FROM reward_rule_version v, JSON_TABLE(v.grant_terms, '$[*]' COLUMNS (
            asset VARCHAR(64) CHARACTER SET utf8mb4 PATH '$.asset',
            per_rule BIGINT PATH '$.budgets.perRule',
            per_month BIGINT PATH '$.budgets.perMerchantMonth')) g`;

/** What is always true of first orders, volumes and budgets. They belong to invariant 5: a reward is what it should be. */
export const rewardCounterInvariants: readonly SqlInvariant[] = [
  {
    invariant: 5,
    title: 'every budget has been used by its rewards alone',
    sql: `
      SELECT CONCAT(x.rule_id, ' ', x.asset, ' ', x.merchant_id, ' ', x.month, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT rule_id, asset, merchant_id, month, used amount FROM reward_budget
        UNION ALL SELECT rule_id, asset, merchant_id, month, -amount FROM reward_budget_use
      ) x GROUP BY x.rule_id, x.asset, x.merchant_id, x.month HAVING SUM(x.amount) <> 0`,
  },
  {
    invariant: 5,
    title: 'no budget is overdrawn: each reward found it as the one before had left it, and took no more than was left',
    sql: `
      SELECT CONCAT(x.reward_id, ' took ', x.amount, ' after ', x.used_before, ' of ', x.budget) offender FROM (
        SELECT reward_id, amount, used_before, budget,
          SUM(amount) OVER (PARTITION BY rule_id, asset, merchant_id, month ORDER BY used_before, reward_id
            ROWS UNBOUNDED PRECEDING) used_after
        FROM reward_budget_use
      ) x WHERE x.used_before + x.amount <> x.used_after OR x.used_after > x.budget`,
  },
  {
    invariant: 5,
    title: 'a reward has used every budget of its rule’s version by what it was granted, and no other',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.reward_id, ' is off by ', SUM(x.amount), ' of a budget off by ', SUM(x.budget)) offender FROM (
        SELECT r.id reward_id, r.rule_id, r.asset, '' merchant_id, r.granted amount, b.per_rule budget
        FROM ${of.reward} r STRAIGHT_JOIN (${BUDGETS}) b ON b.rule_id = r.rule_id AND b.version = r.rule_version AND b.asset = r.asset
        WHERE b.per_rule IS NOT NULL
        UNION ALL
        SELECT r.id, r.rule_id, r.asset, r.merchant_id, r.granted, b.per_month
        FROM ${of.reward} r STRAIGHT_JOIN (${BUDGETS}) b ON b.rule_id = r.rule_id AND b.version = r.rule_version AND b.asset = r.asset
        WHERE b.per_month IS NOT NULL
        UNION ALL
        SELECT reward_id, rule_id, asset, merchant_id, -amount, -budget FROM ${of.budgetUse} u
      ) x GROUP BY x.reward_id, x.rule_id, x.asset, x.merchant_id HAVING SUM(x.amount) <> 0 OR SUM(x.budget) <> 0`,
    ),
  },
  {
    invariant: 5,
    title: 'every month’s volume is the sum of its orders, less what was refunded of them',
    sql: `
      SELECT CONCAT(x.merchant_id, ' ', x.rule_id, ' ', x.month, ' ', x.currency, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT merchant_id, rule_id, month, currency, volume amount FROM reward_volume
        UNION ALL SELECT merchant_id, rule_id, month, currency, -basis FROM reward_volume_order
        UNION ALL SELECT merchant_id, rule_id, month, currency, amount FROM reward_volume_refund
      ) x GROUP BY x.merchant_id, x.rule_id, x.month, x.currency HAVING SUM(x.amount) <> 0`,
  },
  {
    invariant: 5,
    title:
      'an order counts in a month’s volume by no more than was paid for its lines, and its refunds by no more than that',
    ...overHistory(
      (of) => `
      SELECT CONCAT(v.order_pk, ' counts ', v.basis, ' of ', v.rule_id) offender
      FROM ${of.volumeOrder} v LEFT JOIN shop_order o ON o.id = v.order_pk AND o.state = 'completed'
      WHERE o.id IS NULL OR o.merchant_id <> v.merchant_id OR o.currency <> v.currency OR v.basis <= 0
        OR v.basis > o.amount_paid - o.shipping - o.tax
      UNION ALL
      SELECT CONCAT(r.event_id, ' takes ', r.amount, ' from ', r.rule_id)
      FROM ${of.volumeRefund} r
      LEFT JOIN order_event e ON e.id = r.event_id AND e.order_pk = r.order_pk AND e.type = 'order.refunded'
        AND e.state = 'posted'
      LEFT JOIN reward_volume_order v ON v.order_pk = r.order_pk AND v.rule_id = r.rule_id
        AND v.merchant_id = r.merchant_id AND v.month = r.month AND v.currency = r.currency
      WHERE e.id IS NULL OR v.order_pk IS NULL OR r.amount <= 0
      UNION ALL
      SELECT CONCAT(x.order_pk, ' is refunded ', x.amount, ' of ', v.basis)
      FROM (SELECT order_pk, rule_id, SUM(amount) amount FROM ${of.volumeRefund} r GROUP BY order_pk, rule_id) x
      JOIN reward_volume_order v ON v.order_pk = x.order_pk AND v.rule_id = x.rule_id WHERE x.amount > v.basis`,
    ),
  },
  {
    invariant: 5,
    // Each change leaves what another one finds, from zero to the volume as it is: two that found the same would show.
    title: 'each order and refund found a month’s volume as the one before it had left it',
    sql: `
      SELECT CONCAT(x.merchant_id, ' ', x.rule_id, ' ', x.month, ' ', x.currency, ' at ', x.volume) offender FROM (
        SELECT merchant_id, rule_id, month, currency, volume, 1 found FROM reward_volume
        UNION ALL SELECT merchant_id, rule_id, month, currency, 0, -1 FROM reward_volume
        UNION ALL SELECT merchant_id, rule_id, month, currency, volume_before, 1 FROM reward_volume_order
        UNION ALL SELECT merchant_id, rule_id, month, currency, volume_before + basis, -1 FROM reward_volume_order
        UNION ALL SELECT merchant_id, rule_id, month, currency, volume_before, 1 FROM reward_volume_refund
        UNION ALL SELECT merchant_id, rule_id, month, currency, volume_before - amount, -1 FROM reward_volume_refund
      ) x GROUP BY x.merchant_id, x.rule_id, x.month, x.currency, x.volume HAVING SUM(x.found) <> 0`,
  },
  {
    invariant: 5,
    title:
      'the first order of a shopper is a completed one of theirs, and every shopper with a completed order has one',
    ...overHistory(
      (of) => `
      SELECT CONCAT(f.storefront_id, ' ', f.shopper_ref, ' names ', f.order_pk) offender
      FROM ${of.firstOrder} f LEFT JOIN shop_order o ON o.id = f.order_pk AND o.state = 'completed'
        AND o.storefront_id = f.storefront_id AND o.shopper_ref = f.shopper_ref
      WHERE o.id IS NULL
      UNION ALL
      SELECT CONCAT(o.id, ' has no first order beside it')
      FROM ${of.orderEvent} e JOIN shop_order o ON o.id = e.order_pk
      LEFT JOIN shopper_first_order f ON f.storefront_id = o.storefront_id AND f.shopper_ref = o.shopper_ref
      WHERE e.type = 'order.completed' AND e.state = 'posted' AND o.shopper_ref IS NOT NULL AND f.order_pk IS NULL`,
    ),
  },
  {
    invariant: 5,
    title: 'a reward for a first order is for a first order',
    ...overHistory(
      (of) => `
      SELECT CONCAT(r.id, ' is for ', r.order_pk) offender
      FROM ${of.reward} r STRAIGHT_JOIN (
        SELECT DISTINCT rule_id, version FROM reward_rule_version
        WHERE JSON_UNQUOTE(JSON_EXTRACT(conditions, '$.firstOrder')) = 'true'
      ) v ON v.rule_id = r.rule_id AND v.version = r.rule_version
      LEFT JOIN shopper_first_order f ON f.order_pk = r.order_pk WHERE f.order_pk IS NULL`,
    ),
  },
];
