import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import type { Config } from '../../src/core/config.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { creditEntries, operatorEntry } from '../../src/finance/ledger/book.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { LedgerModule } from '../../src/finance/ledger/ledger.module.js';
import { checkChain } from '../../src/core/chain/chain-check.js';
import { parseHead, sealOf, type ChainHead } from '../../src/core/chain/seal.js';
import { SealRepository } from '../../src/finance/ledger/seal/seal.repository.js';
import { Sealer } from '../../src/finance/ledger/seal/sealer.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

const asset = 'CNY';
const merchantId = 'mer_sealed';

let rooms: TestingModule;
let dataSource: DataSource;
let sealer: Sealer;
let repository: SealRepository;
let config: Config;

beforeAll(async () => {
  config = testConfig(await createTestDatabase());
  rooms = await startRooms(config, LedgerModule);
  dataSource = rooms.get(DataSource);
  sealer = rooms.get(Sealer, { strict: false });
  repository = rooms.get(SealRepository, { strict: false });
});
afterAll(() => rooms.close());

beforeEach(async () => {
  await createTestDatabase();
  const ledger = rooms.get(Ledger, { strict: false });
  const unitOfWork = rooms.get(UnitOfWork, { strict: false });
  for (let i = 0; i < 30; i += 1) {
    await unitOfWork.run((tx) =>
      ledger.post(tx, [{ merchantId, asset }], (book) =>
        book.post({
          businessKey: `k${i}`,
          kind: 'reward',
          description: 'A test.',
          occurredAt: new Date(),
          cause: { type: 'order-event', id: `evt_${i}` },
          entries: [
            ...creditEntries(book, { merchantId, asset, amount: 5n }),
            operatorEntry('reward-cost', { asset, amount: -5n }),
          ],
        }),
      ),
    );
  }
  await dataSource.query('UPDATE journal SET posted_at = posted_at - INTERVAL 1 HOUR');
});

const check = (kept: string | null = null) =>
  checkChain(dataSource.manager, repository, config.sealKey, kept === null ? null : parseHead(kept));

/** The id of the n-th journal that was sealed. */
async function sealedJournal(position: number): Promise<string> {
  const [row] = await dataSource.query('SELECT journal_id FROM journal_seal WHERE position = ?', [position]);
  return row.journal_id;
}

