import { spawn, type ChildProcess } from 'node:child_process';
import { Redis } from 'ioredis';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { Secret, TOTP } from 'otpauth';
import { freePort } from '../../scripts/lib/ports.mjs';
import { createWorld, firstSignIn, PASSWORD, signIn, type World } from '../support/actors.js';
import { HttpClient } from '../support/http-client.js';
import { keptValues } from '../support/kept-values.js';
import { ADMIN, testConfig, testEnvironment } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestApp } from '../support/test-app.js';

/** A day of everybody's work with real processes that log all they can; then all that they said and kept is searched for every secret of it. */

const NUMBERS = { first: '6222021234500007771', second: '6222021234500008882', wrong: 'DE89370400440532013009' };
const CONTACTS = { email: 'wang.redacted@example.com', phone: '+8613966677788' };
const WRONG_PASSWORD = 'surely not this password';

let databaseUrl: string;
let http: HttpClient;
let world: World;
let redis: Redis;
const children: ChildProcess[] = [];
let log = '';
let commands = '';
let refusals = '';
let metricsPort: number;

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  const [port, workerPort] = [await freePort(), await freePort()];
  metricsPort = workerPort;
  redis = new Redis(testConfig(databaseUrl).redisUrl);
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, args: string[]) => (commands += `${args.join(' ')}\n`));
  const settings = {
    PORT: port.toString(),
    YINKE_WORKER_PORT: workerPort.toString(),
    YINKE_LOG_LEVEL: 'debug',
    YINKE_EMBEDDED: '1',
  };
  for (const program of ['main', 'worker']) start(program, settings);
  http = new HttpClient(`http://127.0.0.1:${port.toString()}`);
  await until(async () => (await fetch(`${http.baseUrl}/readyz`).catch(() => null))?.ok === true);
  keepRefusals();
  world = await createWorld({ http } as TestApp);
}, 240_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await redis.quit();
});

function start(program: string, settings: NodeJS.ProcessEnv): void {
  const env = { ...process.env, ...testEnvironment(databaseUrl, settings) };
  const child = spawn(process.execPath, [`dist/${program}.js`], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (log += text.toString()));
  children.push(child);
}

/** Every answer that refuses something is kept. */
function keepRefusals(): void {
  const { fetch: real } = globalThis;
  globalThis.fetch = async (...call: Parameters<typeof fetch>) => {
    const answer = await real(...call);
    if (answer.status >= 400) refusals += `${await answer.clone().text()}\n`;
    return answer;
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 900; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('waited in vain');
}

async function ok(call: ReturnType<HttpClient['post']>): Promise<any> {
  const { status, body, text } = await call;
  if (status >= 300) throw new Error(text);
  return body;
}

const account = (number: string) => ({ holder: '王某', number, bankName: '工商银行', country: 'CN' });

/** What everybody does; the secrets of it, each with what it is. */
async function day(): Promise<Record<string, string>> {
  const secrets: Record<string, string> = { ...NUMBERS, PASSWORD, WRONG_PASSWORD, admin: ADMIN.password };
  const keep = (name: string, secret: string | undefined) => {
    if (secret === undefined || secret.length < 6) throw new Error(`${name} is no secret: ${String(secret)}`);
    secrets[name] = secret;
  };
  // Staff: wrong and right passwords, a second factor, a new password.
  const email = 'maker.redacted@yinke.test';
  await ok(world.admin.post('/v1/staff', { email, password: PASSWORD, roles: ['finance-maker'] }));
  const attempt = (password: string, more = {}) => http.post('/v1/staff/sessions', { email, password, ...more });
  expect((await attempt(WRONG_PASSWORD)).status).toBe(401);
  const { token } = await ok(attempt(PASSWORD));
  keep('staff token', token);
  const staff = http.as(token);
  const { secret } = await ok(staff.post('/v1/staff/sessions/current/totp'));
  keep('totp secret', secret);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await ok(staff.post('/v1/staff/sessions/current/totp/confirm', { totp }));
  const recovery = await ok(staff.post('/v1/staff/sessions/current/recovery-codes', { password: PASSWORD }));
  for (const [n, code] of (recovery.codes as string[]).entries()) keep(`recovery code ${n.toString()}`, code);
  expect((await attempt(PASSWORD, { totp: '000000' })).status).toBe(401);
  expect((await attempt(PASSWORD, { recoveryCode: recovery.codes[0] })).status).toBe(201);

  // Keys: rotated, and one that is none.
  keep('secret key', world.storefront.secretKey);
  const rotated = await ok(world.admin.post(`/v1/storefronts/${world.storefront.id}/keys`, {}));
  for (const [name, key] of Object.entries<string>(rotated)) if (/Key$/.test(name)) keep(`rotated ${name}`, key);
  await http.as(`${world.storefront.secretKey}x`).get('/v1/orders/none');

  // Merchants: applications that are right and wrong, a first sign-in, codes that are wrong and right.
  const form = { wechatId: 'redacted_wang', displayName: '王老板', ...CONTACTS, consent: true };
  const filed = { ...form, bankAccount: { ...account(NUMBERS.first), bankConsent: true } };
  const application = await ok(
    http
      .with({ 'idempotency-key': 'redacted-1' })
      .as(world.storefront.publishableKey)
      .post('/v1/merchant-applications', filed),
  );
  keep('application token', application.token);
  const wrong = {
    ...filed,
    wechatId: '1',
    bankAccount: { ...account(NUMBERS.wrong), country: 'DE', bankConsent: true },
  };
  expect((await world.pk.post('/v1/merchant-applications', wrong)).status).toBe(422);
  await world.pk.post('/v1/merchant-applications', {
    ...filed,
    nickname: NUMBERS.second,
    bankAccount: NUMBERS.first,
  });
  const { merchant } = await ok(world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {}));
  await firstSignIn(http, application.token);
  await ok(http.post('/v1/merchants/sign-in-codes', { email: CONTACTS.email }));
  let code: string | undefined;
  await until(async () => {
    const { body } = await http.get('/v1/outbox');
    const message = body.items.find(({ to }: { to: string }) => to === CONTACTS.email);
    code = /\d{6}/.exec(message?.text ?? '')?.[0];
    return code !== undefined;
  });
  keep('one-time code', code);
  expect((await http.post('/v1/merchants/sessions', { email: CONTACTS.email, code: '000000' })).status).toBe(422);
  const session = await ok(http.post('/v1/merchants/sessions', { email: CONTACTS.email, code }));
  keep('merchant token', session.token);
  const own = http.as(session.token);
  const filedChange = await ok(own.post(`/v1/merchants/${merchant.id}/bank-account-changes`, account(NUMBERS.second)));
  await ok(world.reviewer.post(`/v1/merchants/${merchant.id}/bank-account-changes/${filedChange.id}/approve`));

  // Orders, rewards and a payout, over a file.
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }];
  const rule = { scope: {}, posting: 'direct', validFrom: '2020-01-01T00:00:00Z', grants };
  await ok(world.admin.post('/v1/reward-rules', rule));
  const { visit } = await ok(world.pk.post('/v1/visits', { merchantCode: merchant.code }));
  const line = { sku: 'tea', quantity: 1, unitPrice: 90_000, lineTotal: 90_000 };
  await ok(world.sk.post('/v1/orders', { orderId: 'red-1', currency: 'CNY', lines: [line], visit }));
  await ok(world.sk.post('/v1/orders/red-1/complete', { amountPaid: 90_000 }));
  await world.sk.post('/v1/orders', { orderId: NUMBERS.first, visit: session.token });
  await until(async () => (await ok(own.get(`/v1/merchants/${merchant.id}/balances`))).items[0].available === 9_000);
  const draft = { currency: 'CNY', rail: 'iso20022-file', merchants: [merchant.id] };
  const batch = await ok(world.maker.post('/v1/payout-batches', draft));
  const of = `/v1/payout-batches/${batch.id}`;
  await ok(world.maker.post(`${of}/request-approval`));
  await ok(world.checker.post(`${of}/approve`));
  await ok(world.maker.post(`${of}/submit`));
  expect((await world.maker.get(`${of}/file`)).text).toContain(NUMBERS.second);
  await ok(own.get(`/v1/merchants/${merchant.id}/personal-data`));

  // What is not what it should be.
  const notJson = world.pk.with({ 'content-type': 'application/json' });
  await notJson.post(
    '/v1/merchant-applications',
    Buffer.from(`{"number": "${NUMBERS.first}", "password": "${PASSWORD}"`),
  );
  await http.get(`/v1/none?number=${NUMBERS.first}&password=${encodeURIComponent(PASSWORD)}&token=${session.token}`);
  await signIn(http, email, PASSWORD).catch(() => null);
  return secrets;
}

