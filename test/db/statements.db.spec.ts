import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { MerchantRegistry } from '../../src/database/merchants/merchant-registry.js';
import { JOURNAL_COLUMNS, JournalService } from '../../src/finance/ledger/statements/journal.service.js';
import { clawbackEntries, creditEntries, operatorEntry } from '../../src/finance/ledger/book.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { LedgerModule } from '../../src/finance/ledger/ledger.module.js';
import { csvOf, type CsvCell } from '../../src/shared/csv.js';
import { monthCsv } from '../../src/finance/ledger/statements/statement-csv.js';
import { MonthStatementService } from '../../src/finance/ledger/statements/month-statement.service.js';
import { StatementService } from '../../src/finance/ledger/statements/statement.service.js';
import { monthsBetween } from '../../src/shared/calendar.js';
import { AnyMerchant, roomsOf } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';
import type { MerchantId } from '../../src/shared/ids.js';

const FIRST = Date.parse('2026-01-30T20:00:00Z');
const HOUR_MS = 3_600_000;
const MERCHANTS = ['mer_a', 'mer_b'] as const;
const ASSETS = ['CNY', 'POINTS', 'COUPON:tea'];
const HOSTILE = ['=1+1', '+2', '-3', '@cmd', '\uFF1D4', 'plain, "quoted"', '微商'];

let rooms: TestingModule;
let dataSource: DataSource;
let statements: StatementService;
let months: MonthStatementService;
let journals: JournalService;

beforeAll(async () => {
  // One connection, and one for snapshots: whatever is not given back is missed by the next statement.
  const config = { ...testConfig(await createTestDatabase()), databasePoolSize: 1, databaseReadingPoolSize: 1 };
  const building = roomsOf(config, [LedgerModule]).overrideProvider(MerchantRegistry).useValue(new AnyMerchant());
  rooms = await (await building.compile()).init();
  dataSource = rooms.get(DataSource);
  statements = rooms.get(StatementService, { strict: false });
  months = rooms.get(MonthStatementService, { strict: false });
  journals = rooms.get(JournalService, { strict: false });
});
afterAll(() => rooms.close());

const posting = fc.record({
  merchantId: fc.constantFrom(...MERCHANTS),
  asset: fc.constantFrom(...ASSETS),
  kind: fc.constantFrom('credit', 'clawback'),
  amount: fc.bigInt({ min: 1n, max: 9_000_000_000_000n }),
  description: fc.constantFrom(...HOSTILE),
  /** Until the next; several may be posted at the same moment. */
  hours: fc.constantFrom(0, 0, 1, 7, 40, 200, 800),
});
type Posting = typeof posting extends fc.Arbitrary<infer T> ? T : never;

/** Posts a history from the first moment on; returns when the last was posted. */
async function post(history: readonly Posting[]): Promise<Date> {
  for (const table of ['entry', 'journal', 'account']) await dataSource.query(`DELETE FROM ${table}`);
  const ledger = rooms.get(Ledger, { strict: false });
  const unitOfWork = rooms.get(UnitOfWork, { strict: false });
  let at = FIRST;
  for (const [i, { merchantId, asset, kind, amount, description, hours }] of history.entries()) {
    at += hours * HOUR_MS;
    const journalId = await unitOfWork.run((tx) =>
      ledger.post(tx, [{ merchantId, asset }], (book) => {
        const mine = (kind === 'credit' ? creditEntries : clawbackEntries)(book, { merchantId, asset, amount });
        const other = operatorEntry('reward-cost', { asset, amount: kind === 'credit' ? -amount : amount });
        const cause = { type: 'adjustment' as const, id: 'adj_1' as const };
        const draft = {
          businessKey: `k${i}`,
          kind: 'adjustment' as const,
          description,
          occurredAt: new Date(0),
          cause,
        };
        return book.post({ ...draft, entries: [...mine, other] }).id;
      }),
    );
    await dataSource.query('UPDATE journal SET posted_at = ? WHERE id = ?', [new Date(at), journalId]);
  }
  return new Date(at);
}

function csv(columns: readonly string[], rows: AsyncIterable<readonly CsvCell[]>): Promise<Record<string, string>[]> {
  return readCsv(csvOf(columns, rows));
}