describe('the chain of journals', () => {
  it('takes in every journal once, also when several sealers run at once, and finds nothing wrong', async () => {
    const counts = await Promise.all([sealer.sealJournals(), sealer.sealJournals(), sealer.sealJournals()]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(30);
    expect(await check()).toMatchObject({ checked: 30n, faults: [], breaks: [] });
  });

  it('leaves journals alone that were posted a moment ago', async () => {
    await dataSource.query('UPDATE journal SET posted_at = NOW(6)');
    expect(await sealer.sealJournals()).toBe(0);
  });

  it.each([
    ['an amount of an entry', 'UPDATE entry SET amount = amount + 1 WHERE journal_id = ? AND line = 1'],
    ['the merchant of an entry', "UPDATE entry SET owner = 'mer_thief' WHERE journal_id = ? AND line = 1"],
    ['a description', "UPDATE journal SET description = 'Other.' WHERE id = ?"],
    ['a removed entry', 'DELETE FROM entry WHERE journal_id = ? AND line = 2'],
    [
      'an added entry',
      "INSERT INTO entry (journal_id, line, owner, asset, account, amount) VALUES (?, 9, 'platform', 'CNY', 'fees', 1)",
    ],
  ])('finds %s, and blames only that journal', async (_, sql) => {
    await sealer.sealJournals();
    const journalId = await sealedJournal(7);
    await dataSource.query(sql, [journalId]);
    expect((await check()).faults).toEqual([{ id: journalId, fault: 'altered', position: 7n }]);
  });

  it('covers every column that a journal and an entry have', async () => {
    await sealer.sealJournals();
    const journalId = await sealedJournal(7);
    for (const [table, key] of [
      ['journal', 'id'],
      ['entry', 'journal_id'],
    ]) {
      const columns: { Field: string; Type: string }[] = await dataSource.query(`SHOW COLUMNS FROM ${table}`);
      for (const { Field, Type } of columns.filter((column) => column.Field !== key)) {
        const other = Type.startsWith('varchar')
          ? `CONCAT(COALESCE(${Field}, ''), 'x')`
          : Type.startsWith('datetime')
            ? `${Field} - INTERVAL 1 SECOND`
            : `COALESCE(${Field}, 0) + 1000`;
        const runner = dataSource.createQueryRunner();
        await runner.startTransaction();
        await runner.query(`UPDATE ${table} SET ${Field} = ${other} WHERE ${key} = ?`, [journalId]);
        const { faults } = await checkChain(runner.manager, repository, config.sealKey, null);
        expect([Field, faults]).toEqual([Field, [{ id: journalId, fault: 'altered', position: 7n }]]);
        await runner.rollbackTransaction();
        await runner.release();
      }
    }
  });

  it('finds a removed journal, and one that was put in among the sealed ones', async () => {
    await sealer.sealJournals();
    const removed = await sealedJournal(7);
    await dataSource.query('DELETE FROM journal WHERE id = ?', [removed]);
    await dataSource.query(
      `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at, posted_at)
       SELECT 'jnl_smuggled', 'smuggled', kind, description, cause_type, cause_id, occurred_at, posted_at - INTERVAL 1 SECOND
         FROM journal ORDER BY posted_at DESC LIMIT 1`,
    );
    expect((await check()).faults).toEqual([
      { id: removed, fault: 'removed', position: 7n },
      { id: 'jnl_smuggled', fault: 'inserted', position: null },
    ]);
  });

  it('is not fooled by cutting the end off, when a head was written down', async () => {
    await sealer.sealJournals();
    const { head } = await check();
    await dataSource.query('DELETE FROM entry WHERE journal_id = ?', [await sealedJournal(30)]);
    await dataSource.query('DELETE FROM journal WHERE id = ?', [await sealedJournal(30)]);
    await dataSource.query('DELETE FROM journal_seal WHERE position = 30');
    await dataSource.query(
      `UPDATE seal_head h JOIN journal_seal s ON s.position = 29 JOIN journal j ON j.id = s.journal_id
          SET h.position = 29, h.seal = s.seal, h.sealed_until = j.posted_at, h.sealed_journal_id = j.id`,
    );
    expect(await check()).toMatchObject({ faults: [], breaks: [] });
    expect((await check(head)).breaks).toEqual([`the chain does not reach ${head}, which was written down`]);
  });

  it('finds a whole journal, balanced and with all that belongs to it, that was put in between two sealed ones', async () => {
    await sealer.sealJournals();
    const neighbour = await sealedJournal(15);
    await dataSource.query(
      `INSERT INTO journal SELECT CONCAT(id, 'x'), CONCAT(business_key, 'x'), kind, description, cause_type, cause_id, occurred_at, posted_at
         FROM journal WHERE id = ?`,
      [neighbour],
    );
    await dataSource.query(
      `INSERT INTO entry SELECT CONCAT(journal_id, 'x'), line, owner, asset, account, amount, seq + 1000, balance_after, reward_id, payout_id
         FROM entry WHERE journal_id = ?`,
      [neighbour],
    );
    expect((await check()).faults).toContainEqual({ id: `${neighbour}x`, fault: 'inserted', position: null });
  });

  it('is not fooled by somebody who works the chain out again and does not have the key', async () => {
    await sealer.sealJournals();
    const altered = await sealedJournal(7);
    await dataSource.query('UPDATE entry SET amount = -amount WHERE journal_id = ?', [altered]);
    const links = await repository.findSealed(dataSource.manager, 6n, 100);
    const [{ seal }] = await dataSource.query('SELECT seal FROM journal_seal WHERE position = 6');
    let head: ChainHead = { position: 6n, seal };
    for (const { row } of links) {
      head = sealOf(Buffer.alloc(32, 1), head, row!);
      await dataSource.query('UPDATE journal_seal SET seal = ? WHERE position = ?', [head.seal, head.position]);
    }
    await dataSource.query('UPDATE seal_head SET seal = ?', [head.seal]);
    const positions = (await check()).faults.map(({ fault, position }) => [fault, position]);
    expect(positions).toEqual(links.map(({ position }) => ['altered', position]));
  });

  it('shows by the head that was written down that the program itself was made to seal a forgery anew', async () => {
    await sealer.sealJournals();
    const { head } = await check();
    await dataSource.query('UPDATE entry SET amount = 2 * amount WHERE journal_id = ?', [await sealedJournal(20)]);
    await dataSource.query(
      `UPDATE seal_head h JOIN journal_seal s ON s.position = 19 JOIN journal j ON j.id = s.journal_id
          SET h.position = 19, h.seal = s.seal, h.sealed_until = j.posted_at, h.sealed_journal_id = j.id`,
    );
    await dataSource.query('DELETE FROM journal_seal WHERE position > 19');
    expect(await sealer.sealJournals()).toBe(11);
    expect(await check()).toMatchObject({ checked: 30n, faults: [], breaks: [] });
    expect((await check(head)).breaks).toEqual(['link 30 is not the one that was written down']);
  });

  it('notices a seal that was written over', async () => {
    await sealer.sealJournals();
    await dataSource.query("UPDATE journal_seal SET seal = REPEAT('a', 64) WHERE position = 30");
    const report = await check();
    expect(report.faults.map((f) => f.position)).toEqual([30n]);
    expect(report.breaks).toHaveLength(1);
  });
});
