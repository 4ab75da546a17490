import { jest } from '@jest/globals';
import { once } from 'node:events';
import { csvOf, type CsvCell } from './csv.js';
import { DOWNLOADS_AT_ONCE } from './download.js';

/** Rows without end, and whether they are still read. */
function endless() {
  const state = { open: false, read: 0 };
  async function* rows(): AsyncGenerator<CsvCell[]> {
    state.open = true;
    try {
      for (;;) {
        state.read += 1;
        yield ['x'.repeat(1_000)];
        await Promise.resolve();
      }
    } finally {
      state.open = false;
    }
  }
  return { state, rows: rows() };
}

/** Lets everything happen that waits for no timer. */
const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function passSeconds(seconds: number, each: () => void = () => undefined): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    each();
    await rest();
    jest.advanceTimersByTime(1_000);
    await rest();
  }
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

test('a download of which nothing is taken for half a minute is cut, and its rows are closed', async () => {
  const { state, rows } = endless();
  const csv = csvOf(['x'], rows);
  const failed = once(csv, 'error');
  await passSeconds(20);
  expect([csv.destroyed, state.open]).toEqual([false, true]);
  await passSeconds(20);
  expect((await failed)[0]).toEqual(new Error('the reader has stopped'));
  expect(state.open).toBe(false);
});

test('a download that is taken slowly is not cut', async () => {
  const { state, rows } = endless();
  const csv = csvOf(['x'], rows);
  await passSeconds(120, () => csv.read(10));
  expect([csv.destroyed, state.open]).toEqual([false, true]);
  csv.destroy();
  await rest();
});

test('a download whose rows are long in coming is not cut', async () => {
  let give: () => void = () => undefined;
  async function* rows(): AsyncGenerator<CsvCell[]> {
    await new Promise<void>((resolve) => (give = resolve));
    yield ['late'];
  }
  const csv = csvOf(['x'], rows());
  await passSeconds(120);
  expect(csv.destroyed).toBe(false);
  give();
  expect(await csv.toArray().then((parts) => parts.join(''))).toBe('x\r\nlate\r\n');
});

test('the end of a download that nobody takes is cut too', async () => {
  async function* rows(): AsyncGenerator<CsvCell[]> {
    yield await Promise.resolve(['short']);
  }
  const csv = csvOf(['x'], rows());
  const failed = once(csv, 'error');
  await passSeconds(40);
  await failed;
  expect(csv.destroyed).toBe(true);
});

test('so many downloads are sent at once and no more; one that ends or is left makes room', async () => {
  const open = Array.from({ length: DOWNLOADS_AT_ONCE }, () => csvOf(['x'], endless().rows));
  expect(() => csvOf(['x'], endless().rows)).toThrow('service.busy');
  open[0]?.destroy();
  await rest();
  const next = csvOf(['x'], endless().rows);
  for (const csv of [...open, next]) csv.destroy();
  await rest();
});