async function readCsv(stream: AsyncIterable<unknown>): Promise<Record<string, string>[]> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return parse(text, { columns: true });
}

const sum = (rows: readonly { amount: string | number }[]) =>
  rows.reduce((all, { amount }) => all + BigInt(amount), 0n);

/** Every page of a month. */
async function readMonth(merchantId: MerchantId, month: string, timeZone: string, limit: number) {
  const first = await months.readMonth(merchantId, { month, timeZone, limit });
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null;) {
    const next = await months.readMonth(merchantId, { month, timeZone, limit, cursor });
    expect(next.items.length).toBeGreaterThan(0);
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return Object.assign(first, { items });
}

describe('a merchant’s statements by month', () => {
  it('add up: opening and entries make the closing, which opens the next month and ends at the balance', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(posting, { minLength: 1, maxLength: 25 }),
        fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York'),
        async (history, timeZone) => {
          const last = await post(history);
          for (const merchantId of MERCHANTS) {
            const carried = new Map<string, number>();
            let entries = 0;
            for (const month of monthsBetween(new Date(FIRST), last, timeZone)) {
              const statement = await readMonth(merchantId, month, timeZone, 3);
              const rows = await months.streamMonth(merchantId, { month, timeZone, limit: 1 });
              const file = await readCsv(monthCsv(rows, 'en'));
              for (const {
                asset,
                account,
                opening,
                credited,
                debited,
                closing,
                entries: count,
              } of statement.accounts) {
                const key = `${asset} ${account}`;
                const of = <T extends { asset: string; account: string }>(rows: readonly T[]) =>
                  rows.filter((row) => row.asset === asset && row.account === account);
                const mine = of(statement.items);
                expect(opening).toBe(carried.get(key) ?? 0);
                expect(BigInt(opening) + sum(mine)).toBe(BigInt(closing));
                expect(opening + credited + debited).toBe(closing);
                expect([mine.length, mine.at(-1)?.balanceAfter ?? opening]).toEqual([count, closing]);
                const lines = of(file as ({ asset: string; account: string } & Record<string, string>)[]);
                expect(lines.map(({ row }) => row)).toEqual(['opening', ...mine.map(() => 'entry'), 'closing']);
                expect(lines.at(0)?.balance).toBe(String(opening));
                expect(lines.at(-1)?.balance).toBe(String(closing));
                expect(lines.slice(1, -1).map((line) => [line.journalId, line.amount, line.balance])).toEqual(
                  mine.map((entry) => [entry.journal.id, String(entry.amount), String(entry.balanceAfter)]),
                );
                carried.set(key, closing);
                entries += count;
              }
            }
            const balances = await dataSource.query('SELECT * FROM account WHERE merchant_id = ?', [merchantId]);
            for (const row of balances)
              for (const account of ['pending', 'available', 'reserved', 'held', 'owed'])
                expect(String(carried.get(`${row.asset} ${account}`) ?? 0)).toBe(row[account]);
            const [{ n }] = await dataSource.query('SELECT COUNT(*) n FROM entry WHERE owner = ?', [merchantId]);
            expect(String(entries)).toBe(n);
          }
        },
      ),
      { numRuns: 4 },
    );
  });

  it('are one a month from the first posting to this month, and final once nothing can be added', async () => {
    await post([{ merchantId: 'mer_a', asset: 'CNY', kind: 'credit', amount: 5n, description: 'x', hours: 0 }]);
    const { items } = await months.listMonths('mer_a', 'Asia/Shanghai');
    expect(items.at(-1)).toEqual({
      month: '2026-01',
      from: '2025-12-31T16:00:00.000Z',
      to: '2026-01-31T16:00:00.000Z',
      final: true,
    });
    expect(items[0]?.final).toBe(false);
    expect((await months.listMonths('mer_b', 'UTC')).items).toEqual([]);
  });
});

