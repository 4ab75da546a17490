import { connect, type Socket } from 'node:net';
import mysql from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { DOWNLOADS_AT_ONCE } from '../../src/shared/download.js';
import { createWorld, type World } from '../support/actors.js';
import type { Answer } from '../support/http-client.js';
import { insertRows } from '../support/insert-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Who reads the books, slowly or a lot, does not stop the shop. */

const PERIOD = 'from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z';
const ASKED = 24;
const AUDITS = 20;
/** So that what a download holds is far more than what lies in buffers between it and its reader. */
const JOURNALS = 30_000;

let testApp: TestApp;
let world: World;
const sockets: Socket[] = [];

beforeAll(async () => {
  testApp = await startTestApp({ DATABASE_POOL_SIZE: '2' });
  world = await createWorld(testApp);
  const tx = testApp.app.get(DataSource).manager;
  const numbers = Array.from({ length: JOURNALS }, (_, n) => n.toString().padStart(6, '0'));
  const posted = new Date('2026-02-01T00:00:00Z');
  await insertRows(
    tx,
    'journal',
    ['id', 'business_key', 'kind', 'description', 'cause_type', 'cause_id', 'occurred_at', 'posted_at'],
    numbers.map((n) => [`jnl_${n}`, `k${n}`, 'adjustment', 'x'.repeat(200), 'adjustment', 'adj_1', posted, posted]),
  );
  await tx.query(
    `INSERT INTO entry (journal_id, line, owner, asset, account, amount)
     SELECT id, line, 'platform', 'CNY', 'fees', amount FROM journal, (SELECT 1 line, 7 amount UNION SELECT 2, -7) both_sides`,
  );
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await testApp.close();
});

/** Asks for all journals and takes no more than the beginning of the answer. */
function askAndStopReading(): Promise<{ socket: Socket; status: number }> {
  const { hostname, port } = new URL(testApp.baseUrl);
  const { authorization = '' } = world.auditor.headers;
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.write(
    `GET /v1/finance/journals.csv?${PERIOD} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${authorization}\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (bytes) => {
      socket.pause();
      resolve({ socket, status: Number(bytes.toString('latin1').split(' ')[1]) });
    });
  });
}

async function buy(orderId: string): Promise<number[]> {
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: 1_000, lineTotal: 1_000 }];
  const placed = await world.sk.post('/v1/orders', { orderId, currency: 'CNY', lines });
  const done = await world.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1_000 });
  return [placed.status, done.status];
}

test('orders are placed and completed while downloads that nobody reads hang; these are cut in the end and make room', async () => {
  const asked = await Promise.all(Array.from({ length: ASKED }, askAndStopReading));
  const hanging = asked.filter(({ status }) => status === 200);
  expect(hanging).toHaveLength(DOWNLOADS_AT_ONCE);
  expect(asked.filter(({ status }) => status === 503)).toHaveLength(ASKED - DOWNLOADS_AT_ONCE);

  for (let n = 0; n < 10; n += 1) expect(await buy(`unread-${n.toString()}`)).toEqual([201, 202]);
  const totals = await world.auditor.get(`/v1/finance/journals/totals?${PERIOD}`);
  expect(totals.body).toMatchObject({ journals: JOURNALS, entries: 2 * JOURNALS });
  const refused = await world.auditor.get(`/v1/finance/journals.csv?${PERIOD}`);
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'service.busy', '1']);

  let next: Answer = refused;
  while (next.status === 503) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    next = await world.auditor.get('/v1/finance/journals.csv?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z');
  }
  expect(next.status).toBe(200);
  for (const { socket } of hanging) {
    let end = '';
    socket.on('data', (bytes) => (end = bytes.toString('latin1').slice(-7))).on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await closed;
    expect(end.endsWith('0\r\n\r\n')).toBe(false);
  }
}, 180_000);

test('orders are placed and completed while audits hang; whoever asks meanwhile gets the same result', async () => {
  const other = await mysql.createConnection(testApp.databaseUrl);
  await other.query('LOCK TABLES bank_report WRITE');
  let answered = 0;
  const audits = Array.from({ length: AUDITS }, async () => {
    const audit = await world.auditor.get('/v1/finance/audit');
    answered += 1;
    return audit;
  });
  try {
    const progress = async () => (await world.auditor.get('/v1/finance/audit/progress')).body.running;
    while ((await progress()) === null) await new Promise((resolve) => setTimeout(resolve, 50));
    for (let n = 0; n < 10; n += 1) expect(await buy(`audited-${n.toString()}`)).toEqual([201, 202]);
    expect(answered).toBe(0);
  } finally {
    await other.query('UNLOCK TABLES');
    await other.end();
  }
  const results = await Promise.all(audits);
  expect(new Set(results.map(({ status, body }) => `${status.toString()} ${String(body.at)}`)).size).toBe(1);
  expect(results[0]?.status).toBe(200);
}, 120_000);

test('orders are placed and completed while figures, lists that add up and exports read page by page hang', async () => {
  const form = { wechatId: 'li_wei', displayName: 'Li Wei', consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${String(application.id)}/approve`, {});
  const asked: [path: string, accept: string][] = [
    ['/v1/stats/daily', 'application/json'],
    ['/v1/stats/leaders', 'application/json'],
    ['/v1/stats/cohorts', 'application/json'],
    ['/v1/finance/reconciliation', 'application/json'],
    ['/v1/bank-report-lines', 'text/csv'],
    [`/v1/merchants/${String(body.merchant.id)}/entries`, 'text/csv'],
  ];
  const other = await mysql.createConnection(testApp.databaseUrl);
  await other.query('LOCK TABLES day_figure WRITE, payout WRITE, bank_report_line WRITE, entry WRITE');
  let answered = 0;
  const answers = Array.from({ length: ASKED }, async (_, n) => {
    const [path, accept] = asked[n % asked.length] ?? [''];
    const answer = await fetch(testApp.baseUrl + path, {
      headers: { ...world.auditor.headers, ...(accept && { accept }) },
    });
    if (answer.status !== 503) answered += 1;
    await answer.arrayBuffer();
    return answer.status;
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (let n = 0; n < 10; n += 1) expect(await buy(`figured-${n.toString()}`)).toEqual([201, 202]);
    expect(answered).toBe(0);
  } finally {
    await other.query('UNLOCK TABLES');
    await other.end();
  }
  const statuses = await Promise.all(answers);
  const downloads = statuses.filter((_, n) => asked[n % asked.length]?.[1] === 'text/csv');
  expect(statuses.filter((status) => status === 200)).toHaveLength(ASKED - downloads.length + DOWNLOADS_AT_ONCE);
  expect(downloads.filter((status) => status === 503)).toHaveLength(downloads.length - DOWNLOADS_AT_ONCE);
}, 120_000);
