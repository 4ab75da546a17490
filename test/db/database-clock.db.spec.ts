import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '../../src/core/database-clock.js';
import { databaseNow } from '../../src/core/database-now.js';
import { Logger } from '../../src/core/logger.js';
import { createTestDatabase } from '../support/test-database.js';
import { createDataSource } from '../../src/core/data-source.js';

const HOUR_MS = 3_600_000;
const realNow = Date.now.bind(Date);
let dataSource: DataSource;
let clock: DatabaseClock | undefined;

beforeAll(async () => {
  dataSource = createDataSource({ url: await createTestDatabase(), poolSize: 2, entities: [] });
  await dataSource.initialize();
});
afterAll(() => dataSource.destroy());
afterEach(() => {
  clock?.onModuleDestroy();
  jest.restoreAllMocks();
});

/** The clock of this machine is wrong by so much. */
const shift = (ms: number) => jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ms);
const offBy = async (one: DatabaseClock) => one.now().getTime() - (await databaseNow(dataSource.manager)).getTime();

describe('the clock of a process', () => {
  it.each([-3, 3])(
    'is the database’s when that of the machine is wrong by %i hours, and says so once',
    async (hours) => {
      shift(hours * HOUR_MS);
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
      clock = await DatabaseClock.start(dataSource, new Logger('warn'));
      expect(Math.abs(await offBy(clock))).toBeLessThan(1_000);
      expect(warn.mock.calls).toEqual([[expect.stringContaining('wrong'), { aheadMs: expect.any(Number) }]]);
      expect(Math.abs(Number((warn.mock.calls[0]?.[1] as any).aheadMs) - hours * HOUR_MS)).toBeLessThan(1_000);
    },
  );

  it('goes on as before when that of the machine is set while the process runs', async () => {
    clock = await DatabaseClock.start(dataSource, new Logger('error'));
    shift(HOUR_MS);
    expect(Math.abs(await offBy(clock))).toBeLessThan(1_000);
    shift(-HOUR_MS);
    expect(Math.abs(await offBy(clock))).toBeLessThan(1_000);
  });

  it('is that of the machine to the millisecond when it is right', async () => {
    clock = await DatabaseClock.start(dataSource, new Logger('error'));
    const now = realNow() + 7;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    expect(clock.now().getTime()).toBe(now);
  });
});
