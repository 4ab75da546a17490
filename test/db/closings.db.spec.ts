import fc from 'fast-check';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { BookCloser } from '../../src/finance/ledger/closings/book-closer.js';
import { closingInvariants } from '../../src/finance/ledger/closings/closing-invariants.js';
import { creditEntries, operatorEntry } from '../../src/finance/ledger/book.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { LedgerModule } from '../../src/finance/ledger/ledger.module.js';
import { Sealer } from '../../src/finance/ledger/seal/sealer.js';
import { JournalRepository } from '../../src/finance/ledger/statements/journal.repository.js';
import { StatementRepository } from '../../src/finance/ledger/statements/statement.repository.js';
import { describeTampering } from '../support/audit-tampering.js';
import { roomsOf } from '../support/rooms.js';
import { analyzeTables, rowsRead } from '../support/rows-read.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';
import { closingTamperings } from '../support/tamperings/closings.js';

const FIRST = Date.parse('2026-03-01T00:00:00Z');
const MINUTE = 60_000;
const DAY = 1440;

let rooms: TestingModule;
let dataSource: DataSource;
let closer: BookCloser;
let statements: StatementRepository;
let journals: JournalRepository;

beforeAll(async () => {
  const config = testConfig(await createTestDatabase());
  rooms = await (await roomsOf(config, [LedgerModule]).compile()).init();
  const of = { strict: false } as const;
  dataSource = rooms.get(DataSource, of);
  closer = rooms.get(BookCloser, of);
  statements = rooms.get(StatementRepository, of);
  journals = rooms.get(JournalRepository, of);
});
afterAll(() => rooms.close());
beforeEach(forget);

async function forget(): Promise<void> {
  for (const table of ['entry', 'journal', 'account', 'journal_seal', 'book_closing', 'book_closing_sum'])
    await dataSource.query(`DELETE FROM ${table}`);
  await dataSource.query(
    "UPDATE seal_head SET position = 0, seal = REPEAT('0', 64), sealed_until = '1970-01-01', sealed_journal_id = ''",
  );
}

interface Posting {
  asset: string;
  amount: number;
  /** Since the one before. */
  minutes: number;
}

/** Posts journals one after the other, and seals them. */
async function post(history: readonly Posting[], from = FIRST): Promise<number> {
  const ledger = rooms.get(Ledger, { strict: false });
  const merchantId = 'mer_a' as const;
  let at = from;
  for (const { asset, amount, minutes } of history) {
    at += minutes * MINUTE;
    const id = await rooms.get(UnitOfWork, { strict: false }).run((tx) =>
      ledger.post(tx, [{ merchantId, asset }], (book) => {
        const credit = { merchantId, asset, amount: BigInt(amount) };
        const cause = { type: 'adjustment' as const, id: 'adj_1' as const };
        const key = `k${String(Math.random())}`;
        const draft = {
          businessKey: key,
          kind: 'adjustment' as const,
          description: 'x',
          occurredAt: new Date(0),
          cause,
        };
        const operator = operatorEntry('reward-cost', { asset, amount: -credit.amount });
        return book.post({ ...draft, entries: [...creditEntries(book, credit), operator] }).id;
      }),
    );
    await dataSource.query('UPDATE journal SET posted_at = ? + INTERVAL 7 MICROSECOND WHERE id = ?', [
      new Date(at),
      id,
    ]);
  }
  await rooms.get(Sealer, { strict: false }).sealJournals();
  return at;
}

const closings = (): Promise<{ starts: string; ends: string; journals: number }[]> =>
  dataSource.query(
    'SELECT CAST(starts_at AS CHAR) starts, CAST(ends_at AS CHAR) ends, journals FROM book_closing ORDER BY ends_at',
  );

/** What the entries say, read one by one. */
async function truth(from: Date, to: Date) {
  const accounts: { asset: string; account: string; balance: string }[] = await dataSource.query(
    `SELECT e.asset, e.account, SUM(e.amount) balance FROM entry e JOIN journal j ON j.id = e.journal_id
      WHERE j.posted_at < ? GROUP BY e.asset, e.account ORDER BY e.asset, e.account`,
    [to],
  );
  const [counted]: { journals: string; entries: string; debit: string }[] = await dataSource.query(
    `SELECT COUNT(DISTINCT j.id) journals, COUNT(*) entries, COALESCE(SUM(-LEAST(e.amount, 0)), 0) debit
      FROM entry e JOIN journal j ON j.id = e.journal_id WHERE j.posted_at >= ? AND j.posted_at < ?`,
    [from, to],
  );
  return {
    accounts: accounts.map((row) => ({ ...row, balance: BigInt(row.balance) })),
    journals: Number(counted?.journals),
    entries: Number(counted?.entries),
    debit: BigInt(counted?.debit ?? 0),
  };
}

