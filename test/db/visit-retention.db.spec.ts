import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { VisitsModule } from '../../src/detection/visits/visits.module.js';
import { VisitRetention } from '../../src/detection/visits/visit-retention.js';
import { VisitRetentionRepository } from '../../src/detection/visits/visit-retention.repository.js';
import { DAY_MS } from '../../src/shared/calendar.js';
import { firstIdAt, newId } from '../../src/shared/ids.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

const database = `yinke_visits_${process.env.JEST_WORKER_ID ?? '1'}`;
let rooms: TestingModule;
let db: DataSource;
let retention: VisitRetention;
let repository: VisitRetentionRepository;

// A database of its own: other files find the partitions as the migrations left them.
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(database);
  rooms = await startRooms(testConfig(databaseUrl, { YINKE_VISIT_DAYS: '60' }), VisitsModule);
  db = rooms.get(DataSource);
  retention = rooms.get(VisitRetention);
  repository = rooms.get(VisitRetentionRepository);
});
afterAll(async () => {
  await db.query(`DROP DATABASE ${database}`);
  await rooms.close();
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

async function visit(at: Date): Promise<string> {
  // Made at that moment, and like no other.
  const id = firstIdAt('visit', at).slice(0, 14) + newId('visit').slice(14);
  await db.query(
    `INSERT INTO visit (id, storefront_id, code_status, answers, created_at) VALUES (?, 'sto_x', 'absent', 0, ?)`,
    [id, at],
  );
  return id;
}

const kept = async () => (await db.query<{ id: string }[]>('SELECT id FROM visit ORDER BY id')).map(({ id }) => id);
const months = async () => (await repository.partitions(db.manager)).map(({ name }) => name);

it('keeps a partition for this month and the next three, and one for what comes after', async () => {
  expect(await months()).toEqual(['later']);
  await retention.sweep();
  expect(await months()).toHaveLength(5);
  const again = await months();
  await retention.sweep();
  expect(await months()).toEqual(again);
  const id = await visit(new Date());
  const [{ partitions }] = await db.query<[{ partitions: string }]>(
    'EXPLAIN PARTITIONS SELECT * FROM visit WHERE id = ?',
    [id],
  );
  expect(partitions).toBe(again[0]);
  await db.query('DELETE FROM visit');
});

it('goes on when no worker ran for months: what came late is moved to its month', async () => {
  const late = await visit(daysAgo(-150));
  await repository.makeMonths(daysAgo(-200));
  expect(await kept()).toEqual([late]);
  expect(await db.query('SELECT 1 FROM visit PARTITION (later)')).toEqual([]);
  await db.query('DELETE FROM visit');
});

it('deletes visits that are older than the setting, all of them and no other', async () => {
  const old = await Promise.all(Array.from({ length: 12 }, (_, n) => visit(daysAgo(61 + n))));
  const young = [await visit(daysAgo(59)), await visit(daysAgo(1)), await visit(new Date())];
  expect(await kept()).toEqual([...old, ...young].sort());
  expect(await retention.sweep()).toBe(old.length);
  expect(await kept()).toEqual([...young].sort());
  const [{ days }] = await db.query<[{ days: string }]>(
    'SELECT TIMESTAMPDIFF(DAY, deleted_until, NOW(6)) days FROM visit_retention',
  );
  expect(Number(days)).toBe(60);
});

it('drops a month as a whole once all of it is old', async () => {
  const [first] = await repository.partitions(db.manager);
  const end = new Date(Date.now() + 200 * DAY_MS);
  const dropped = await repository.dropMonths(end);
  expect(dropped).toBeGreaterThan(0);
  expect(await months()).not.toContain(first?.name);
  expect((await months()).at(-1)).toBe('later');
});

it('does not hold up visits while somebody reads for long: the partitions wait for the next sweep', async () => {
  await repository.makeMonths(new Date());
  const reader = db.createQueryRunner();
  await reader.query('START TRANSACTION');
  await reader.query('SELECT COUNT(*) FROM visit');
  const began = Date.now();
  await expect(repository.dropMonths(daysAgo(-2_000))).rejects.toMatchObject({ errno: 1205 });
  expect(Date.now() - began).toBeLessThan(8_000);
  await visit(new Date());
  await reader.query('ROLLBACK');
  await reader.release();
  await repository.dropMonths(daysAgo(-2_000));
  expect(await months()).toEqual(['later']);
});
