import { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import type { SqlInvariant } from '../../src/finance/audit/invariant.js';
import { causeInvariants } from '../../src/finance/audit/cause-invariants.js';
import { eventInvariants } from '../../src/finance/audit/event-invariants.js';
import { ledgerInvariants } from '../../src/finance/audit/ledger-invariants.js';
import { rewardInvariants } from '../../src/finance/audit/reward-invariants.js';
import { rewardTallyInvariants } from '../../src/finance/rewards/reward-tally-invariants.js';
import { holdInvariants } from '../../src/finance/holds/hold-invariants.js';
import { bankReportInvariants } from '../../src/finance/bank-reports/bank-report-invariants.js';
import { couponInvariants } from '../../src/finance/coupons/coupon-invariants.js';
import { payoutInvariants } from '../../src/finance/payouts/payout-invariants.js';
import { pointsInvariants } from '../../src/finance/points/points-invariants.js';
import { redemptionInvariants } from '../../src/finance/redemptions/redemption-invariants.js';
import { newId } from '../../src/shared/ids.js';
import { branchesOf } from '../support/audit-branches.js';
import { insertEvents, insertRule, waitingEvents } from '../support/order-events.js';
import { auditThrough, posterOn } from '../support/poster.js';
import { createTestDatabase } from '../support/test-database.js';

let databaseUrl: string;
let dataSource: DataSource;
const seen = new Set<string>();

/** What keeps the tables from being wrong, so that they can be made wrong. */
const GUARDS = [
  ...['pending', 'available', 'reserved', 'held', 'owed'].map(
    (name) => `ALTER TABLE account DROP CONSTRAINT ck_account_${name}`,
  ),
  ...['parts', 'clawback', 'sign'].map((name) => `ALTER TABLE reward DROP CONSTRAINT ck_reward_${name}`),
  'ALTER TABLE journal DROP INDEX uq_journal_business_key',
  'ALTER TABLE order_event DROP INDEX uq_order_event_natural',
];

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  dataSource = await createDataSource({ url: databaseUrl, poolSize: 3, entities }).initialize();
  const merchantId = newId('merchant');
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], {
    merchant: merchantId,
    product: 'direct',
  });
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 500 }], { merchant: merchantId }, 30);
  const direct = [{ sku: 'direct', lineTotal: 1_000 }];
  await insertEvents(dataSource, [
    { merchantId, amountPaid: 1_000, lines: direct, refunds: [100, 300] },
    { merchantId, amountPaid: 1_000, refunds: [500] },
    { merchantId, amountPaid: 1_000, merchantState: 'suspended' },
    { merchantId: null, amountPaid: 1_000 },
  ]);
  await posterOn(dataSource, databaseUrl).posting.postOrderEvents(await waitingEvents(dataSource));
  await dataSource.query(
    `INSERT INTO adjustment (id, merchant_id, asset, amount, reason, state, made_by, made_at)
     VALUES ('adj_1', 'mer_x', 'CNY', 1, 'r', 'awaiting-approval', 'stf_1', NOW(6))`,
  );
  for (const guard of GUARDS) await dataSource.query(guard);
});
afterAll(() => dataSource.destroy());

const one = (table: string) => `(SELECT id FROM (SELECT id FROM ${table} ORDER BY id LIMIT 1) x)`;
const event = "(SELECT id FROM (SELECT id FROM order_event WHERE outcome = 'journal' ORDER BY id LIMIT 1) x)";