describe('a moment between two months', () => {
  it('begins the later one: in statements, in the journals of a period and in the trial balance alike', async () => {
    const credit = { merchantId: 'mer_a', asset: 'CNY', kind: 'credit', description: 'x', hours: 0 } as const;
    await post([1n, 10n, 100n, 1_000n].map((amount) => ({ ...credit, amount })));
    const moments = ['2026-01-31 23:59:59.999999', '2026-02-01', '2026-02-28 23:59:59.999999', '2026-03-01'];
    for (const [i, moment] of moments.entries())
      await dataSource.query('UPDATE journal SET posted_at = ? WHERE business_key = ?', [moment, `k${i}`]);
    const february = { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' };
    const opened = [0, 1, 111];
    for (const [i, amounts] of [[1], [10, 100], [1_000]].entries()) {
      const { accounts, items } = await readMonth('mer_a', `2026-0${i + 1}`, 'UTC', 1);
      expect(items.map(({ amount }) => amount)).toEqual(amounts);
      expect(accounts).toMatchObject([{ account: 'available', opening: opened[i], entries: amounts.length }]);
    }
    expect((await journals.totalPeriod(february)).assets).toEqual([{ asset: 'CNY', debit: 110, credit: 110 }]);
    const rows = await csv(JOURNAL_COLUMNS, journals.streamPeriod(february));
    expect(rows.filter(({ account }) => account === 'available').map(({ amount }) => amount)).toEqual(['10', '100']);
    for (const [moment, balance] of [
      [february.from, 1],
      [february.to, 111],
    ] as const)
      expect((await statements.readTrialBalance(new Date(moment))).items).toContainEqual({
        asset: 'CNY',
        account: 'available',
        balance,
      });
  });
});

describe('a merchant’s entries', () => {
  it('go over pages that end between two entries of one journal, and miss none', async () => {
    const one = { merchantId: 'mer_a', asset: 'CNY', description: 'x', hours: 0 } as const;
    await post([
      { ...one, kind: 'credit', amount: 10n },
      { ...one, kind: 'clawback', amount: 25n },
      { ...one, kind: 'credit', amount: 40n },
    ]);
    const paged: unknown[] = [];
    for (let after: string | null = null; ;) {
      const { items, nextCursor } = await statements.listEntries('mer_a', {}, { limit: 1, after });
      paged.push(...items.map(({ account, amount }) => [account, amount]));
      if (nextCursor === null) break;
      after = Buffer.from(nextCursor, 'base64url').toString();
    }
    expect(paged).toEqual([
      ['available', 10],
      ['available', -10],
      ['owed', -15],
      ['owed', 15],
      ['available', 25],
    ]);
  });
});

describe('the trial balance', () => {
  it('sums to zero at any moment, is what was posted before it, and now is what the balances say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(posting, { minLength: 1, maxLength: 15 }), async (history) => {
        await post(history);
        const posted: { posted_at: Date; asset: string; account: string; amount: string }[] = await dataSource.query(
          'SELECT j.posted_at, e.asset, e.account, e.amount FROM journal j JOIN entry e ON e.journal_id = j.id',
        );
        const moments = [new Date(FIRST - 1), ...new Set(posted.map((row) => row.posted_at.getTime()))];
        for (const at of moments.map((time) => new Date(time))) {
          const { items, totals } = await statements.readTrialBalance(at);
          for (const total of totals) expect(total.sum).toBe(0);
          for (const { asset, account, balance } of items) {
            const upToThen = posted.filter((r) => r.asset === asset && r.account === account && r.posted_at < at);
            expect(BigInt(balance)).toBe(sum(upToThen));
          }
          if (at <= new Date(FIRST)) expect(items).toEqual([]);
        }
        const now = await statements.readTrialBalance(null);
        for (const account of ['available', 'owed'] as const) {
          for (const asset of ASSETS) {
            const [row] = await dataSource.query(`SELECT SUM(${account}) total FROM account WHERE asset = ?`, [asset]);
            const line = now.items.find((item) => item.asset === asset && item.account === account);
            expect(String(line?.balance ?? 0)).toBe(row.total ?? '0');
          }
        }
      }),
      { numRuns: 3 },
    );
  });

  it('does not know the future', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    await expect(statements.readTrialBalance(tomorrow)).rejects.toMatchObject({ code: 'request.invalid' });
  });
});

