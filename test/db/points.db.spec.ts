import type { Type } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { checkInvariant } from '../../src/finance/audit/all-invariants.js';
import { ledgerInvariants } from '../../src/finance/ledger/ledger-invariants.js';
import { clawbackEntries, creditEntries, operatorEntry, type Book } from '../../src/finance/ledger/book.js';
import type { JournalKind } from '../../src/finance/ledger/journal.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { MerchantRegistry } from '../../src/database/merchants/merchant-registry.js';
import { AssetsModule } from '../../src/finance/assets/assets.module.js';
import { PointsExpiryService } from '../../src/finance/assets/points/points-expiry.service.js';
import { pointsInvariants } from '../../src/finance/assets/points/points-invariants.js';
import { redemptionInvariants } from '../../src/finance/assets/redemptions/redemption-invariants.js';
import { RedemptionReversalService } from '../../src/finance/assets/redemptions/redemption-reversal.service.js';
import { RedemptionService } from '../../src/finance/assets/redemptions/redemption.service.js';
import { newId, type MerchantId, type StorefrontId } from '../../src/shared/ids.js';
import { AnyMerchant, roomsOf } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

const asset = 'POINTS';
const INVARIANTS = [...ledgerInvariants, ...pointsInvariants(600), ...redemptionInvariants];

let room: TestingModule;
let dataSource: DataSource;
let unitOfWork: UnitOfWork;
let ledger: Ledger;
let expiry: PointsExpiryService;
let redemptions: RedemptionService;
let reversals: RedemptionReversalService;
let lifetime: { pointsLifetimeDays: number | null };

beforeAll(async () => {
  const config = { ...testConfig(await createTestDatabase(), { YINKE_LOG_LEVEL: 'silent' }), pointsLifetimeDays: 30 };
  lifetime = config;
  room = await roomsOf(config, [AssetsModule]).overrideProvider(MerchantRegistry).useValue(new AnyMerchant()).compile();
  await room.init();
  const get = <T>(type: Type<T>): T => room.get(type, { strict: false });
  dataSource = get(DataSource);
  unitOfWork = get(UnitOfWork);
  ledger = get(Ledger);
  expiry = get(PointsExpiryService);
  redemptions = get(RedemptionService);
  reversals = get(RedemptionReversalService);
});
afterEach(async () => {
  lifetime.pointsLifetimeDays = 30;
  expect(await offenders(dataSource.manager)).toEqual([]);
});
afterAll(() => room.close());

async function offenders(tx: EntityManager): Promise<string[]> {
  const found = [];
  for (const invariant of INVARIANTS) {
    const result = await checkInvariant((sql) => tx.query(sql), invariant);
    found.push(...result.offenders.map((offender) => `${result.title}: ${offender}`));
  }
  return found;
}

let keys = 0;
function entry(book: Book, merchantId: MerchantId, amount: bigint, of = asset, kind: JournalKind = 'reward'): void {
  keys += 1;
  const mine =
    amount > 0n
      ? creditEntries(book, { merchantId, asset: of, amount })
      : clawbackEntries(book, { merchantId, asset: of, amount: -amount });
  book.post({
    businessKey: `test:${keys}`,
    kind,
    description: 'A test.',
    occurredAt: new Date(),
    cause: { type: 'order-event', id: `evt_${keys}` },
    entries: [...mine, operatorEntry('reward-cost', { asset: of, amount: -amount })],
  });
}

const move = (merchantId: MerchantId, amount: bigint, of = asset) =>
  unitOfWork.run((tx) => ledger.post(tx, [{ merchantId, asset: of }], (book) => entry(book, merchantId, amount, of)));

/** A merchant with points; `days` is what is left of the life of each lot, negative: past. */
async function merchantWith(...lots: [amount: bigint, days: number | null][]): Promise<MerchantId> {
  const merchantId = newId('merchant');
  for (const [amount, days] of lots) {
    lifetime.pointsLifetimeDays = 1;
    await move(merchantId, amount);
    await dataSource.query(
      `UPDATE points_lot SET expires_at = NOW(6) + INTERVAL ? HOUR WHERE merchant_id = ? ORDER BY id DESC LIMIT 1`,
      [days === null ? null : days * 24, merchantId],
    );
  }
  return merchantId;
}

