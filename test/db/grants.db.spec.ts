import mysql, { type Connection } from 'mysql2/promise';
import { applyGrants } from '../../src/core/grants.js';
import { tableRights } from '../../src/core/table-rights.js';
import { entities } from '../../src/entities.js';
import { createTestDatabase } from '../support/test-database.js';

/** What the database refuses its users, whatever the program tries. */

const SERVICE = { user: 'yinke_grants_service', password: 'service' };
const AUDIT = { user: 'yinke_grants_audit', password: 'audit' };

let migration: string;
let root: Connection;
let service: Connection;
let audit: Connection;

const urlOf = ({ user, password }: typeof SERVICE) =>
  Object.assign(new URL(migration), { username: user, password }).href;

async function grant(): Promise<void> {
  await applyGrants({ entities, migration, url: urlOf(SERVICE), may: 'serve' });
  await applyGrants({ entities, migration, url: urlOf(AUDIT), may: 'read' });
}

beforeAll(async () => {
  migration = await createTestDatabase();
  root = await mysql.createConnection(migration);
  for (const { user, password } of [SERVICE, AUDIT]) {
    await root.query(`DROP USER IF EXISTS '${user}'@'%'`);
    await root.query(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`);
  }
  await grant();
  service = await mysql.createConnection(urlOf(SERVICE));
  audit = await mysql.createConnection(urlOf(AUDIT));
});
afterAll(async () => {
  await Promise.all([service.end(), audit.end()]);
  for (const { user } of [SERVICE, AUDIT]) await root.query(`DROP USER '${user}'@'%'`);
  await root.end();
});

const DENIED = /command denied|Access denied/;

it.each([
  'audit_log',
  'journal',
  'entry',
  'journal_seal',
  'book_closing',
  'book_closing_sum',
  'points_lot_move',
  'coupon_move',
  'refund',
  'order_revision',
])('the service adds to %s, and can change or delete none of it', async (table) => {
  const [[column]] = await root.query<mysql.RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
  const name = String(column?.Field);
  await expect(service.query(`UPDATE ${table} SET ${name} = ${name}`)).rejects.toThrow(DENIED);
  await expect(service.query(`DELETE FROM ${table}`)).rejects.toThrow(DENIED);
  await expect(service.query(`TRUNCATE TABLE ${table}`)).rejects.toThrow(DENIED);
  await expect(service.query(`REPLACE INTO ${table} SELECT * FROM ${table}`)).rejects.toThrow(DENIED);
  await expect(
    service.query(`INSERT INTO ${table} SELECT * FROM ${table} t ON DUPLICATE KEY UPDATE ${name} = t.${name}`),
  ).rejects.toThrow(DENIED);
  await service.query(`INSERT INTO ${table} SELECT * FROM ${table} WHERE 1 = 0`);
  await service.query(`SELECT * FROM ${table} LIMIT 1`);
});

it.each(['account', 'shop_order', 'order_event', 'reward', 'seal_head', 'payout_batch', 'hold', 'adjustment'])(
  'the service changes rows of %s, and can delete none',
  async (table) => {
    const [[column]] = await root.query<mysql.RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
    const name = String(column?.Field);
    await expect(service.query(`DELETE FROM ${table}`)).rejects.toThrow(DENIED);
    await service.query(`UPDATE ${table} SET ${name} = ${name} WHERE 1 = 0`);
  },
);

it('neither the service nor the audit changes tables, rights, or what migrations have run', async () => {
  for (const connection of [service, audit])
    for (const statement of [
      'CREATE TABLE mine (id INT)',
      'DROP TABLE audit_log',
      'ALTER TABLE journal ADD COLUMN more INT',
      'CREATE TRIGGER sly BEFORE INSERT ON journal FOR EACH ROW SET NEW.kind = 1',
      'DELETE FROM schema_migration',
      `GRANT ALL PRIVILEGES ON audit_log TO '${SERVICE.user}'@'%'`,
    ])
      await expect(connection.query(statement)).rejects.toThrow(/denied/);
});

it('the service makes and drops the months of visits, and changes no other table', async () => {
  const months = `ALTER TABLE visit REORGANIZE PARTITION later INTO
    (PARTITION one VALUES LESS THAN ('vis_0'), PARTITION later VALUES LESS THAN (MAXVALUE))`;
  await expect(audit.query(months)).rejects.toThrow(DENIED);
  await service.query(months);
  await service.query('ALTER TABLE visit DROP PARTITION one');
  await expect(service.query('ALTER TABLE shop_order ADD COLUMN more INT')).rejects.toThrow(DENIED);
});

it('the audit reads every table, and writes none', async () => {
  const [tables] = await root.query<mysql.RowDataPacket[]>('SHOW TABLES');
  for (const table of tables.map((row) => String(Object.values(row)[0]))) {
    await audit.query(`SELECT * FROM ${table} LIMIT 1`);
    await expect(audit.query(`DELETE FROM ${table}`)).rejects.toThrow(DENIED);
  }
});

it('every table of the database has its rights named', async () => {
  const [tables] = await root.query<mysql.RowDataPacket[]>('SHOW TABLES');
  expect(tables.map((row) => String(Object.values(row)[0])).sort()).toEqual([...tableRights(entities).keys()].sort());
});

it('rights beyond its own that a user was given are taken away by the next migration', async () => {
  const database = new URL(migration).pathname.slice(1);
  await root.query(`GRANT ALL PRIVILEGES ON \`${database.replaceAll('_', '\\_')}\`.* TO '${SERVICE.user}'@'%'`);
  await root.query(`GRANT UPDATE ON \`${database}\`.audit_log TO '${SERVICE.user}'@'%'`);
  await root.query(`GRANT DELETE ON \`${database}\`.audit_log TO '${AUDIT.user}'@'%'`);
  await grant();
  const again = await mysql.createConnection(urlOf(SERVICE));
  await expect(again.query('UPDATE audit_log SET action = action')).rejects.toThrow(DENIED);
  await expect(again.query('DELETE FROM journal')).rejects.toThrow(DENIED);
  await again.query('UPDATE account SET version = version WHERE 1 = 0');
  await again.end();
  await expect(audit.query('DELETE FROM audit_log')).rejects.toThrow(DENIED);
});

it('a user that has rights in every database is refused in plain words', async () => {
  await root.query(`GRANT DELETE ON *.* TO '${SERVICE.user}'@'%'`);
  await expect(grant()).rejects.toThrow(/may DELETE in every database, so that no table is safe from it/);
  await root.query(`REVOKE DELETE ON *.* FROM '${SERVICE.user}'@'%'`);
});
