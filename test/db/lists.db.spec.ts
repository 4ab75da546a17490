import type { Type } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLogRepository } from '../../src/access/audit-log.repository.js';
import { OrderListRepository, type OrderFilter } from '../../src/detection/orders/order-list.repository.js';
import { VisitRepository, type VisitFilter } from '../../src/detection/visits/visit.repository.js';
import { FinanceModule } from '../../src/finance/index.js';
import { JournalRepository } from '../../src/finance/ledger/statements/journal.repository.js';
import { StatementRepository } from '../../src/finance/ledger/statements/statement.repository.js';
import { PayoutRepository } from '../../src/finance/payouts/payout.repository.js';
import { RewardRepository } from '../../src/finance/rewards/reward.repository.js';
import { newId } from '../../src/shared/ids.js';
import type { MomentKey } from '../../src/shared/page.js';
import { insertRows } from '../support/insert-rows.js';
import { fullScans } from '../support/plans.js';
import { analyzeTables, rowsRead } from '../support/rows-read.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

const ROWS = 6_000;
const SHOPS = [newId('storefront'), newId('storefront')] as const;
const MERCHANTS = Array.from({ length: 20 }, () => newId('merchant'));
const NOON = Date.UTC(2026, 4, 1, 12);
const STAFF = [newId('staff'), newId('staff')] as const;
/** A minute apart. */
const at = (n: number) => new Date(NOON + n * 60_000);
const LATE = { from: at(ROWS - 3_000), to: at(ROWS - 2_900) };

let dataSource: DataSource;
let rooms: TestingModule;
let orders: OrderListRepository;
let visits: VisitRepository;
let rewards: RewardRepository;
let journals: JournalRepository;
let statements: StatementRepository;
let payouts: PayoutRepository;
let auditLog: AuditLogRepository;

beforeAll(async () => {
  const url = await createTestDatabase();
  rooms = await startRooms(testConfig(url, { DATABASE_POOL_SIZE: '3' }), FinanceModule);
  dataSource = rooms.get(DataSource);
  const find = <T>(type: Type<T>) => rooms.get(type, { strict: false });
  orders = find(OrderListRepository);
  visits = find(VisitRepository);
  rewards = find(RewardRepository);
  journals = find(JournalRepository);
  statements = find(StatementRepository);
  payouts = find(PayoutRepository);
  auditLog = find(AuditLogRepository);
  const tx = dataSource.manager;
  const numbers = Array.from({ length: ROWS }, (_, n) => n);
  const merchantOf = (n: number) => (n % 3 === 0 ? null : (MERCHANTS[n % 20] ?? null));
  // Few that are placed or cancelled, and those long ago.
  const stateOf = (n: number) => (n < 100 ? 'placed' : n < 150 ? 'cancelled' : 'completed');
  const ids = numbers.map(() => newId('order'));
  await insertRows(
    tx,
    'shop_order',
    ['id', 'storefront_id', 'order_id', 'state', 'content_hash', 'currency', 'order_lines', 'lines_total', 'shipping', 'tax', 'merchant_id', 'placed_at', 'revision'], // prettier-ignore
    numbers.map((n) => [
      ids[n],
      SHOPS[n % 2],
      `o-${n}`,
      stateOf(n),
      'x',
      'CNY',
      '[]',
      1,
      0,
      0,
      merchantOf(n),
      at(n),
      1,
    ]),
  );
  await insertRows(
    tx,
    'visit',
    ['id', 'storefront_id', 'merchant_id', 'via', 'code_status', 'answers', 'created_at'],
    numbers.map((n) => [newId('visit'), SHOPS[n % 2], merchantOf(n), merchantOf(n) && 'code', 'known', 0, at(n)]),
  );
  await insertRows(
    tx,
    'reward',
    ['id', 'merchant_id', 'order_pk', 'storefront_id', 'asset', 'rule_id', 'rule_version', 'posting', 'granted', 'pending', 'held', 'matured', 'voided', 'clawed_back', 'state', 'explanation', 'created_at', 'version'], // prettier-ignore
    numbers.map((n) => [newId('reward'), MERCHANTS[n % 20], ids[n], SHOPS[n % 2], 'CNY', 'rrl', 1, 'direct', 1, 0, 0, 1, 0, 0, n < 100 ? 'held' : 'matured', '{}', at(n), 1]), // prettier-ignore
  );
  const journalIds = numbers.map(() => newId('journal'));
  await insertRows(
    tx,
    'journal',
    ['id', 'business_key', 'kind', 'description', 'cause_type', 'cause_id', 'occurred_at', 'posted_at'],
    numbers.map((n) => [journalIds[n], `k-${n}`, n < 100 ? 'void' : 'reward', 'x', 'reward', `c-${n}`, at(n), at(n)]),
  );
  await insertRows(
    tx,
    'entry',
    ['journal_id', 'line', 'owner', 'asset', 'account', 'amount', 'seq', 'balance_after'],
    numbers.map((n) => [journalIds[n], 1, MERCHANTS[n % 20], 'CNY', 'available', 1, n, n]),
  );
  await insertRows(
    tx,
    'payout_batch',
    ['id', 'currency', 'rail', 'state', 'min_amount', 'payout_count', 'control_sum', 'skipped_count', 'message_id', 'debtor_hash', 'made_by', 'made_at'], // prettier-ignore
    numbers.map((n) => [newId('payoutBatch'), 'CNY', 'csv-file', n < 100 ? 'draft' : 'submitted', 1, 1, 1, 0, `m-${n}`, 'x', 'stf', at(n)]), // prettier-ignore
  );
  await insertRows(
    tx,
    'audit_log',
    ['id', 'at', 'actor_kind', 'actor_id', 'action', 'subject'],
    // One person and one action are long ago.
    numbers.map((n) => [newId('auditLog'), at(n), n % 4 === 0 ? 'system' : 'staff', n % 4 === 0 ? null : n < 100 ? STAFF[0] : STAFF[1], n < 80 ? 'staff.created' : 'merchant.suspended', MERCHANTS[n % 20]]), // prettier-ignore
  );
  await analyzeTables(tx);
});
afterAll(() => rooms.close());