const posting = fc.record({
  asset: fc.constantFrom('CNY', 'POINTS', 'COUPON:tea'),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
  minutes: fc.constantFrom(0, 0, 1, 30, DAY, 40 * DAY),
});

describe('closed books', () => {
  it('add up to what the entries say, whenever a period begins and ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(posting, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(
          fc.tuple(fc.double({ min: -0.1, max: 1.1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            minLength: 4,
            maxLength: 4,
          },
        ),
        async (history, size, periods) => {
          await forget();
          const half = Math.ceil(history.length / 2);
          const middle = await post(history.slice(0, half));
          await closer.closeBooks(size);
          const last = await post(history.slice(half), middle);
          await closer.closeBooks(size);
          for (const { sql } of closingInvariants) expect(await dataSource.query(sql)).toEqual([]);
          for (const [begin, length] of periods) {
            const from = new Date(FIRST + Math.round(begin * (last - FIRST)));
            const to = new Date(from.getTime() + 1 + Math.round(length * (last - FIRST + MINUTE)));
            const expected = await truth(from, to);
            const total = await journals.sumPosted(dataSource.manager, { from, to });
            expect(await statements.sumAccounts(dataSource.manager, to)).toEqual(expected.accounts);
            expect([total.journals, total.entries]).toEqual([expected.journals, expected.entries]);
            const [debit, credit] = (['debit', 'credit'] as const).map((side) =>
              total.assets.reduce((sum, asset) => sum + asset[side], 0n),
            );
            expect([debit, credit]).toEqual([expected.debit, expected.debit]);
          }
          expect(await statements.sumAccounts(dataSource.manager, null)).toEqual(
            (await truth(new Date(0), new Date())).accounts,
          );
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('end with the accounting day, and only once something of the next day is sealed', async () => {
    const one = { asset: 'CNY', amount: 5 };
    // The day in Shanghai ends at 16:00 UTC.
    const last = await post([
      { ...one, minutes: 10 },
      { ...one, minutes: 60 },
    ]);
    expect(await closer.closeBooks()).toBe(0);
    await post([{ ...one, minutes: DAY }], last);
    expect(await closer.closeBooks()).toBe(1);
    expect(await closings()).toEqual([
      { starts: '1970-01-01 00:00:00.000000', ends: '2026-03-01 16:00:00.000000', journals: 2 },
    ]);
  });

  it('end after so many journals, those of the same moment together, and never before they are sealed', async () => {
    const minutes = [1, 1, 0, 0, 1, 1, 1];
    await post(minutes.map((each) => ({ asset: 'CNY', amount: 5, minutes: each })));
    await dataSource.query("UPDATE seal_head SET sealed_until = '2026-03-01 00:02:00'");
    expect(await closer.closeBooks(2)).toBe(0);
    await dataSource.query("UPDATE seal_head SET sealed_until = '2026-03-01 00:09:00'");
    expect(await Promise.all([closer.closeBooks(2), closer.closeBooks(2), closer.closeBooks(2)])).toHaveLength(3);
    expect((await closings()).map((row) => row.journals)).toEqual([4, 2]);
    expect((await closings()).map(({ ends }) => ends.slice(11))).toEqual(['00:03:00.000007', '00:05:00.000007']);
  });

  it('are what figures of a long life read: no more than of half that life', async () => {
    const runner = dataSource.createQueryRunner();
    const read = async () => {
      await closer.closeBooks(50);
      await analyzeTables(dataSource.manager);
      const from = new Date(FIRST - DAY * MINUTE);
      const to = new Date(FIRST + 300 * DAY * MINUTE);
      return {
        now: await rowsRead(runner.manager, (tx) => statements.sumAccounts(tx, null)),
        past: await rowsRead(runner.manager, (tx) => statements.sumAccounts(tx, new Date(FIRST + 300 * MINUTE))),
        totals: await rowsRead(runner.manager, (tx) => journals.sumPosted(tx, { from, to })),
      };
    };
    const life = Array.from({ length: 330 }, () => ({ asset: 'CNY', amount: 5, minutes: 1 }));
    const middle = await post(life);
    const half = await read();
    await post(life, middle);
    const whole = await read();
    await runner.release();
    const closed = 330 / 50;
    // What is open at either end is one stretch at most: fifty journals, each with a few rows.
    const open = 50 * 6;
    for (const figure of ['now', 'past', 'totals'] as const)
      expect(whole[figure] - half[figure]).toBeLessThan(10 * closed + open + 100);
    expect(Math.max(...Object.values(whole))).toBeLessThan(800);
  }, 120_000);
});

describe('the audit of closed books', () => {
  beforeEach(async () => {
    await post([1, 1, 1, 1, 1, 1].map((minutes) => ({ asset: minutes > 3 ? 'POINTS' : 'CNY', amount: 5, minutes })));
    await closer.closeBooks(2);
  });
  describeTampering({ invariants: closingInvariants, tamperings: closingTamperings, db: () => dataSource });
});
