import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../scripts/lib/ports.mjs';
import { startBalancer } from '../support/balancer.mjs';
import { insertRule } from '../support/order-events.js';
import { offenders } from '../support/poster.js';
import { addMerchant, openShop, type Shop } from '../support/shop.js';
import { testEnvironment } from '../support/test-config.js';
import { settled } from '../support/worker.js';

/** Processes of the build, ended by SIGTERM one after the other while calls go on, as a roll-out does. */

const GRACE_SECONDS = '2';
const CALLERS = 8;

let shop: Shop;
let visit: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  shop = await openShop();
  const ann = await addMerchant(shop, 'ann_tea');
  visit = (await shop.pk.post('/v1/visits', { merchantCode: ann.code })).body.visit;
  await insertRule(shop.db, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: ann.id });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await shop.testApp.close();
});

function start(program: 'main' | 'worker', overrides: NodeJS.ProcessEnv = {}): ChildProcess {
  const settings = testEnvironment(shop.testApp.databaseUrl, {
    YINKE_STOP_GRACE_SECONDS: GRACE_SECONDS,
    YINKE_LOG_LEVEL: 'warn',
    ...overrides,
  });
  const child = spawn(process.execPath, [`dist/${program}.js`], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function startApi(port: number): Promise<ChildProcess> {
  const child = start('main', { PORT: port.toString() });
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port.toString()}/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the API did not become ready');
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const [code, signal] = await exit;
  // Once all is closed it ends as one does that knows nothing of signals.
  expect([code, signal]).toEqual([null, 'SIGTERM']);
}

/** Callers that place and complete orders without a pause; every answer is kept, and every connection that broke. */
function load(balancer: Awaited<ReturnType<typeof startBalancer>>) {
  const client = shop.sk.at(balancer.baseUrl);
  const acknowledged: string[] = [];
  const failures: string[] = [];
  let going = true;
  const call = async (what: string, path: string, body: unknown, status: number): Promise<boolean> => {
    try {
      const answer = await client.post(path, body);
      if (answer.status !== status) failures.push(`${what}: ${answer.status.toString()} ${answer.text}`);
      return answer.status === status;
    } catch (error) {
      failures.push(`${what}: ${String((error as Error).cause ?? error)}`);
      return false;
    }
  };
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    for (let n = 0; going; n += 1) {
      const orderId = `roll-${caller.toString()}-${n.toString()}`;
      const lines = [{ sku: 'tea', quantity: 1, unitPrice: 1_000, lineTotal: 1_000 }];
      const order = { orderId, currency: 'CNY', visit, lines };
      if (!(await call('place', '/v1/orders', order, 201))) continue;
      if (await call('complete', `/v1/orders/${orderId}/complete`, { amountPaid: 1_000 }, 202))
        acknowledged.push(orderId);
    }
  });
  return {
    acknowledged,
    failures,
    end: async () => {
      going = false;
      await Promise.all(callers);
    },
  };
}

it('a rolling restart of two API processes and a worker under load drops no call, and no order is lost or doubled', async () => {
  const ports = [await freePort(), await freePort()] as const;
  const apis = await Promise.all(ports.map(startApi));
  let worker = start('worker');
  const balancer = await startBalancer(ports);
  const calls = load(balancer);
  const answered = async (more: number): Promise<void> => {
    const goal = calls.acknowledged.length + more;
    while (calls.acknowledged.length < goal && calls.failures.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  try {
    await answered(50);
    for (const [index, port] of ports.entries()) {
      const before = balancer.taken.get(port) ?? 0;
      await stopped(apis[index]!);
      await answered(20);
      apis[index] = await startApi(port);
      // The new process is given calls again before the other one goes.
      while ((balancer.taken.get(port) ?? 0) === before) {
        await fetch(`${balancer.baseUrl}/healthz`, { headers: { connection: 'close' } });
      }
    }
    await stopped(worker);
    worker = start('worker');
    await answered(20);
  } finally {
    await calls.end();
    balancer.close();
  }
  expect(calls.failures).toEqual([]);

  await settled(shop.testApp);
  const [{ completed }] = await shop.db.query("SELECT COUNT(*) completed FROM shop_order WHERE state = 'completed'");
  const [{ rewards }] = await shop.db.query("SELECT COUNT(*) rewards FROM journal WHERE kind = 'reward'");
  expect([Number(completed), Number(rewards)]).toEqual([calls.acknowledged.length, calls.acknowledged.length]);
  expect(await offenders(shop.testApp.app)).toEqual([]);
  await stopped(worker);
}, 180_000);

it('an API that is to end says so at once, answers what it is asked, and closes each connection with its answer', async () => {
  const port = await freePort();
  const child = await startApi(port);
  const url = `http://127.0.0.1:${port.toString()}`;
  const kept = await fetch(`${url}/healthz`);
  expect(kept.headers.get('connection')).toBe('keep-alive');
  await kept.arrayBuffer();

  const ended = stopped(child);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, ready.headers.get('connection'), await ready.json()]).toMatchObject([
    503,
    'close',
    { code: 'service.not-ready', detail: 'The process is about to end.' },
  ]);
  const order = {
    orderId: 'at-the-end',
    currency: 'CNY',
    lines: [{ sku: 'tea', quantity: 1, unitPrice: 5, lineTotal: 5 }],
  };
  const placed = await shop.sk.at(url).post('/v1/orders', order);
  expect([placed.status, placed.headers.get('connection')]).toEqual([201, 'close']);

  await ended;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
}, 60_000);
