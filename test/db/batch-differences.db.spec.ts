import { jest } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { FinanceModule } from '../../src/finance/finance.module.js';
import { BatchDifferencesRepository } from '../../src/finance/payouts/batches/batch-differences.repository.js';
import { newId, type MerchantId, type PayoutBatchId } from '../../src/shared/ids.js';
import { insertRows } from '../support/insert-rows.js';
import { fullScans } from '../support/plans.js';
import { startRooms } from '../support/rooms.js';
import { analyzeTables, rowsRead } from '../support/rows-read.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

jest.setTimeout(180_000);

const MANY = 10_000;
const SHOWN = 200;
const NOON = new Date('2026-05-01T12:00:00Z');

interface Given {
  merchant: MerchantId;
  amount: number;
  holder?: string;
  hash?: string;
  lastFour?: string;
  bank?: string | null;
}

let rooms: TestingModule;
let dataSource: DataSource;
let differences: BatchDifferencesRepository;
let references = 0;
beforeAll(async () => {
  rooms = await startRooms(testConfig(await createTestDatabase(), { DATABASE_POOL_SIZE: '3' }), FinanceModule);
  dataSource = rooms.get(DataSource);
  differences = rooms.get(BatchDifferencesRepository, { strict: false });
});
afterAll(() => rooms.close());

async function batchOf(payouts: readonly Given[]): Promise<PayoutBatchId> {
  const id = newId('payoutBatch');
  await insertRows(
    dataSource.manager,
    'payout',
    ['id', 'batch_id', 'position', 'merchant_id', 'rail', 'currency', 'amount', 'sent_amount', 'state', 'reference', 'holder', 'holder_sent', 'key_id', 'sealed_number', 'number_hash', 'last_four', 'bank_name', 'country', 'link', 'next_attempt_at', 'state_at'], // prettier-ignore
    payouts.map(({ merchant, amount, holder = 'Li', hash = 'x', lastFour = '0001', bank = null }, n) => [newId('payout'), id, n + 1, merchant, 'csv-file', 'CNY', amount, amount, 'draft', `r-${(references += 1)}`, holder, holder, 'k', 's', hash, lastFour, bank, 'CN', 'l', NOON, NOON]), // prettier-ignore
  );
  return id;
}

/** Every difference between two batches, each as the merchants that it names. */
async function compared(now: readonly Given[], before: readonly Given[]) {
  const tx = dataSource.manager;
  const [a, b] = [await batchOf(now), await batchOf(before)];
  return {
    newPayees: (await differences.findOnlyIn(tx, a, b, SHOWN)).rows.map(({ merchant }) => merchant),
    missing: (await differences.findOnlyIn(tx, b, a, SHOWN)).rows.map(({ merchant }) => merchant),
    moved: (await differences.findMoved(tx, a, b, SHOWN)).rows.map((row) => row.now.merchant),
    farAbove: (await differences.findFarAbove(tx, a, b, SHOWN)).rows.map((row) => row.now.merchant),
  };
}

const none = { newPayees: [], missing: [], moved: [], farAbove: [] };
const [anna, bo, li, zoe] = [newId('merchant'), newId('merchant'), newId('merchant'), newId('merchant')];

describe('two batches', () => {
  it('of the same payees, accounts and amounts differ in nothing', async () => {
    const batch = [
      { merchant: anna, amount: 1_000 },
      { merchant: li, amount: 2_000, bank: 'ICBC' },
    ];
    expect(await compared(batch, batch)).toEqual(none);
  });

  it('differ by who was not paid last time and who is not paid now, the largest amounts first', async () => {
    const now = [
      { merchant: anna, amount: 1_000 },
      { merchant: bo, amount: 9_000 },
    ];
    const before = [
      { merchant: li, amount: 2_000 },
      { merchant: zoe, amount: 3_000 },
    ];
    expect(await compared(now, before)).toEqual({ ...none, newPayees: [bo, anna], missing: [zoe, li] });
  });

  it.each([
    ['number', { hash: 'y', lastFour: '0002' }],
    ['number that ends alike', { hash: 'y' }],
    ['bank', { bank: 'Bank' }],
    ['holder', { holder: 'LI' }],
  ])('differ by an account of another %s', async (_what, over) => {
    const payee = { merchant: anna, amount: 1_000 };
    expect(await compared([{ ...payee, ...over }], [payee])).toEqual({ ...none, moved: [anna] });
  });

  it('differ by an amount from twice that of last time on', async () => {
    const before = [{ merchant: anna, amount: 1_000 }];
    expect(await compared([{ merchant: anna, amount: 1_999 }], before)).toEqual(none);
    expect(await compared([{ merchant: anna, amount: 2_000 }], before)).toEqual({ ...none, farAbove: [anna] });
  });

  it('count a balance that was split into several payouts as one, to the account of the last', async () => {
    const half = { merchant: anna, amount: 1_000 };
    expect(await compared([{ merchant: anna, amount: 2_000 }], [half, half])).toEqual(none);
    const last = { ...half, hash: 'y', lastFour: '0002', bank: 'ICBC' };
    const [one, another] = [await batchOf([half, last]), await batchOf([{ merchant: anna, amount: 2_000 }])];
    expect(await differences.findMoved(dataSource.manager, one, another, SHOWN)).toEqual({
      count: 1,
      rows: [
        {
          now: { merchant: anna, holder: 'Li', account: 'ICBC ••••0002', amount: 2_000n },
          before: { merchant: anna, holder: 'Li', account: '••••0001', amount: 2_000n },
        },
      ],
    });
  });
});

it('batches of ten thousand are compared by their indexes, and no more is read into the program than is shown', async () => {
  const merchants = Array.from({ length: MANY + 1_000 }, () => newId('merchant'));
  const before = await batchOf(merchants.slice(0, MANY).map((merchant) => ({ merchant, amount: 1_000 })));
  const now = await batchOf(
    merchants.slice(1_000).map((merchant, n) => ({ merchant, amount: 2_000 + n, hash: n % 2 === 0 ? 'x' : 'y' })),
  );
  // Others, so that a batch is not the whole table.
  for (let n = 0; n < 3; n += 1)
    await batchOf(merchants.slice(0, MANY).map((merchant) => ({ merchant, amount: 1_000 })));
  await analyzeTables(dataSource.manager);
  const asks = [
    ['new', 1_000, (tx: DataSource['manager']) => differences.findOnlyIn(tx, now, before, SHOWN)],
    ['missing', 1_000, (tx: DataSource['manager']) => differences.findOnlyIn(tx, before, now, SHOWN)],
    ['moved', 4_500, (tx: DataSource['manager']) => differences.findMoved(tx, now, before, SHOWN)],
    ['far above', 9_000, (tx: DataSource['manager']) => differences.findFarAbove(tx, now, before, SHOWN)],
  ] as const;
  const runner = dataSource.createQueryRunner();
  try {
    for (const [name, count, ask] of asks) {
      const found = await ask(runner.manager);
      expect([name, found.count, found.rows.length]).toEqual([name, count, SHOWN]);
      expect([name, await fullScans(runner.manager, ask)]).toEqual([name, []]);
      // A few reads for each of the payouts, not one for each pair of them.
      const read = await rowsRead(runner.manager, ask);
      expect([name, read < 40 * MANY ? 'few' : read]).toEqual([name, 'few']);
    }
  } finally {
    await runner.release();
  }
});
