import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { DecisionsModule } from '../../src/finance/decisions/decisions.module.js';
import { clawbackEntries, creditEntries, operatorEntry, type Book } from '../../src/finance/ledger/book.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

const merchantId = 'mer_hot';
const asset = 'CNY';

let rooms: TestingModule;
let dataSource: DataSource;
let unitOfWork: UnitOfWork;
let ledger: Ledger;

beforeAll(async () => {
  // With every sub-ledger that follows it.
  rooms = await startRooms(testConfig(await createTestDatabase(), { DATABASE_POOL_SIZE: '10' }), DecisionsModule);
  dataSource = rooms.get(DataSource);
  unitOfWork = rooms.get(UnitOfWork, { strict: false });
  ledger = rooms.get(Ledger, { strict: false });
});
afterAll(() => rooms.close());

function move(book: Book, businessKey: string, amount: bigint): void {
  const mine =
    amount > 0n
      ? creditEntries(book, { merchantId, asset, amount })
      : clawbackEntries(book, { merchantId, asset, amount: -amount });
  book.post({
    businessKey,
    kind: amount > 0n ? 'reward' : 'refund',
    description: 'A test.',
    occurredAt: new Date(),
    cause: { type: 'order-event', id: `evt_${businessKey}` },
    entries: [...mine, operatorEntry('reward-cost', { asset, amount: -amount })],
  });
}

describe('the ledger in the database', () => {
  it('loses nothing when eight writers credit and claw back one new merchant at once', async () => {
    const amounts = Array.from({ length: 200 }, (_, i) => BigInt(i % 3 === 0 ? -(i + 1) : i + 1));
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = writer; i < amounts.length; i += 8) {
        await unitOfWork.run((tx) =>
          ledger.post(tx, [{ merchantId, asset }], (book) => move(book, `k${i}`, amounts[i]!)),
        );
      }
    });
    await Promise.all(writers);

    const [account] = await dataSource.query('SELECT * FROM account');
    const [sums] = await dataSource.query(
      `SELECT 
              SUM(IF(account = 'available', amount, 0)) available, SUM(IF(account = 'owed', amount, 0)) owed,
              SUM(amount) mine, MAX(seq) seq, COUNT(*) entries FROM entry WHERE owner = ?`,
      [merchantId],
    );
    const expected = amounts.reduce((a, b) => a + b, 0n);
    expect(BigInt(account.available) + BigInt(account.owed)).toBe(expected);
    expect([sums.available, sums.owed, sums.seq]).toEqual([account.available, account.owed, account.version]);
    expect(sums.seq).toBe(String(sums.entries));
  });

  it('posts a business key once, and rolls back all that came with the repeat', async () => {
    const before = await dataSource.query('SELECT * FROM account');
    const repeat = unitOfWork.run((tx) =>
      ledger.post(tx, [{ merchantId, asset }], (book) => {
        move(book, 'fresh', 5n);
        move(book, 'k1', 5n);
      }),
    );
    await expect(repeat).rejects.toMatchObject({ driverError: { code: 'ER_DUP_ENTRY' } });
    expect(await dataSource.query('SELECT * FROM account')).toEqual(before);
    expect(await dataSource.query("SELECT id FROM journal WHERE business_key = 'fresh'")).toEqual([]);
  });

  it('“Money in text columns added as floats”: every amount is a whole number of minor units, in the database too', async () => {
    // What a bank wrote is kept as it wrote it, and never added up.
    const columns = await dataSource.query(
      `SELECT CONCAT(table_name, '.', column_name, ' ', data_type) col FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name <> 'bank_report_line' AND (data_type IN ('float', 'double', 'decimal')
          OR (column_name IN ('amount', 'balance_after', 'granted', 'pending', 'available', 'reserved', 'held', 'owed', 'amount_paid', 'line_total', 'unit_price')
            AND data_type <> 'bigint'))`,
    );
    expect(columns).toEqual([]);
  });

  it('lets the database itself refuse a balance below zero', async () => {
    await expect(dataSource.query('UPDATE account SET available = -1')).rejects.toThrow();
  });
});