async function lotsOf(merchantId: MerchantId): Promise<number[][]> {
  const rows: Record<string, string>[] = await dataSource.query(
    'SELECT issued, remaining, redeemed, expired, taken_back FROM points_lot WHERE merchant_id = ? ORDER BY id',
    [merchantId],
  );
  return rows.map((row) =>
    ['issued', 'remaining', 'redeemed', 'expired', 'taken_back'].map((name) => Number(row[name])),
  );
}

async function available(merchantId: MerchantId): Promise<number> {
  const [row] = await dataSource.query<{ available: string }[]>(
    'SELECT available FROM account WHERE merchant_id = ? AND asset = ?',
    [merchantId, asset],
  );
  return Number(row?.available);
}

const redeem = (merchantId: MerchantId, redemptionId: string, amount: number) =>
  redemptions.redeem('sto_a', merchantId, { redemptionId, asset, amount });
const reverse = (merchantId: MerchantId, redemptionId: string, more: object = {}) =>
  reversals.reverse('sto_a', merchantId, redemptionId, { reason: 'A mistake.', ...more });

describe('points', () => {
  it('are used first to expire first, and what a refund takes back too', async () => {
    const merchant = await merchantWith([100n, null], [50n, 20], [30n, 10]);
    await redeem(merchant, newId('order'), 40);
    await move(merchant, -60n);
    expect(await lotsOf(merchant)).toEqual([
      [100, 80, 0, 0, 20],
      [50, 0, 10, 0, 40],
      [30, 0, 30, 0, 0],
    ]);
  });

  it('pay what is owed before they make a lot', async () => {
    const merchant = await merchantWith([10n, 5]);
    await move(merchant, -25n);
    await move(merchant, 20n);
    expect(await lotsOf(merchant)).toEqual([
      [10, 0, 0, 0, 10],
      [5, 5, 0, 0, 0],
    ]);
  });

  it('lapse once when four workers look at the same time, and leave what has not come to its day', async () => {
    const merchants = await Promise.all(
      Array.from({ length: 12 }, () => merchantWith([7n, -1], [5n, -2], [11n, 3], [13n, null])),
    );
    const counts = await Promise.all([1, 2, 3, 4].map(() => expiry.expirePoints()));
    expect(counts.reduce((a, b) => a + b, 0)).toBe(24);
    expect(await expiry.expirePoints()).toBe(0);
    for (const merchant of merchants) {
      expect(await available(merchant)).toBe(24);
      expect((await lotsOf(merchant)).map(([, remaining, , expired]) => [remaining, expired])).toEqual([
        [0, 7],
        [0, 5],
        [11, 0],
        [13, 0],
      ]);
    }
  });

  it('are never used twice when storefronts redeem and the sweep runs at once', async () => {
    const merchant = await merchantWith([50n, -1], [50n, 5]);
    const answers = await Promise.allSettled([
      ...Array.from({ length: 20 }, () => redeem(merchant, newId('order'), 10)),
      expiry.expirePoints(),
    ]);
    await expiry.expirePoints();
    const used = answers.slice(0, 20).filter(({ status }) => status === 'fulfilled').length;
    const lots = await lotsOf(merchant);
    expect(lots.reduce((sum, lot) => sum + (lot[2] ?? 0), 0)).toBe(used * 10);
    expect(lots.reduce((sum, lot) => sum + (lot[2] ?? 0) + (lot[3] ?? 0), 0)).toBe(100);
    expect(await available(merchant)).toBe(0);
  });

  it('cost a posting of currency not one statement more', async () => {
    const statements: string[] = [];
    const counted = (of: string) =>
      unitOfWork.run((tx) => {
        const spied = Object.create(tx) as EntityManager;
        spied.query = ((sql: string, parameters?: unknown[]) => {
          statements.push(sql);
          return tx.query(sql, parameters);
        }) as EntityManager['query'];
        return ledger.post(spied, [{ merchantId: 'mer_counted', asset: of }], (book) => {
          for (let i = 0; i < 50; i += 1) entry(book, 'mer_counted', 10n, of);
        });
      });
    await counted('CNY');
    await counted(asset);
    statements.length = 0;
    await counted('CNY');
    expect(statements).toHaveLength(4);
    await counted(asset);
    expect(statements).toHaveLength(4 + 4 + 3);
  });
});

