import type { Tampering } from '../audit-tampering.js';

const one = (table: string) => `(SELECT id FROM (SELECT id FROM ${table} ORDER BY id LIMIT 1) x)`;
const event = "(SELECT id FROM (SELECT id FROM order_event WHERE outcome = 'journal' ORDER BY id LIMIT 1) x)";

const TOLD_AGAIN = 'what was told again with other content was posted once';
const POSTED_TWICE = [
  `INSERT INTO order_event (id, order_pk, type, refund_pk, state, payload_hash, attempts, created_at)
       SELECT 'evt_zzz', order_pk, type, refund_pk, 'posted', 'y', 0, created_at FROM order_event WHERE type = 'order.completed' LIMIT 1`,
  `INSERT INTO order_event_conflict (id, storefront_id, order_id, type, refund_id, known_hash, other_hash, key_id, times_seen, first_seen_at, last_seen_at)
       SELECT 'evt_con', o.storefront_id, o.order_id, e.type, '', 'x', 'y', 'key', 1, NOW(6), NOW(6)
       FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE e.id = 'evt_zzz'`,
];
const REWARD = 'a reward is what its entries say';
const EVENTS = 'every completed order and every refund has its event';
const DISMISSED = 'an event is dismissed by two people, and moves nothing';
const another = event.replace('LIMIT 1', 'LIMIT 1, 1');
const dismiss = (id: string) => `UPDATE order_event SET state = 'dismissed', journal_id = NULL WHERE id = ${id}`;
const dismissed = dismiss(event);
const dismissal = (of: string, state: string, decidedBy: string) =>
  `INSERT INTO order_event_dismissal (event_id, state, reason, made_by, made_at, decided_by, decided_at)
   VALUES (${of}, '${state}', 'No.', 'stf_a', NOW(6), '${decidedBy}', NOW(6))`;
const WAITS = 'no event is unposted for longer than the sweep’s period';