const TAMPERINGS: [what: string, title: string, sql: string[]][] = [
  [
    'an entry’s amount is changed',
    'every journal sums to zero per asset',
    ["UPDATE entry SET amount = amount + 1 WHERE account = 'reward-cost' LIMIT 1"],
  ],
  [
    'an entry is removed',
    'every journal has two entries or more, none of them zero',
    ["DELETE FROM entry WHERE account = 'reward-cost' LIMIT 1"],
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
    'an adjustment names another journal',
    'who approved an adjustment did not make it, and every approved one has its journal',
    [
      "INSERT INTO journal VALUES ('jnl_adj', 'adjustment:adj_1', 'adjustment', 'x', 'adjustment', 'adj_1', NOW(6), NOW(6))",
      "UPDATE adjustment SET state = 'approved', decided_by = 'stf_2', journal_id = 'jnl_zzz'",
    ],
  ],
  [
    'money moves for an adjustment that nobody approved',
    'an approved adjustment moved what was approved, and nobody else’s did',
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
    'an approved adjustment moved what was approved, and nobody else’s did',
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
  [
    'another payload is posted too',
    'what was told again with other content was posted once',
    [
      `INSERT INTO order_event (id, order_pk, type, refund_pk, state, payload_hash, attempts, created_at)
       SELECT 'evt_zzz', order_pk, type, refund_pk, 'posted', 'y', 0, created_at FROM order_event WHERE type = 'order.completed' LIMIT 1`,
      `INSERT INTO order_event_conflict (id, storefront_id, order_id, type, refund_id, known_hash, other_hash, key_id, times_seen, first_seen_at, last_seen_at)
       SELECT 'evt_con', o.storefront_id, o.order_id, e.type, '', 'x', 'y', 'key', 1, NOW(6), NOW(6)
       FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE e.id = 'evt_zzz'`,
    ],
  ],
];

describe('the audit', () => {
  it('is clean, and names every invariant', async () => {
    const audit = await auditThrough(dataSource.manager, databaseUrl).runAudit();
    expect(audit.items.filter((item) => item.count > 0)).toEqual([]);
    expect(audit.clean).toBe(true);
    expect([...new Set(audit.items.map((item) => item.invariant))]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ]);
  });

  it.each(TAMPERINGS)('sees that %s', async (_what, title, statements) => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      for (const sql of statements) await runner.query(sql);
      const audit = await auditThrough(runner.manager, databaseUrl).runAudit();
      const item = audit.items.find((candidate) => candidate.title === title);
      expect(item).toMatchObject({ title, offenders: expect.arrayContaining([expect.any(String)]) });
      expect(audit.clean).toBe(false);
      seen.add(title);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  });

  it('has been seen to fail in every invariant but those that have tests of their own', async () => {
    const audit = await auditThrough(dataSource.manager, databaseUrl).runAudit();
    const elsewhere = [
      ...payoutInvariants,
      ...pointsInvariants(1),
      ...redemptionInvariants,
      ...rewardTallyInvariants,
      ...holdInvariants,
      ...bankReportInvariants,
      ...couponInvariants(1),
    ];
    const others = new Set(elsewhere.map(({ title }) => title));
    const mine = audit.items.map(({ title }) => title).filter((title) => !others.has(title));
    expect(mine.filter((title) => !seen.has(title))).toEqual([]);
    expect(audit.clean).toBe(true);
  });

  it('counts all offenders, and shows twenty', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    for (let i = 0; i < 30; i += 1)
      await runner.query(
        "INSERT INTO entry (journal_id, line, owner, asset, account, amount) VALUES (?, 1, 'platform', 'CNY', 'fees', 1)",
        [`jnl_orphan${i}`],
      );
    const audit = await auditThrough(runner.manager, databaseUrl).runAudit();
    const item = audit.items.find(({ title }) => title === 'every entry belongs to a journal');
    expect([item?.count, item?.offenders.length]).toEqual([30, 20]);
    await runner.rollbackTransaction();
    await runner.release();
  });
});

/** Branches that change nothing, and why. */
const EQUIVALENT: Record<string, string> = {
  'never: matured < 0': 'what is clawed back is then more than matured, or below zero itself',
  "only >: urnal_id = j.id AND e.account <> 'adjustment' WHERE j.cause_": 'every account of a merchant sorts after it',
};

describe('every branch of an invariant', () => {
  const invariants: SqlInvariant[] = [
    ...ledgerInvariants,
    ...rewardInvariants(15),
    ...eventInvariants(15),
    ...causeInvariants,
  ];

  it.each(invariants)('sees something that the others do not: $title', async ({ title, sql }) => {
    const living = new Map(branchesOf(sql).map((branch) => [branch.what, branch.sql]));
    const books = [[], ...TAMPERINGS.filter(([, other]) => other === title).map(([, , statements]) => statements)];
    for (const statements of books) {
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      const found = async (query: string) =>
        JSON.stringify((await runner.query(`SELECT * FROM (${query}) o`)) as object);
      try {
        for (const statement of statements) await runner.query(statement);
        const right = await found(sql);
        for (const [what, changed] of living) if ((await found(changed)) !== right) living.delete(what);
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    }
    expect([...living.keys()].filter((what) => EQUIVALENT[what] === undefined)).toEqual([]);
  });
});
