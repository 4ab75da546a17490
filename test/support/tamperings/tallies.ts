import type { Tampering } from '../audit-tampering.js';

/** Changes the first row, by what it found, that something is true of. */
const row = (table: string, what: string, where = 'TRUE', by = 'used_before') =>
  `UPDATE ${table} SET ${what} WHERE ${where} ORDER BY ${by} LIMIT 1`;
const use = (what: string, where = 'TRUE') => row('reward_budget_use', what, where);
const order = (what: string, where = 'TRUE') => row('reward_volume_order', what, where, 'volume_before');
const refund = (what: string) => `UPDATE reward_volume_refund SET ${what}`;

const USED = 'every budget has been used by its rewards alone';
const OVERDRAWN =
  'no budget is overdrawn: each reward found it as the one before had left it, and took no more than was left';
const EVERY = 'a reward has used every budget of its rule’s version by what it was granted, and no other';
const VOLUME = 'every month’s volume is the sum of its orders, less what was refunded of them';
const COUNTS =
  'an order counts in a month’s volume by no more than was paid for its lines, and its refunds by no more than that';
const FOUND = 'each order and refund found a month’s volume as the one before it had left it';
const FIRST =
  'the first order of a shopper is a completed one of theirs, and every shopper with a completed order has one';
const FOR_FIRST = 'a reward for a first order is for a first order';

/** A rule that has budgets of both kinds. */
const MONTHLY = "merchant_id <> '' AND budget = 600";
const OF_RULE = "merchant_id = '' AND budget = 5000";
const WITH_BUDGETS = 'rule_id IN (SELECT rule_id FROM reward_budget_use WHERE budget = 5000)';

