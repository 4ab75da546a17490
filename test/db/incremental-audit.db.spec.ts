import type { TestingModule } from '@nestjs/testing';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { ScheduledAudit } from '../../src/finance/audit/scheduled-audit.js';
import { Sealer } from '../../src/finance/ledger/seal/sealer.js';
import { newId } from '../../src/shared/ids.js';
import { startAuditProcess } from '../support/audit-process.js';
import { insertEvents, insertRule, waitingEvents } from '../support/order-events.js';
import { Poster } from '../support/poster.js';
import { createTestDatabase } from '../support/test-database.js';

let databaseUrl: string;
let poster: Poster;
let dataSource: DataSource;
let audit: ScheduledAudit;
let merchantId: ReturnType<typeof newId<'merchant'>>;
let processes: TestingModule[] = [];

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  poster = await Poster.start(databaseUrl);
  dataSource = poster.dataSource;
});
afterAll(() => poster.close());

beforeEach(async () => {
  await createTestDatabase();
  merchantId = newId('merchant');
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
  await order();
  await makeOld();
  await poster.get(Sealer).sealJournals();
  audit = await startAudit();
});
afterEach(async () => {
  for (const one of processes) await one.close();
  processes = [];
});

/** A process that has audited nothing. */
async function startAudit(): Promise<ScheduledAudit> {
  const one = await startAuditProcess(databaseUrl);
  processes.push(one);
  return one.get(ScheduledAudit, { strict: false });
}

async function order(): Promise<void> {
  await insertEvents(dataSource, [{ merchantId, amountPaid: 1_000 }]);
  await poster.posting.postOrderEvents(await waitingEvents(dataSource));
}

/** All that is there was written a day ago, as its moments and its ids say. */
async function makeOld(): Promise<void> {
  for (const [table, ...columns] of [
    ['journal', 'posted_at'],
    ['reward', 'created_at'],
    ['order_event', 'created_at', 'posted_at'],
    ['shop_order', 'changed_at'],
  ] as const)
    for (const column of columns) await dataSource.query(`UPDATE ${table} SET ${column} = ${column} - INTERVAL 1 DAY`);
  for (const [table, ...columns] of [
    ['journal', 'id', 'cause_id'],
    ['entry', 'journal_id', 'reward_id'],
    ['order_event', 'id', 'journal_id'],
    ['reward', 'id'],
  ] as const)
    for (const column of columns)
      await dataSource.query(
        `UPDATE ${table} SET ${column} = CONCAT(LEFT(${column}, 4), '000', SUBSTRING(${column}, 8))`,
      );
}

/** The last audit of everything was yesterday. */
const aDayPasses = () => dataSource.query('UPDATE audit_result SET at = at - INTERVAL 1 DAY WHERE id = 5');

const DAMAGE: [string, string][] = [
  ['an entry is changed', 'UPDATE entry SET amount = amount + 1 WHERE line = 1 AND journal_id IN (?)'],
  ['an entry is removed', 'DELETE FROM entry WHERE line = 1 AND journal_id IN (?)'],
  ['a journal is removed', 'DELETE FROM journal WHERE id IN (?)'],
  ['a journal names another cause', "UPDATE journal SET cause_id = 'evt_none' WHERE id IN (?)"],
  ['an event names another journal', "UPDATE order_event SET journal_id = 'jnl_none' WHERE journal_id IN (?)"],
];
const journals = async (): Promise<string[]> =>
  (await dataSource.query('SELECT id FROM journal ORDER BY posted_at')).map(({ id }: { id: string }) => id);