describe('a redemption that is reversed', () => {
  it('gives points back to the lots that they came from, in parts, and never more than was redeemed', async () => {
    const merchant = await merchantWith([60n, 5], [40n, 9]);
    const id = newId('order');
    await redeem(merchant, id, 90);
    const first = await reverse(merchant, id, { reversalId: 'r1', amount: 50 });
    expect(first).toMatchObject({ reversalId: 'r1', amount: 50, asset });
    expect(await reverse(merchant, id, { reversalId: 'r1', amount: 50 })).toEqual(first);
    expect(await lotsOf(merchant)).toEqual([
      [60, 20, 40, 0, 0],
      [40, 40, 0, 0, 0],
    ]);
    const conflict = { code: 'redemption.conflict' };
    await expect(reverse(merchant, id, { reversalId: 'r1', amount: 49 })).rejects.toMatchObject(conflict);
    await expect(reverse(merchant, id, { reversalId: 'r1', reason: 'Another.' })).rejects.toMatchObject(conflict);
    const tooMuch = { code: 'redemption.more-than-redeemed' };
    await expect(reverse(merchant, id, { reversalId: 'r2', amount: 41 })).rejects.toMatchObject(tooMuch);
    expect(await reverse(merchant, id)).toMatchObject({ reversalId: id, amount: 40 });
    expect(await reverse(merchant, id)).toMatchObject({ reversalId: id, amount: 40 });
    await expect(reverse(merchant, id, { reversalId: 'r3' })).rejects.toMatchObject(tooMuch);
    expect(await available(merchant)).toBe(100);
  });

  it('is reversed once by ten calls at the same time, and never beyond what it was by ten different ones', async () => {
    const merchant = await merchantWith([100n, 5]);
    const [same, different] = [newId('order'), newId('order')];
    await redeem(merchant, same, 40);
    await redeem(merchant, different, 60);
    await Promise.all(Array.from({ length: 10 }, () => reverse(merchant, same)));
    expect(await available(merchant)).toBe(40);
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => reverse(merchant, different, { reversalId: `r${i}`, amount: 25 })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await available(merchant)).toBe(90);
  });

  it('pays what is owed first', async () => {
    const merchant = await merchantWith([100n, 5]);
    const id = newId('order');
    await redeem(merchant, id, 100);
    await move(merchant, -30n);
    await reverse(merchant, id, { amount: 50 });
    expect(await available(merchant)).toBe(20);
    expect(await lotsOf(merchant)).toEqual([[100, 20, 50, 0, 30]]);
  });

  it('gives points that are past their day to the next sweep, each time', async () => {
    const merchant = await merchantWith([10n, 5]);
    const id = newId('order');
    await redeem(merchant, id, 10);
    await dataSource.query('UPDATE points_lot SET expires_at = NOW(6) - INTERVAL 1 DAY WHERE merchant_id = ?', [
      merchant,
    ]);
    for (const reversalId of ['r1', 'r2']) {
      await reverse(merchant, id, { reversalId, amount: 5 });
      expect(await available(merchant)).toBe(5);
      expect(await offenders(dataSource.manager)).toEqual([]);
      await expiry.expirePoints();
    }
    expect(await lotsOf(merchant)).toEqual([[10, 0, 0, 10, 0]]);
  });

  it('may have the id that another storefront uses for one of its own: each is used, repeated and reversed by itself', async () => {
    const merchant = await merchantWith([100n, 5]);
    const redemptionId = newId('order');
    const at = (storefront: StorefrontId, amount: number) =>
      redemptions.redeem(storefront, merchant, { redemptionId, asset, amount });
    const [first, second] = [await at('sto_a', 10), await at('sto_b', 25)];
    expect([first.amount, second.amount]).toEqual([10, 25]);
    expect(second.journal).not.toBe(first.journal);
    expect([await at('sto_b', 25), await at('sto_a', 10)]).toEqual([second, first]);
    await expect(at('sto_a', 25)).rejects.toMatchObject({ code: 'redemption.conflict' });
    const back = await reversals.reverse('sto_b', merchant, redemptionId, { reversalId: 'back', reason: 'x' });
    expect(back).toMatchObject({ redemptionId, amount: 25 });
    const other = await reversals.reverse('sto_a', merchant, redemptionId, { reversalId: 'back', reason: 'x' });
    expect(other).toMatchObject({ redemptionId, amount: 10 });
    expect(await available(merchant)).toBe(100);
  });

  it('is not found under another storefront or merchant', async () => {
    const merchant = await merchantWith([10n, 5]);
    const id = newId('order');
    await redeem(merchant, id, 10);
    const missing = { code: 'redemption.not-found' };
    await expect(reverse('mer_other', id)).rejects.toMatchObject(missing);
    await expect(reversals.reverse('sto_b', merchant, id, { reason: 'x' })).rejects.toMatchObject(missing);
  });
});