export const tallyTamperings: readonly Tampering[] = [
  ['a budget is used more', USED, 'UPDATE reward_budget SET used = used + 1 LIMIT 1'],
  ['a budget is used less', USED, 'UPDATE reward_budget SET used = used - 1 LIMIT 1'],
  ['a budget is forgotten', USED, 'DELETE FROM reward_budget LIMIT 1'],
  ['what used a budget is forgotten', USED, 'DELETE FROM reward_budget_use LIMIT 1'],
  ['a reward found more used', OVERDRAWN, use('used_before = used_before + 1', 'used_before > 0')],
  ['a reward found less used', OVERDRAWN, use('used_before = used_before - 1', 'used_before > 0')],
  ['a reward took more than was left', OVERDRAWN, use('budget = amount - 1')],
  [
    'a reward was granted more than it used',
    EVERY,
    `UPDATE reward SET granted = granted + 1 WHERE ${WITH_BUDGETS} LIMIT 1`,
  ],
  [
    'a reward was granted less than it used',
    EVERY,
    `UPDATE reward SET granted = granted - 1 WHERE ${WITH_BUDGETS} LIMIT 1`,
  ],
  ...[MONTHLY, OF_RULE].flatMap((where): Tampering[] => [
    [`a budget grows: ${where}`, EVERY, use('budget = budget + 100', where)],
    [`a budget shrinks: ${where}`, EVERY, use('budget = budget - 100', where)],
    [
      `a reward used another version’s budget: ${where}`,
      EVERY,
      `UPDATE reward SET rule_version = 9 WHERE ${WITH_BUDGETS}`,
    ],
    [`a reward used no budget: ${where}`, EVERY, `DELETE FROM reward_budget_use WHERE ${where} LIMIT 1`],
  ]),
  ['a volume grows', VOLUME, 'UPDATE reward_volume SET volume = volume + 1'],
  ['a volume shrinks', VOLUME, 'UPDATE reward_volume SET volume = volume - 1'],
  ['an order of a volume is forgotten', VOLUME, 'DELETE FROM reward_volume_order LIMIT 1'],
  ['a refund of a volume is forgotten', VOLUME, 'DELETE FROM reward_volume_refund'],
  ['an order that is not there counts', COUNTS, order("order_pk = 'ord_x'")],
  [
    'an order that is not complete counts',
    COUNTS,
    "UPDATE shop_order SET state = 'placed' WHERE id = (SELECT order_pk FROM reward_volume_order ORDER BY volume_before LIMIT 1)",
  ],
  ...['aaa', 'zzz'].map((other): Tampering => [
    `an order of ${other} counts`,
    COUNTS,
    order(`merchant_id = '${other}'`),
  ]),
  ...['AUD', 'EUR'].map((other): Tampering => [`an order in ${other} counts`, COUNTS, order(`currency = '${other}'`)]),
  ['an order counts nothing', COUNTS, order('basis = 0')],
  ['an order counts more than was paid', COUNTS, order('basis = basis + 1')],
  ['a refund has no event', COUNTS, refund("event_id = 'evt_x'")],
  [
    'a refund is the event of another order',
    COUNTS,
    refund(
      "event_id = (SELECT id FROM order_event WHERE type = 'order.refunded' AND order_pk <> reward_volume_refund.order_pk LIMIT 1)",
    ),
  ],
  [
    'a refund is the event of the completion',
    COUNTS,
    refund(
      "event_id = (SELECT id FROM order_event e WHERE e.type = 'order.completed' AND e.order_pk = reward_volume_refund.order_pk)",
    ),
  ],
  [
    'a refund counts that is not posted',
    COUNTS,
    "UPDATE order_event SET state = 'waiting' WHERE id IN (SELECT event_id FROM reward_volume_refund)",
  ],
  [
    'a refund counts of an order that does not',
    COUNTS,
    'DELETE FROM reward_volume_order WHERE order_pk IN (SELECT order_pk FROM reward_volume_refund)',
  ],
  ['a refund counts for another rule', COUNTS, refund("rule_id = 'rul_x', amount = amount + 1")],
  ['a refund counts for another merchant', COUNTS, refund("merchant_id = 'mer_x'")],
  ['a refund counts in another month', COUNTS, refund("month = '2000-01'")],
  ['a refund counts in another currency', COUNTS, refund("currency = 'EUR'")],
  ['a refund takes nothing', COUNTS, refund('amount = 0')],
  ['more of an order is refunded than counted', COUNTS, refund('amount = amount + 1')],
  ['an order found more volume', FOUND, order('volume_before = volume_before + 1')],
  ['an order found less volume', FOUND, order('volume_before = volume_before - 1')],
  ['an order left more volume', FOUND, order('basis = basis + 1')],
  ['two orders found the same volume', FOUND, order('volume_before = 0', 'volume_before > 0')],
  ['a refund found more volume', FOUND, refund('volume_before = volume_before + 1')],
  ['a refund left more volume', FOUND, refund('amount = amount - 1')],
  ['a first order is gone', FIRST, "UPDATE shopper_first_order SET order_pk = 'ord_x' LIMIT 1"],
  [
    'a first order is not complete',
    FIRST,
    "UPDATE shop_order SET state = 'placed' WHERE id IN (SELECT order_pk FROM shopper_first_order) LIMIT 1",
  ],
  ['a first order was at another storefront', FIRST, "UPDATE shopper_first_order SET storefront_id = 'sto_x' LIMIT 1"],
  ['a first order is another shopper’s', FIRST, "UPDATE shopper_first_order SET shopper_ref = 'nobody' LIMIT 1"],
  ['a shopper has no first order', FIRST, 'DELETE FROM shopper_first_order LIMIT 1'],
  [
    'a shopper has no first order whose order was posted',
    FIRST,
    [
      "UPDATE order_event SET state = 'waiting' WHERE order_pk = (SELECT order_pk FROM shopper_first_order LIMIT 1)",
      'DELETE FROM shopper_first_order',
    ],
  ],
  ['a reward is for a second order', FOR_FIRST, "UPDATE shopper_first_order SET order_pk = 'ord_x' LIMIT 1"],
  [
    'a reward of an older version was for any order',
    FOR_FIRST,
    [
      "UPDATE shopper_first_order SET order_pk = CONCAT(order_pk, 'x')",
      `UPDATE reward SET rule_version = 9 WHERE ${WITH_BUDGETS} LIMIT 1`,
    ],
  ],
];