describe('the scheduled audit', () => {
  it('looks at everything first, then at what was written since the last clean one', async () => {
    const first = await audit.runAndKeep();
    expect(first).toMatchObject({ clean: true, since: null, fullAt: first.at, chain: { checked: 1 } });
    const second = await audit.runAndKeep();
    const margin = 11 * 60_000;
    const before = (at: string) => new Date(Date.parse(at) - margin).toISOString();
    expect(second).toMatchObject({ clean: true, since: before(first.at), fullAt: first.at, chain: { checked: 0 } });
    expect(second.chain.head).toBe(first.chain.head);
    const third = await (await startAudit()).runAndKeep();
    expect(third).toMatchObject({ clean: true, since: before(second.at), fullAt: first.at });
  });

  it('looks at everything once a day', async () => {
    await audit.runAndKeep();
    await aDayPasses();
    expect(await poster.get(Registry).metrics()).toMatch(/^yinke_audit_last_full_age_seconds 86[45]\d\d$/m);
    const { at, since, fullAt } = await audit.runAndKeep();
    expect({ since, fullAt }).toEqual({ since: null, fullAt: at });
    expect((await audit.runAndKeep()).since).not.toBeNull();
  });

  it.each(DAMAGE)('finds of what is new that %s, and then looks at everything until that is clean', async (_, sql) => {
    await audit.runAndKeep();
    const old = await journals();
    await order();
    const young = (await journals()).filter((id) => !old.includes(id));
    await dataSource.query('CREATE TABLE kept_journal SELECT * FROM journal');
    await dataSource.query('CREATE TABLE kept_entry SELECT * FROM entry');
    await dataSource.query('CREATE TABLE kept_event SELECT * FROM order_event');
    await dataSource.query(sql, [young]);
    const found = await audit.runAndKeep();
    expect(found.clean).toBe(false);
    expect(found.since).not.toBeNull();
    expect(await audit.runAndKeep()).toMatchObject({ clean: false, since: null });
    for (const [table, kept] of [
      ['journal', 'kept_journal'],
      ['entry', 'kept_entry'],
      ['order_event', 'kept_event'],
    ]) {
      await dataSource.query(`REPLACE INTO ${table} SELECT * FROM ${kept}`);
      await dataSource.query(`DROP TABLE ${kept}`);
    }
    expect(await audit.runAndKeep()).toMatchObject({ clean: true, since: null });
    expect((await audit.runAndKeep()).since).not.toBeNull();
  });

  it.each(DAMAGE)('finds of what is old on the next day that %s', async (_, sql) => {
    const old = await journals();
    await order();
    await audit.runAndKeep();
    await dataSource.query(sql, [old]);
    expect((await audit.runAndKeep()).since).not.toBeNull();
    await aDayPasses();
    expect(await audit.runAndKeep()).toMatchObject({ clean: false, since: null });
  });

  it('does not read again what is old, which is what makes it fast', async () => {
    const old = await journals();
    await audit.runAndKeep();
    await dataSource.query('UPDATE entry SET amount = amount + 1 WHERE line = 1 AND journal_id IN (?)', [old]);
    expect(await audit.runAndKeep()).toMatchObject({ clean: true });
  });

  it('looks at what was being written while the last one ran', async () => {
    await audit.runAndKeep();
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query("INSERT INTO journal VALUES ('jnl_late', 'late', 'reward', 'x', 'reward', 'x', NOW(6), NOW(6))");
    expect(await audit.runAndKeep()).toMatchObject({ clean: true });
    await runner.commitTransaction();
    await runner.release();
    const { clean, since, items } = await audit.runAndKeep();
    expect({ clean, whole: since === null }).toEqual({ clean: false, whole: false });
    expect(items.flatMap(({ offenders }) => offenders)).toContain('jnl_late has 0 entries, 0 of zero');
  });

  it('goes on with the chain where it was, and sees when that link is another one', async () => {
    await audit.runAndKeep();
    await order();
    await dataSource.query(
      "UPDATE journal SET posted_at = posted_at - INTERVAL 2 MINUTE WHERE id NOT LIKE 'jnl\\_000%'",
    );
    await poster.get(Sealer).sealJournals();
    expect(await audit.runAndKeep()).toMatchObject({ clean: true, chain: { checked: 1, count: 0 } });
    await dataSource.query("UPDATE journal_seal SET seal = REPEAT('a', 64) WHERE position = 2");
    const { clean, since, chain } = await (await startAudit()).runAndKeep();
    expect({ clean, whole: since === null }).toEqual({ clean: false, whole: false });
    expect(chain.offenders).toContain('link 2 is not the one that was written down');
  });

  it('looks at everything when the last one says that it was in the future', async () => {
    await audit.runAndKeep();
    await dataSource.query('UPDATE audit_result SET at = at + INTERVAL 1 HOUR WHERE id = 4');
    expect(await audit.runAndKeep()).toMatchObject({ clean: true, since: null });
  });
});
