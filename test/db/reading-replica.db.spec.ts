import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/core/data-source.js';
import { Logger } from '../../src/core/logger.js';
import { ReadingPool } from '../../src/core/reading-pool.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { startReplicatedPair, type ReplicatedPair } from '../support/mariadb-replica.js';

let pair: ReplicatedPair;
let dataSource: DataSource;
let reading: ReadingPool;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  pair = await startReplicatedPair();
  dataSource = await createDataSource({ url: pair.primary.url, poolSize: 3, entities: [] }).initialize();
  await dataSource.query('CREATE TABLE sale (id INT PRIMARY KEY)');
  const config = {
    databaseUrl: pair.primary.url,
    databaseReadingUrl: pair.replica.url,
    databaseReadingPoolSize: 5,
    databaseReadingWaitMs: 1_000,
  };
  reading = new ReadingPool(dataSource, config, new Logger('silent'));
  unitOfWork = new UnitOfWork(dataSource, reading);
}, 240_000);
afterAll(async () => {
  await reading.onApplicationShutdown();
  await dataSource.destroy();
  await pair.close();
});

let sales = 0;
const sell = async () => {
  sales += 1;
  await dataSource.query('INSERT INTO sale (id) VALUES (?)', [sales]);
};
/** Which server answers, and what it knows. */
const look = () =>
  unitOfWork.snapshot(async (tx) => {
    const [row] = await tx.query<{ server: string; n: string }[]>('SELECT @@server_id server, COUNT(*) n FROM sale');
    return [Number(row?.server), Number(row?.n)];
  });

test('what reads much asks the replica, and finds there whatever was written before', async () => {
  for (let n = 0; n < 20; n += 1) {
    await sell();
    expect(await look()).toEqual([2, sales]);
  }
  const [row] = await (await unitOfWork.heavyReader()).query<{ n: string }[]>('SELECT COUNT(*) n FROM sale');
  expect(Number(row?.n)).toBe(sales);
});

test('a replica that lags is waited for, and one that lags too much is passed by until it has caught up', async () => {
  await pair.replica.connection.query('STOP SLAVE');
  await sell();
  const soon = look();
  setTimeout(() => void pair.replica.connection.query('START SLAVE'), 300);
  expect(await soon).toEqual([2, sales]);

  await pair.replica.connection.query('STOP SLAVE');
  await sell();
  expect(await look()).toEqual([1, sales]);
  await pair.replica.connection.query('START SLAVE');
  await sell();
  expect(await look()).toEqual([2, sales]);
});

test('with the replica gone, the server that is written to answers', async () => {
  await pair.replica.kill();
  await sell();
  expect(await look()).toEqual([1, sales]);
  expect(await look()).toEqual([1, sales]);
});
