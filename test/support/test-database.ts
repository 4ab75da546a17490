import mysql from 'mysql2/promise';
import { createDataSource } from '../../src/core/data-source.js';
import { entities } from '../../src/entities.js';

/** An empty, migrated database of this test file, on the server of DATABASE_URL. Returns its URL. */
export async function createTestDatabase(name = `yinke_test_${process.env.JEST_WORKER_ID ?? '1'}`): Promise<string> {
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('DATABASE_URL is not set: run tests with `npm test`');
  const connection = await mysql.createConnection({ uri: server });
  await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await connection.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const dataSource = await createDataSource({ url: url.href, poolSize: 2, entities }).initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  return url.href;
}
