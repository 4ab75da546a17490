import type { DataSource, EntityManager } from 'typeorm';
import { OrderReader, type CompletedKey } from '../../src/detection/orders/order-reader.js';
import { JournalRepository } from '../../src/finance/ledger/statements/journal.repository.js';
import { LedgerRepository } from '../../src/finance/ledger/ledger.repository.js';
import { PayoutTrailRepository } from '../../src/finance/payouts/balances/payout-trail.repository.js';
import { PointsLotRepository } from '../../src/finance/assets/points/points-lot.repository.js';
import { RewardRepository, type DueKey } from '../../src/finance/rewards/reward.repository.js';
import { MonthStatementRepository } from '../../src/finance/ledger/statements/month-statement.repository.js';
import { StatementRepository } from '../../src/finance/ledger/statements/statement.repository.js';
import { newId } from '../../src/shared/ids.js';
import { insertEvents, insertRule, insertStorefront, waitingEvents } from '../support/order-events.js';
import { Poster } from '../support/poster.js';
import { analyzeTables, rowsRead } from '../support/rows-read.js';
import { createTestDatabase } from '../support/test-database.js';

const ORDERS = 400;
const MERCHANT = newId('merchant');
const EMPTY_MONTH = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
const SHORT_MONTH = { from: new Date('2026-02-01T00:00:00Z'), to: new Date('2026-03-01T00:00:00Z') };

let poster: Poster;
let dataSource: DataSource;
let months: MonthStatementRepository;
let statements: StatementRepository;
let rewards: RewardRepository;
let journals: JournalRepository;
let trail: PayoutTrailRepository;
let lots: PointsLotRepository;
let accounts: LedgerRepository;

/** What is asked of a merchant's books, a page or an answer at a time. */
const READS: [string, (tx: EntityManager) => Promise<unknown>][] = [
  ['the list of months', (tx) => months.findFirstPosting(tx, MERCHANT)],
  ['an empty month', (tx) => months.findPeriods(tx, MERCHANT, EMPTY_MONTH)],
  ['a month of few entries', (tx) => months.findPeriods(tx, MERCHANT, SHORT_MONTH)],
  ['the entries', (tx) => statements.findEntries(tx, MERCHANT, {}, null, 20)],
  ['the balances', (tx) => accounts.findAccounts(tx, MERCHANT)],
  ['the debts', (tx) => statements.findOwedEntries(tx, MERCHANT, 'CNY')],
  ['what is in transit', (tx) => trail.findInTransit(tx, MERCHANT)],
  ['what was paid out', (tx) => trail.findPaidOut(tx, MERCHANT)],
  ['the payout of a reward', (tx) => trail.findPayoutAfter(tx, { merchantId: MERCHANT, asset: 'CNY', seq: 1n })],
  ['the pending rewards', (tx) => rewards.list(tx, { state: 'pending' }, { limit: 20, after: null })],
  [
    'a merchant’s pending rewards',
    (tx) => rewards.list(tx, { state: 'pending', merchantId: MERCHANT }, { limit: 20, after: null }),
  ],
  ['a merchant’s rewards', (tx) => rewards.list(tx, { merchantId: MERCHANT }, { limit: 20, after: null })],
  ['the rewards that are due', (tx) => rewards.findDue(tx, null, 20)],
  ['journals of a period', (tx) => journals.findPosted(tx, SHORT_MONTH, null, 20)],
  ['what a period adds up to', (tx) => journals.sumPosted(tx, SHORT_MONTH)],
  ['journals of a reward', (tx) => journals.list(tx, { reward: 'rwd_none' }, null, 20)],
  ['journals of a payout', (tx) => journals.list(tx, { payout: 'pay_none' }, null, 20)],
  ['the lots that a refund uses', (tx) => lots.readForUse(tx, new Map([[MERCHANT, 7n]]))],
];

beforeAll(async () => {
  poster = await Poster.start(await createTestDatabase());
  dataSource = poster.dataSource;
  months = poster.get(MonthStatementRepository);
  statements = poster.get(StatementRepository);
  rewards = poster.get(RewardRepository);
  journals = poster.get(JournalRepository);
  trail = poster.get(PayoutTrailRepository);
  lots = poster.get(PointsLotRepository);
  accounts = poster.get(LedgerRepository);
  await insertStorefront(dataSource);
  await insertRule(dataSource, [
    { asset: 'CNY', kind: 'percent', rateBps: 1000 },
    { asset: 'POINTS', kind: 'fixed', amount: 5 },
  ]);
});
afterAll(() => poster.close());