describe('the journals of a period as CSV', () => {
  const everything = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };

  it('have one line for each entry, in the order of posting, and add up to the totals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(posting, { minLength: 2, maxLength: 30 }), fc.nat(800), async (history, hours) => {
        await post(history);
        const middle = new Date(FIRST + hours * HOUR_MS).toISOString();
        let lines = 0;
        for (const period of [
          { ...everything, to: middle },
          { ...everything, from: middle },
        ]) {
          const rows = await csv(JOURNAL_COLUMNS, journals.streamPeriod(period));
          const totals = await journals.totalPeriod(period);
          expect(rows.length).toBe(totals.entries);
          expect(new Set(rows.map((row) => row.journalId)).size).toBe(totals.journals);
          expect(totals.assets.map(({ asset }) => asset)).toEqual([...new Set(rows.map((row) => row.asset))].sort());
          for (const { asset, debit, credit } of totals.assets) {
            const mine = rows.filter((row) => row.asset === asset);
            const column = (name: string) => mine.reduce((all, row) => all + BigInt(row[name] || 0), 0n);
            expect([column('debit'), column('credit'), column('amount')]).toEqual([BigInt(debit), BigInt(credit), 0n]);
            expect(debit).toBe(credit);
          }
          expect(rows.map((row) => row.postedAt)).toEqual(rows.map((row) => row.postedAt).sort());
          for (const { description } of rows)
            expect(HOSTILE.map((text) => (/^[=+\-@\uFF1D]/.test(text) ? `'${text}` : text))).toContain(description);
          lines += rows.length;
        }
        const [{ n }] = await dataSource.query('SELECT COUNT(*) n FROM entry');
        expect(String(lines)).toBe(n);
      }),
      { numRuns: 4 },
    );
  });

  it('go over many pages whose journals were posted at the same moment', async () => {
    await post([]);
    await dataSource.query(
      `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at, posted_at)
       SELECT CONCAT('jnl_', seq), CONCAT('k', seq), 'adjustment', 'x', 'adjustment', 'adj', NOW(), '2026-02-01 00:00:00.123456'
       FROM (SELECT a.n * 100 + b.n * 10 + c.n seq FROM
         ${['a', 'b', 'c'].map((name) => `(${[...Array(10).keys()].map((n) => `SELECT ${n} n`).join(' UNION ')}) ${name}`).join(', ')}) numbers`,
    );
    for (const [line, owner, amount] of [
      [1, 'mer_a', 7],
      [2, 'platform', -7],
    ])
      await dataSource.query(
        `INSERT INTO entry (journal_id, line, owner, asset, account, amount) SELECT id, ?, ?, 'CNY', 'fees', ? FROM journal`,
        [line, owner, amount],
      );
    const rows = await csv(JOURNAL_COLUMNS, journals.streamPeriod(everything));
    expect(new Set(rows.map((row) => `${row.journalId} ${row.line}`)).size).toBe(2000);
    expect(rows[0]).toMatchObject({ postedAt: '2026-02-01T00:00:00.123456Z', amount: '7', debit: '', credit: '7' });
    expect(await journals.totalPeriod(everything)).toMatchObject({ journals: 1000, entries: 2000, final: false });
  });

  it('say which link of the chain each is, and so does the journal itself', async () => {
    await dataSource.query("INSERT INTO journal_seal VALUES (17, 'jnl_5', REPEAT('a', 64))");
    const rows = await csv(JOURNAL_COLUMNS, journals.streamPeriod(everything));
    expect(rows.filter((row) => row.sealPosition !== '').map((row) => [row.journalId, row.sealPosition])).toEqual([
      ['jnl_5', '17'],
      ['jnl_5', '17'],
    ]);
    expect((await journals.readJournal('jnl_5')).seal).toEqual({ position: 17, seal: 'a'.repeat(64) });
    expect((await journals.readJournal('jnl_6')).seal).toBeNull();
  });

  it('stop being read when whoever asked goes away', async () => {
    const stream = csvOf(JOURNAL_COLUMNS, journals.streamPeriod(everything));
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.destroy();
    // Waits for the one connection, which the download held.
    const unitOfWork = rooms.get(UnitOfWork, { strict: false });
    expect(await unitOfWork.snapshot((tx) => tx.query('SELECT 1 one'))).toEqual([{ one: 1 }]);
  });

  it('are refused for a period that ends before it begins', () => {
    const { from: to, to: from } = everything;
    expect(() => journals.streamPeriod({ from, to })).toThrow('request.invalid');
  });
});
