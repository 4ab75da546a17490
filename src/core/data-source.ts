import { DataSource, type DataSourceOptions, type EntitySchema, type MixedList } from 'typeorm';
import { tlsOf } from './database-tls.js';
import { mysqlDriver, type PoolLimits } from './limited-pool.js';
import { addressesOf } from './store-addresses.js';
import { Writer, type Address } from './writer.js';
import { migrations } from './migrations/index.js';

type Entities = MixedList<(new () => object) | EntitySchema>;

const MIGRATIONS_TABLE = 'schema_migration';

/** Where the database is, and how many connections a process may have. */
export interface DatabaseSettings {
  /** With several addresses: the first that takes writes is used. */
  url: string;
  poolSize: number;
  dialect?: 'mysql' | 'mariadb';
  /** Of a process that answers people; without them a statement takes as long as it takes. */
  limits?: PoolLimits;
}

/** The connection pool of a process, as TypeORM wants it told; without the entities. */
export function dataSourceOptions(options: DatabaseSettings): DataSourceOptions {
  const urls = addressesOf(options.url);
  return {
    // For MariaDB too: its own type uses RETURNING, which MySQL does not have.
    type: options.dialect ?? 'mysql',
    driver: mysqlDriver(options.limits, urls.map(addressOf)),
    url: urls[0],
    ...tlsOf(urls[0]),
    poolSize: options.poolSize,
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    synchronize: false,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    // mysql2 sets FOUND_ROWS, with which a no-op upsert and a guarded update that changed nothing count as one row.
    flags: ['-FOUND_ROWS'],
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    extra: { connectTimeout: 5000, enableKeepAlive: true, maxIdle: options.poolSize },
  };
}

/** A connection pool without Nest. Not yet connected: call `initialize()`. */
export function createDataSource({ entities, ...settings }: DatabaseSettings & { entities: Entities }): DataSource {
  return new DataSource({ ...dataSourceOptions(settings), entities });
}

/** Of a URL with several addresses, the one that takes writes now; for programs that know one address only. */
export async function writerUrl(url: string): Promise<string> {
  const urls = addressesOf(url);
  if (urls.length === 1) return url;
  const [first] = urls;
  const { username, password, pathname } = new URL(first);
  const addresses = urls.map(addressOf);
  const writer = new Writer(addresses, {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  });
  try {
    const { host, port } = await writer.find();
    return urls[addresses.findIndex((one) => one.host === host && one.port === port)] ?? first;
  } finally {
    writer.end();
  }
}

function addressOf(url: string): Address {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || '3306') };
}

/** Whether every migration has run. */
export async function isMigrated(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE}`);
  const ran = new Set(rows.map((row) => row.name));
  return dataSource.migrations.every((migration) => ran.has(migration.name ?? migration.constructor.name));
}
