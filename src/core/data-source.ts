import { DataSource, type DataSourceOptions, type EntitySchema, type MixedList } from 'typeorm';
import { tlsOf } from './database-tls.js';
import { mysqlDriver, type PoolLimits } from './limited-pool.js';
import { migrations } from './migrations/index.js';

type Entities = MixedList<(new () => object) | EntitySchema>;

const MIGRATIONS_TABLE = 'schema_migration';

/** Where the database is, and how many connections a process may have. */
export interface DatabaseSettings {
  url: string;
  poolSize: number;
  dialect?: 'mysql' | 'mariadb';
  /** Of a process that answers people; without them a statement takes as long as it takes. */
  limits?: PoolLimits;
}

/** The connection pool of a process, as TypeORM wants it told; without the entities. */
export function dataSourceOptions(options: DatabaseSettings): DataSourceOptions {
  return {
    // For MariaDB too: its own type uses RETURNING, which MySQL does not have.
    type: options.dialect ?? 'mysql',
    driver: mysqlDriver(options.limits),
    url: options.url,
    ...tlsOf(options.url),
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

/** Whether every migration has run. */
export async function isMigrated(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE}`);
  const ran = new Set(rows.map((row) => row.name));
  return dataSource.migrations.every((migration) => ran.has(migration.name ?? migration.constructor.name));
}