const all = { storefrontIds: SHOPS };
const page = { limit: 50, after: null };
const merchantId = MERCHANTS[1] ?? newId('merchant');
/** A place in the middle. */
const middle: MomentKey = { at: '2026-05-03 12:00:00.000000', id: 'zzz' };

const ORDERS: Record<string, OrderFilter> = {
  all,
  'of a storefront': { storefrontIds: [SHOPS[0]] },
  'placed long ago, of all storefronts': { ...all, state: 'placed' },
  'cancelled long ago, of one': { storefrontIds: [SHOPS[1]], state: 'cancelled' },
  'of a merchant': { ...all, merchantId },
  'of a period': { ...all, ...LATE },
  'of a merchant’s period': { ...all, merchantId, ...LATE },
  'of a number': { ...all, orderId: 'o-77' },
};
const VISITS: Record<string, VisitFilter> = {
  all,
  'of a storefront': { storefrontIds: [SHOPS[0]] },
  'of a merchant': { ...all, merchantId },
  'that nobody brought': { ...all, attributed: false },
  'that somebody brought': { ...all, attributed: true, via: 'code' },
  'of a period': { ...all, ...LATE },
};
const LISTS: [string, (tx: EntityManager) => Promise<unknown>][] = [
  ...Object.entries(ORDERS).flatMap(([name, filter]): typeof LISTS => [
    [`orders ${name}`, (tx) => orders.list(tx, filter, null, 51)],
    [`orders ${name}, from a place on`, (tx) => orders.list(tx, filter, middle, 51)],
  ]),
  ...Object.entries(VISITS).flatMap(([name, filter]): typeof LISTS => [
    [`visits ${name}`, (tx) => visits.list(tx, filter, null, 51)],
    [`visits ${name}, from a place on`, (tx) => visits.list(tx, filter, middle, 51)],
  ]),
  ['rewards', (tx) => rewards.list(tx, { newestFirst: true }, page)],
  ['rewards of a period', (tx) => rewards.list(tx, LATE, page)],
  ['rewards on hold', (tx) => rewards.list(tx, { state: 'held', newestFirst: true }, page)],
  ['rewards of a merchant’s period', (tx) => rewards.list(tx, { merchantId, ...LATE }, page)],
  ['journals', (tx) => journals.list(tx, { newestFirst: true }, null, 51)],
  ['journals of a kind', (tx) => journals.list(tx, { kind: 'void', newestFirst: true }, null, 51)],
  ['journals of a period', (tx) => journals.list(tx, LATE, null, 51)],
  ['entries, the latest first', (tx) => statements.findEntries(tx, merchantId, { newestFirst: true }, null, 51)],
  ['the audit log', (tx) => auditLog.list(tx, {}, null, 51)],
  ['the audit log, from a place on', (tx) => auditLog.list(tx, {}, middle, 51)],
  ['the audit log of who did something long ago', (tx) => auditLog.list(tx, { actor: STAFF[0] }, null, 51)],
  ['the audit log of a kind of caller', (tx) => auditLog.list(tx, { actorKind: 'system' }, middle, 51)],
  ['the audit log of an action', (tx) => auditLog.list(tx, { action: 'staff.created' }, null, 51)],
  ['the audit log of a merchant', (tx) => auditLog.list(tx, { subject: merchantId }, middle, 51)],
  ['the audit log of a period', (tx) => auditLog.list(tx, LATE, null, 51)],
  ['payout batches', (tx) => payouts.findBatchKeys(tx, {}, null, 51)],
  ['drafts', (tx) => payouts.findBatchKeys(tx, { state: 'draft' }, null, 51)],
  ['payout batches of a period', (tx) => payouts.findBatchKeys(tx, LATE, null, 51)],
];

it.each(LISTS)('a page of %s reads little more than itself, and scans nothing', async (_name, work) => {
  const runner = dataSource.createQueryRunner();
  try {
    expect(await fullScans(runner.manager, work)).toEqual([]);
    expect(await rowsRead(runner.manager, work)).toBeLessThan(700);
  } finally {
    await runner.release();
  }
});

it.each([
  ['orders', (after: MomentKey | null) => orders.list(dataSource.manager, all, after, 97)],
  ['visits', (after: MomentKey | null) => visits.list(dataSource.manager, all, after, 97)],
])('%s that share an instant come once each, over all storefronts, the latest first', async (name, list) => {
  const table = name === 'orders' ? 'shop_order' : 'visit';
  const column = name === 'orders' ? 'placed_at' : 'created_at';
  await dataSource.query(`UPDATE ${table} SET ${column} = '2026-05-01 00:00:00.123456' ORDER BY id LIMIT 500`);
  const listed: string[] = [];
  for (let after: MomentKey | null = null; ;) {
    const rows: { id: string; key: MomentKey }[] = await list(after);
    listed.push(...rows.map(({ id }) => id));
    after = rows.at(-1)?.key ?? null;
    if (rows.length < 97) break;
  }
  const rows: { id: string }[] = await dataSource.query(`SELECT id FROM ${table} ORDER BY ${column} DESC, id DESC`);
  expect(listed).toEqual(rows.map(({ id }) => id));
});
