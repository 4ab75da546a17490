import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { createDataSource } from '../../src/core/data-source.js';
import { serviceGrants } from '../../src/core/grants.js';
import { entities } from '../../src/entities.js';

/** Migrated once, on a server's first test; nothing writes to it afterwards. */
const TEMPLATE = 'yinke_template';

/** Who the program is in tests: it may do with each table what the service may, and no more. */
const SERVICE = { user: 'yinke_test_service', host: '%', password: 'limited' };

/** The same database, as the program signs in to it. */
export function serviceUrl(databaseUrl: string): string {
  return Object.assign(new URL(databaseUrl), { username: SERVICE.user, password: SERVICE.password }).href;
}

/**
 * A database of this test file on the server of DATABASE_URL, as the migrations leave one. Returns its URL, with the
 * user who may do everything. The database
 * of an earlier file is emptied, which takes a hundredth of the time of a new one; one whose schema a test has changed
 * is made anew.
 */
export async function createTestDatabase(name = `yinke_test_${process.env.JEST_WORKER_ID ?? '1'}`): Promise<string> {
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('DATABASE_URL is not set: run tests with `npm test`');
  const connection = await mysql.createConnection({ uri: server, multipleStatements: true });
  try {
    await prepareTemplate(connection, server);
    const wanted = await schemaOf(connection, TEMPLATE);
    const tables = [...wanted.keys()];
    if (isSame(await schemaOf(connection, name), wanted))
      await connection.query(tables.map((table) => `DELETE FROM \`${name}\`.\`${table}\``).join(';'));
    else {
      await createEmpty(connection, name);
      const copies = tables.map((table) => `CREATE TABLE \`${name}\`.\`${table}\` LIKE \`${TEMPLATE}\`.\`${table}\``);
      await connection.query(copies.join(';'));
      await connection.query(serviceGrants(entities, name, SERVICE).join(';'));
    }
    const rows = tables.map(
      (table) => `INSERT INTO \`${name}\`.\`${table}\` SELECT * FROM \`${TEMPLATE}\`.\`${table}\``,
    );
    await connection.query(rows.join(';'));
  } finally {
    await connection.end();
  }
  return urlOf(server, name);
}

/** Jest's workers may come here at the same time: one of them migrates. */
async function prepareTemplate(connection: Connection, server: string): Promise<void> {
  await connection.query(`SELECT GET_LOCK('${TEMPLATE}', 60)`);
  const marker = `SELECT 1 FROM information_schema.schemata WHERE schema_name = '${TEMPLATE}_ready'`;
  const [ready] = await connection.query<RowDataPacket[]>(marker);
  if (ready.length === 0) {
    await createEmpty(connection, TEMPLATE);
    const dataSource = createDataSource({ url: urlOf(server, TEMPLATE), poolSize: 2, entities });
    await dataSource.initialize();
    await dataSource.runMigrations();
    await dataSource.destroy();
    await connection.query(
      `CREATE USER IF NOT EXISTS '${SERVICE.user}'@'${SERVICE.host}' IDENTIFIED BY '${SERVICE.password}'`,
    );
    await connection.query(`CREATE DATABASE ${TEMPLATE}_ready`);
  }
  await connection.query(`SELECT RELEASE_LOCK('${TEMPLATE}')`);
}

async function createEmpty(connection: Connection, name: string): Promise<void> {
  await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
}

/** By table, how it would be made; a trigger counts as a table, so that it makes a difference. */
async function schemaOf(connection: Connection, name: string): Promise<Map<string, string>> {
  const [names] = await connection.query<RowDataPacket[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?
     UNION ALL SELECT CONCAT('trigger ', trigger_name) FROM information_schema.triggers WHERE trigger_schema = ?`,
    [name, name],
  );
  const schema = new Map(names.map((row) => [String(row.name), '']));
  for (const table of schema.keys()) {
    if (table.startsWith('trigger ')) continue;
    const [[row]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE \`${name}\`.\`${table}\``);
    schema.set(table, String(row?.['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''));
  }
  return schema;
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([table, made]) => other.get(table) === made);
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