/** All values that Redis keeps for this database. */
async function keptInRedis(): Promise<string> {
  let kept = '';
  const { queuePrefix } = testConfig(databaseUrl);
  for (const key of await redis.keys(`${queuePrefix.replace(/[{}]/g, '?')}*`)) {
    const type = await redis.type(key);
    const read: Record<string, () => Promise<unknown>> = {
      string: () => redis.get(key),
      hash: () => redis.hgetall(key),
      list: () => redis.lrange(key, 0, -1),
      set: () => redis.smembers(key),
      zset: () => redis.zrange(key, '0', '-1'),
      stream: () => redis.xrange(key, '-', '+'),
    };
    kept += `${key} ${JSON.stringify(await read[type]?.())}\n`;
  }
  return kept;
}

/** Every value of every column, by column. */
async function keptInTables(): Promise<Map<string, string>> {
  const connection = await mysql.createConnection(databaseUrl);
  try {
    return await keptValues(async (sql) => (await connection.query<RowDataPacket[]>(sql))[0]);
  } finally {
    await connection.end();
  }
}

/** A code of six digits stands there only when no other digit or letter is beside it. */
function says(text: string, secret: string): boolean {
  return /^\d{6}$/.test(secret) ? new RegExp(`(?<![\\w.])${secret}(?!\\w)`).test(text) : text.includes(secret);
}

it('says and keeps no secret of a whole day anywhere: log, queue, metrics, refusals and tables', async () => {
  const secrets = await day();
  const metrics: string[] = [];
  for (const url of [`${http.baseUrl}/metrics`, `http://127.0.0.1:${metricsPort.toString()}/metrics`]) {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    metrics.push(await answer.text());
  }
  // Each place was really looked at.
  const said = { log, commands, redis: await keptInRedis(), metrics: metrics.join('\n'), refusals };
  expect(Object.entries(said).filter(([, text]) => text.length < 500)).toEqual([]);
  expect(said.commands).toContain('rewards.post');
  expect(said.refusals).toContain('request.invalid');
  expect(Object.keys(secrets).length).toBeGreaterThan(20);

  const found: string[] = [];
  for (const [place, text] of Object.entries(said))
    for (const [name, secret] of Object.entries({ ...secrets, ...CONTACTS }))
      if (says(text, secret)) found.push(`${name} in ${place}`);
  const tables = await keptInTables();
  expect(tables.size).toBeGreaterThan(100);
  for (const [column, text] of tables)
    for (const [name, secret] of Object.entries({ ...secrets, ...CONTACTS }))
      if (says(text, secret)) found.push(`${name} in ${column}`);
  expect(found).toEqual([]);
}, 240_000);