export const ledgerTamperings: readonly Tampering[] = [
  [
    'an entry’s amount is changed',
    'every journal sums to zero per asset',
    ["UPDATE entry SET amount = amount + 1 WHERE account = 'reward-cost' LIMIT 1"],
  ],
  [
    'an entry is removed',
    'every journal has two entries or more, none of them zero',
    ["DELETE FROM entry WHERE account = 'adjustment' LIMIT 1"],
  ],
  [
    'an entry becomes zero',
    'every journal has two entries or more, none of them zero',
    ['UPDATE entry SET amount = 0 LIMIT 1'],
  ],
  ['a journal is removed', 'every entry belongs to a journal', [`DELETE FROM journal WHERE id = ${one('journal')}`]],
  ['a balance is changed', 'every balance is the sum of its entries', ['UPDATE account SET available = available + 1']],
  ['an account is removed', 'every balance is the sum of its entries', ['DELETE FROM account']],
  [
    'a statement’s balance is changed',
    'every entry says the balance that it left behind',
    ["UPDATE entry SET balance_after = balance_after + 1 WHERE account = 'available' LIMIT 1"],
  ],
  [
    'a number is skipped',
    'every merchant’s entries are numbered without a gap',
    ['UPDATE account SET version = version + 1'],
  ],
  [
    'a balance is negative',
    'no negative pending, available, reserved or held, and no positive owed',
    ['UPDATE account SET held = -1'],
  ],
  [
    'a debt is positive',
    'no negative pending, available, reserved or held, and no positive owed',
    ['UPDATE account SET owed = 1'],
  ],
  [
    'a journal is doubled',
    'one journal per business key',
    [
      "INSERT INTO journal SELECT 'jnl_zzz', business_key, kind, description, cause_type, cause_id, occurred_at, posted_at FROM journal LIMIT 1",
    ],
  ],
  [
    'a reward grows',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET granted = granted + 1 LIMIT 1'],
  ],
  [
    'more is clawed back than matured',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET clawed_back = matured + 1 LIMIT 1'],
  ],
  [
    'a reward grows with its parts',
    'a reward is what its entries say',
    ["UPDATE reward SET granted = granted + 1, pending = pending + 1 WHERE state = 'pending' LIMIT 1"],
  ],
  ['a reward is removed', 'a reward is what its entries say', [`DELETE FROM reward WHERE id = ${one('reward')}`]],
  [
    'an entry’s amount shrinks',
    'every journal sums to zero per asset',
    ["UPDATE entry SET amount = amount - 1 WHERE account = 'reward-cost' LIMIT 1"],
  ],
  ['pending grows', 'every balance is the sum of its entries', ['UPDATE account SET pending = pending + 1']],
  ['reserved grows', 'every balance is the sum of its entries', ['UPDATE account SET reserved = reserved + 1']],
  ['held grows', 'every balance is the sum of its entries', ['UPDATE account SET held = held + 1']],
  ['owed grows', 'every balance is the sum of its entries', ['UPDATE account SET owed = owed + 1']],
  [
    'pending shrinks below zero',
    'every balance is the sum of its entries',
    ['UPDATE account SET pending = pending - 100000'],
  ],
  [
    'available shrinks below zero',
    'every balance is the sum of its entries',
    ['UPDATE account SET available = available - 100000'],
  ],
  [
    'reserved shrinks below zero',
    'every balance is the sum of its entries',
    ['UPDATE account SET reserved = reserved - 100000'],
  ],
  ['held shrinks below zero', 'every balance is the sum of its entries', ['UPDATE account SET held = held - 100000']],
  ['owed shrinks below zero', 'every balance is the sum of its entries', ['UPDATE account SET owed = owed - 100000']],
  [
    'a statement’s balance is missing',
    'every entry says the balance that it left behind',
    ["UPDATE entry SET balance_after = NULL WHERE account = 'available' LIMIT 1"],
  ],
  [
    'a statement’s balance is too small',
    'every entry says the balance that it left behind',
    ["UPDATE entry SET balance_after = balance_after - 1 WHERE account = 'available' LIMIT 1"],
  ],
  [
    'a number counts less than there is',
    'every merchant’s entries are numbered without a gap',
    ['UPDATE account SET version = version - 1'],
  ],
  [
    'an entry in the middle is removed',
    'every merchant’s entries are numbered without a gap',
    ['DELETE FROM entry WHERE seq = 1'],
  ],
  [
    'an entry without a number is put in',
    'every merchant’s entries are numbered without a gap',
    [
      'INSERT INTO entry (journal_id, line, owner, asset, account, amount) SELECT journal_id, 99, owner, asset, account, 1 FROM entry WHERE seq = 1 LIMIT 1',
    ],
  ],
  [
    'the last number is too large',
    'every merchant’s entries are numbered without a gap',
    ['UPDATE entry SET seq = seq + 100 WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1'],
  ],
  [
    'the last number is too small',
    'every merchant’s entries are numbered without a gap',
    ['UPDATE entry SET seq = -seq WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1'],
  ],
  [
    'pending is negative',
    'no negative pending, available, reserved or held, and no positive owed',
    ['UPDATE account SET pending = -1'],
  ],
  [
    'available is negative',
    'no negative pending, available, reserved or held, and no positive owed',
    ['UPDATE account SET available = -1'],
  ],
  [
    'reserved is negative',
    'no negative pending, available, reserved or held, and no positive owed',
    ['UPDATE account SET reserved = -1'],
  ],
  [
    'a reward shrinks',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET granted = granted - 1 LIMIT 1'],
  ],
  [
    'pending of a reward is negative',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET matured = matured + pending + 1, pending = -1'],
  ],
  [
    'held of a reward is negative',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET matured = matured + held + 1, held = -1'],
  ],
  [
    'voided of a reward is negative',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET matured = matured + voided + 1, voided = -1'],
  ],
  [
    'less than nothing is clawed back',
    'a reward’s parts add up, and no more is taken back than there was',
    ['UPDATE reward SET clawed_back = -1'],
  ],
  [
    'a reward shrinks with its parts',
    'a reward is what its entries say',
    ["UPDATE reward SET granted = granted - 1, pending = pending - 1 WHERE state = 'pending' LIMIT 1"],
  ],
  ['a reward is called void', 'a reward’s state is what its parts say', ["UPDATE reward SET state = 'void'"]],
  [
    'a pending balance is too small',
    'a merchant’s pending balance is the sum of their pending rewards',
    ['UPDATE account SET pending = pending - 1 WHERE pending > 0'],
  ],
  [
    'a pending balance of nobody’s rewards is negative',
    'a merchant’s pending balance is the sum of their pending rewards',
    ["INSERT INTO account (merchant_id, asset, pending) VALUES ('mer_z', 'CNY', -1)"],
  ],
  [
    'a pending reward never matures',
    'nothing is pending past its maturity',
    ["UPDATE reward SET mature_at = NULL WHERE state = 'pending'"],
  ],
  [
    'an adjustment that nobody approved has a journal',
    'who approved an adjustment did not make it, and every approved one has its journal',
    [
      "INSERT INTO journal VALUES ('jnl_adj', 'adjustment:adj_1', 'adjustment', 'x', 'adjustment', 'adj_1', NOW(6), NOW(6))",
      "UPDATE adjustment SET journal_id = 'jnl_adj'",
    ],
  ],
  [
    'an adjustment was approved by nobody',
    'who approved an adjustment did not make it, and every approved one has its journal',
    [
      "INSERT INTO journal VALUES ('jnl_adj', 'adjustment:adj_1', 'adjustment', 'x', 'adjustment', 'adj_1', NOW(6), NOW(6))",
      "UPDATE adjustment SET state = 'approved', journal_id = 'jnl_adj'",
    ],
  ],
  [
    'an adjustment that waits was decided',
    'who approved an adjustment did not make it, and every approved one has its journal',
    ["UPDATE adjustment SET decided_by = 'stf_2', decided_at = NOW(6)"],
  ],
  [
    'an adjustment names another journal',
    'who approved an adjustment did not make it, and every approved one has its journal',
    [
      "INSERT INTO journal VALUES ('jnl_adj', 'adjustment:adj_1', 'adjustment', 'x', 'adjustment', 'adj_1', NOW(6), NOW(6))",
      "UPDATE adjustment SET state = 'approved', decided_by = 'stf_2', journal_id = 'jnl_zzz'",
    ],
  ],
  [
    'money moves for an adjustment that nobody approved',
    'an approved adjustment moved what was approved, and no other did',
    [
      "INSERT INTO journal VALUES ('jnl_adj', 'adjustment:adj_1', 'adjustment', 'x', 'adjustment', 'adj_1', NOW(6), NOW(6))",
      "INSERT INTO entry (journal_id, line, owner, asset, account, amount) VALUES ('jnl_adj', 1, 'mer_x', 'CNY', 'available', 5), ('jnl_adj', 2, 'platform', 'CNY', 'adjustment', -5)",
    ],
  ],
  [
    'a reward is called matured',
    'a reward’s state is what its parts say',
    ["UPDATE reward SET state = 'matured' WHERE state = 'pending'"],
  ],
  [
    'a pending balance is changed',
    'a merchant’s pending balance is the sum of their pending rewards',
    ['UPDATE account SET pending = pending + 1 WHERE pending > 0'],
  ],
  [
    'a reward is overdue',
    'nothing is pending past its maturity',
    ["UPDATE reward SET mature_at = NOW(6) - INTERVAL 1 HOUR WHERE state = 'pending'"],
  ],
  [
    'the maker approves',
    'who approved an adjustment did not make it, and every approved one has its journal',
    ['UPDATE adjustment SET decided_by = made_by, decided_at = NOW(6)'],
  ],
  [
    'an adjustment is approved without money',
    'who approved an adjustment did not make it, and every approved one has its journal',
    ["UPDATE adjustment SET state = 'approved', decided_by = 'stf_2'"],
  ],
  [
    'a journal is put in from nowhere, balanced and with its balances',
    'every journal has what brought it about',
    [
      "INSERT INTO journal VALUES ('jnl_zzz', 'zzz', 'payout-paid', 'x', 'payout', 'pay_none', NOW(6), NOW(6))",
      "INSERT INTO entry (journal_id, line, owner, asset, account, amount) VALUES ('jnl_zzz', 1, 'platform', 'CNY', 'fees', 5), ('jnl_zzz', 2, 'platform', 'CNY', 'reward-cost', -5)",
    ],
  ],
  [
    'a cause is made up',
    'every journal has what brought it about',
    [`UPDATE journal SET cause_type = 'gift' WHERE id = ${one('journal')}`],
  ],
  [
    'more is approved than moved',
    'an approved adjustment moved what was approved, and no other did',
    ["UPDATE adjustment SET state = 'approved', decided_by = 'stf_2', journal_id = 'jnl_none'"],
  ],
  [
    'an event names another journal',
    'every posted event has its journal',
    [`UPDATE order_event SET journal_id = 'jnl_other' WHERE id = ${event}`],
  ],
  [
    'an event forgets its journal',
    'every journal of an event is the one its event names',
    [`UPDATE order_event SET state = 'waiting', outcome = NULL, journal_id = NULL WHERE id = ${event}`],
  ],
  [
    'the event of a completed order is lost',
    'every completed order and every refund has its event',
    ["DELETE FROM order_event WHERE type = 'order.completed' LIMIT 1"],
  ],
  [
    'the event of a refund is lost',
    'every completed order and every refund has its event',
    ["DELETE FROM order_event WHERE type = 'order.refunded' LIMIT 1"],
  ],
  [
    'an event waits for an hour',
    'no event is unposted for longer than the sweep’s period',
    [`UPDATE order_event SET state = 'waiting', created_at = NOW(6) - INTERVAL 1 HOUR WHERE id = ${event}`],
  ],
  ['another payload is posted too', TOLD_AGAIN, POSTED_TWICE],
  [
    'another payload is posted too, beside an order of the same name at another storefront',
    TOLD_AGAIN,
    [
      ...POSTED_TWICE,
      `INSERT INTO order_event (id, order_pk, type, refund_pk, state, payload_hash, attempts, created_at)
       SELECT 'evt_y', id, 'order.completed', '', 'posted', 'y', 0, NOW(6) FROM shop_order WHERE storefront_id = 'sto_other'`,
    ],
  ],
  [
    'another payload is posted too, beside an order with two kinds of events',
    TOLD_AGAIN,
    [
      ...POSTED_TWICE,
      `INSERT INTO order_event (id, order_pk, type, refund_pk, state, payload_hash, attempts, created_at)
       SELECT 'evt_y', o.id, 'order.cancelled', '', 'posted', 'y', 0, NOW(6) FROM shop_order o
       JOIN order_event_conflict c ON c.storefront_id = o.storefront_id AND c.order_id = o.order_id WHERE c.id <> 'evt_con'`,
    ],
  ],
  ...['pending', 'reserved', 'held', 'owed'].map((account): Tampering => [
    `the balance of ${account} on a statement is changed`,
    'every entry says the balance that it left behind',
    `UPDATE entry SET balance_after = balance_after + 1 WHERE account = '${account}' LIMIT 1`,
  ]),
  [
    'an event names the journal of another one',
    'every posted event has its journal',
    `UPDATE order_event SET journal_id = (SELECT j FROM (SELECT MAX(journal_id) j FROM order_event) x) WHERE id = ${event}`,
  ],
  [
    'an event names another journal, and one that waits has none',
    'every posted event has its journal',
    [
      `UPDATE order_event SET journal_id = 'jnl_other' WHERE id = ${event}`,
      "UPDATE order_event SET state = 'waiting', journal_id = NULL WHERE outcome = 'journal' ORDER BY id DESC LIMIT 1",
    ],
  ],
  [
    'a journal is called that of another event',
    'every journal of an event is the one its event names',
    `UPDATE journal SET cause_id = (SELECT MAX(id) FROM order_event WHERE outcome = 'journal')
     WHERE id = (SELECT journal_id FROM order_event WHERE id = ${event})`,
  ],
  [
    'the events of completed orders are lost that were refunded',
    EVENTS,
    "DELETE FROM order_event WHERE type = 'order.completed' AND order_pk IN (SELECT order_pk FROM refund)",
  ],
  [
    'the event of one of two refunds is lost',
    EVENTS,
    `DELETE FROM order_event WHERE type = 'order.refunded'
     AND order_pk IN (SELECT order_pk FROM refund GROUP BY order_pk HAVING COUNT(*) > 1) LIMIT 1`,
  ],
  [
    'a refund is of another order',
    EVENTS,
    "UPDATE order_event SET order_pk = 'ord_x' WHERE type = 'order.refunded' LIMIT 1",
  ],
  [
    'a refund is called otherwise',
    EVENTS,
    "UPDATE order_event SET type = 'order.x' WHERE type = 'order.refunded' LIMIT 1",
  ],
  ...['matured', 'pending'].flatMap((state): Tampering[] => [
    [
      `a ${state} reward is another merchant’s`,
      REWARD,
      `UPDATE reward SET merchant_id = 'mer_x' WHERE state = '${state}' LIMIT 1`,
    ],
    [
      `a ${state} reward is of an asset before its own`,
      REWARD,
      `UPDATE reward SET asset = 'AAA' WHERE state = '${state}' LIMIT 1`,
    ],
    [
      `a ${state} reward is of an asset after its own`,
      REWARD,
      `UPDATE reward SET asset = 'ZZZ' WHERE state = '${state}' LIMIT 1`,
    ],
  ]),
  ['every event is old, and one waits', WAITS, 'UPDATE order_event SET created_at = NOW(6) - INTERVAL 1 HOUR'],
  [
    'an event is set aside for an hour',
    WAITS,
    `UPDATE order_event SET state = 'parked', created_at = NOW(6) - INTERVAL 1 HOUR WHERE id = ${event}`,
  ],
  ['an event is dismissed by nobody', DISMISSED, [dismissal("'evt_x'", 'approved', 'stf_b'), dismissed]],
  ['an event is dismissed that should not be', DISMISSED, [dismissal(event, 'rejected', 'stf_b'), dismissed]],
  [
    'one person dismisses an event, beside one that two people have dismissed',
    DISMISSED,
    [dismissal(event, 'approved', 'stf_a'), dismissed, dismissal(another, 'approved', 'stf_b'), dismiss(another)],
  ],
  [
    'an event is dismissed that has moved money',
    DISMISSED,
    [dismissal(event, 'approved', 'stf_b'), `UPDATE order_event SET state = 'dismissed' WHERE id = ${event}`],
  ],
];

/** Branches that change nothing, and why. */
export const ledgerEquivalents = {
  'never: matured < 0': 'what is clawed back is then more than matured, or below zero itself',
  "only >: urnal_id = j.id AND e.account <> 'adjustment' WHERE j.cause_": 'every account of a merchant sorts after it',
};
