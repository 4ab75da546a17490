import mysql from 'mysql2/promise';
import { createWorld, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
afterAll(() => app.close());

test('who waits for an audit sees how far it is, and then that none runs', async () => {
  const { items } = (await world.auditor.get('/v1/finance/audit/invariants')).body;
  const audit = world.auditor.get('/v1/finance/audit').then(({ body }) => body);
  let seen: { startedAt: string; checked: number; of: number } | null = null;
  for (let tries = 0; !seen && tries < 1_000; tries += 1)
    seen = (await world.maker.get('/v1/finance/audit/progress')).body.running;
  expect(seen).toEqual({ startedAt: expect.any(String), checked: expect.any(Number), of: items.length });
  expect((await audit).items).toHaveLength(items.length);
  expect((await world.auditor.get('/v1/finance/audit/progress')).body).toEqual({ running: null });
});

test('each invariant is told with its sentence and the statement that finds what breaks it', async () => {
  const { items } = (await world.auditor.get('/v1/finance/audit/invariants')).body;
  expect(items[0]).toEqual({
    invariant: 1,
    sentence: 'every journal sums to zero in each asset, and has two entries or more, none of them zero',
    title: 'every journal sums to zero per asset',
    part: 'ledger',
    sql: expect.stringMatching(/^SELECT /),
  });
  expect((await world.reviewer.get('/v1/finance/audit/invariants')).status).toBe(403);
});

test('an audit that takes long is asked for, looked after, and its result fetched, while who waits for one is answered as before', async () => {
  const other = await mysql.createConnection(app.databaseUrl);
  await other.query('LOCK TABLES bank_report WRITE');
  const asked = await world.auditor.post('/v1/finance/audit', undefined);
  const path = String(asked.headers.get('location'));
  try {
    expect([asked.status, path]).toEqual([202, `/v1/finance/audit/finished?since=${String(asked.body.since)}`]);
    let answer = (await world.maker.get(path)).body;
    while (answer.running === null) answer = (await world.maker.get(path)).body;
    expect(answer).toEqual({ result: null, running: expect.objectContaining({ of: expect.any(Number) }) });
  } finally {
    await other.query('UNLOCK TABLES');
    await other.end();
  }
  let { result } = (await world.maker.get(path)).body;
  while (result === null) result = (await world.maker.get(path)).body.result;
  expect(result).toMatchObject({ at: expect.any(String), clean: true });
  expect((await world.auditor.get('/v1/finance/audit')).body.at > result.at).toBe(true);
  expect((await world.maker.get('/v1/finance/audit/finished?since=2999-01-01T00:00:00Z')).body).toEqual({
    result: null,
    running: null,
  });
  expect((await world.reviewer.get(path)).status).toBe(403);
});