/** Orders of January of the merchant and of others. */
async function addOrders(count: number, postedAt = '2026-01-15 00:00:00'): Promise<void> {
  const events = Array.from({ length: count }, () => [
    { merchantId: MERCHANT, amountPaid: 1_000 },
    { merchantId: newId('merchant'), amountPaid: 1_000 },
  ]);
  await insertEvents(dataSource, events.flat());
  await poster.posting.postOrderEvents(await waitingEvents(dataSource));
  await dataSource.query("UPDATE journal SET posted_at = ? WHERE posted_at > '2026-06-01'", [postedAt]);
}

it('what is asked of a merchant of a long life reads no more than of one of half that life', async () => {
  const runner = dataSource.createQueryRunner();
  const read = async () => {
    // Few that are pending, behind all those that are not.
    await dataSource.query("UPDATE reward SET state = 'matured'");
    await dataSource.query("UPDATE reward SET state = 'pending' ORDER BY id DESC LIMIT 150");
    await analyzeTables(dataSource.manager);
    const rows = new Map<string, number>();
    for (const [name, work] of READS) rows.set(name, await rowsRead(runner.manager, work));
    return rows;
  };
  await addOrders(ORDERS);
  await addOrders(3, '2026-02-10 00:00:00');
  const half = await read();
  await dataSource.query("UPDATE journal SET posted_at = '2026-01-20' WHERE posted_at >= '2026-02-01'");
  await addOrders(ORDERS);
  await addOrders(3, '2026-02-10 00:00:00');
  const whole = await read();
  await runner.release();
  const growth = [...whole].map(([name, rows]) => ({ name, more: rows - (half.get(name) ?? 0), rows }));
  // Halving looks at one place more in each asset, at each end.
  expect(growth.filter(({ more }) => more > 50)).toEqual([]);
  expect(growth.filter(({ rows }) => rows > 500)).toEqual([]);
});

it('rows that share an instant come once each, however the pages fall', async () => {
  await addOrders(100);
  await dataSource.query("UPDATE reward SET state = 'pending', mature_at = '2026-01-01'");
  const due: string[] = [];
  for (let after: DueKey | null = null; ;) {
    const page: DueKey[] = await rewards.findDue(dataSource.manager, after, 97);
    due.push(...page.map(({ id }) => id));
    after = page.at(-1) ?? null;
    if (page.length < 97) break;
  }
  const all: { id: string }[] = await dataSource.query('SELECT id FROM reward ORDER BY id');
  expect(due).toEqual(all.map(({ id }) => id));

  await dataSource.query("UPDATE shop_order SET completed_at = '2026-01-01 00:00:00.123456'");
  const orders = poster.get(OrderReader);
  const year = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z'), storefrontId: null };
  const completed: string[] = [];
  for (let after: CompletedKey | null = null; ;) {
    const page = await orders.findCompleted(year, after, 97);
    completed.push(...page.orders.map(({ order }) => order.id));
    after = page.last;
    if (page.orders.length < 97) break;
  }
  const placed: { id: string }[] = await dataSource.query('SELECT id FROM shop_order ORDER BY id');
  expect(completed).toEqual(placed.map(({ id }) => id));
});

it('the use of points reads lots until they suffice, those that expire first, what never expires last', async () => {
  const merchant = newId('merchant');
  const day = (days: number) => new Date(Date.UTC(2030, 0, 1 + days));
  const rows = Array.from({ length: 120 }, (_, i) => [
    `lot_${String(i).padStart(3, '0')}`,
    i < 20 ? null : day(200 - i),
  ]);
  for (const [id, expires] of rows)
    await dataSource.query(
      `INSERT INTO points_lot (id, merchant_id, journal_id, issued, remaining, redeemed, expired, taken_back, state, issued_at, expires_at)
        VALUES (?, ?, 'opening', 10, 10, 0, 0, 0, 'open', NOW(6), ?)`,
      [id, merchant, expires],
    );
  const other = newId('merchant');
  const used = async (points: bigint) => {
    const need = new Map([
      [merchant, points],
      [other, 1n],
    ]);
    const { lots: read } = await lots.readForUse(dataSource.manager, need);
    return read.map(({ id }) => id);
  };
  const inOrder = [...rows.slice(20).reverse(), ...rows.slice(0, 20)].map(([id]) => id);
  for (const points of [1n, 320n, 321n, 999n, 1_001n, 1_200n, 5_000n]) {
    const read = await used(points);
    expect(read).toEqual(inOrder.slice(0, read.length));
    expect(BigInt(read.length) * 10n >= (points < 1_200n ? points : 1_200n)).toBe(true);
  }
  expect((await used(1n)).length).toBeLessThan(50);
});
