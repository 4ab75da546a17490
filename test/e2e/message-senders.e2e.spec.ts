import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { DataSource } from 'typeorm';
import { createWorld, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { startTestWorker } from '../support/worker.js';

const SECRET = 'the-secret-of-the-gateway';

/** A mail server that keeps what it takes, and refuses as often as it is told. */
async function startMailServer() {
  const mails: { to: string[]; source: string }[] = [];
  const behaviour = { refusals: 0, tried: 0 };
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'yinke' && password === 'secret' ? done(null, { user: username }) : done(new Error('no')),
    onData: (stream, { envelope }, done) => {
      void text(stream).then((source) => {
        behaviour.tried += 1;
        if (behaviour.refusals > 0) {
          behaviour.refusals -= 1;
          done(Object.assign(new Error('try again later'), { responseCode: 451 }));
          return;
        }
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { mails, behaviour, url: `smtp://yinke:secret@127.0.0.1:${port}`, close };
}

/** A gateway for text messages that checks who calls. */
async function startGateway() {
  const taken: { id: string; to: string; text: string }[] = [];
  const calls: number[] = [];
  let failures = 0;
  const isSigned = ({ headers }: IncomingMessage, body: string) =>
    headers['yinke-signature'] ===
      createHmac('sha256', SECRET)
        .update(`${String(headers['yinke-timestamp'])}.${body}`)
        .digest('hex') && Math.abs(Date.now() / 1000 - Number(headers['yinke-timestamp'])) < 60;
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const status = !isSigned(request, body) ? 401 : failures > 0 ? 503 : 202;
      if (status === 503) failures -= 1;
      if (status === 202) taken.push(JSON.parse(body));
      calls.push(status);
      response.writeHead(status).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    taken,
    calls,
    fail: (times: number) => (failures = times),
    url: `http://127.0.0.1:${port}/sms`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

let mail: Awaited<ReturnType<typeof startMailServer>>;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let app: TestApp;
let world: World;
let worker: INestApplicationContext;

beforeAll(async () => {
  [mail, gateway] = [await startMailServer(), await startGateway()];
  const settings = {
    YINKE_SMTP_URL: mail.url,
    YINKE_MAIL_FROM: 'Yinke 引客 <hello@yinke.example>',
    YINKE_SMS_URL: gateway.url,
    YINKE_SMS_SECRET: SECRET,
    // What is sent by real ways is not kept, not even where there is an outbox.
    YINKE_EMBEDDED: '1',
    YINKE_LOG_LEVEL: 'silent',
  };
  app = await startTestApp(settings);
  world = await createWorld(app);
  worker = await startTestWorker(app, settings);
});
afterAll(async () => {
  await worker.close();
  await app.close();
  await mail.close();
  await gateway.close();
});

async function merchant(wechatId: string, contact: Record<string, string>): Promise<void> {
  const form = { wechatId, displayName: '李华的小店', consent: true, ...contact };
  const { body } = await world.pk.post('/v1/merchant-applications', form);
  expect((await world.reviewer.post(`/v1/merchant-applications/${body.id}/approve`, {})).status).toBe(200);
}

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = find();
    if (found !== undefined) return found;
    await setTimeout(50);
  }
  throw new Error('it did not come');
}

const stored = () => app.app.get(DataSource).query('SELECT * FROM outgoing_message ORDER BY id');

/** The text of a mail, whose lines are folded and escaped on the way. */
const plain = (source: string) => {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n').trim();
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`);
  return /quoted-printable/i.test(head) ? decodeURIComponent(bytes) : body;
};

it('a code is mailed over SMTP by a worker, signs the merchant in, and stays nowhere', async () => {
  const email = 'smtp@shop.example';
  await merchant('by_mail', { email });
  expect((await app.http.post('/v1/merchants/sign-in-codes', { email, language: 'en' })).status).toBe(202);
  const { source } = await until(() => mail.mails.find(({ to }) => to.includes(email)));
  expect(source).toMatch(/^From: .*<hello@yinke\.example>$/m);
  expect(source).toMatch(/^Subject: Your sign-in code\r?$/m);
  expect(source).toMatch(/^Message-ID: <msg_\w+@yinke\.example>\r?$/im);
  const code = /\d{6}/.exec(plain(source))![0];
  expect((await app.http.post('/v1/merchants/sessions', { email, code })).status).toBe(201);
  await until(() => (mail.behaviour.tried > 0 ? true : undefined));
  const rows = await stored();
  expect(rows).toMatchObject([{ state: 'sent', content: null, attempts: 1 }]);
  expect((await app.http.get('/v1/outbox')).body.items).toEqual([]);
});

it('a code is sent to a telephone by a signed call, which is repeated with the same id until it is taken', async () => {
  const phone = '13900139000';
  await merchant('by_phone', { phone });
  gateway.fail(2);
  await app.http.post('/v1/merchants/sign-in-codes', { phone });
  const sent = await until(() => gateway.taken.find(({ to }) => to === '+8613900139000'));
  expect(sent.id).toMatch(/^msg_/);
  expect(gateway.calls).toEqual([503, 503, 202]);
  const code = /\d{6}/.exec(sent.text)![0];
  expect((await app.http.post('/v1/merchants/sessions', { phone, code })).status).toBe(201);
}, 30_000);

it('a message that nobody takes is given up when nobody would want it any more, and its words go', async () => {
  const email = 'nobody-home@shop.example';
  await merchant('gives_up', { email });
  mail.behaviour.refusals = 1000;
  await app.http.post('/v1/merchants/sign-in-codes', { email });
  await until(() => (mail.behaviour.tried > 1 ? true : undefined));
  await app.app
    .get(DataSource)
    .query("UPDATE outgoing_message SET expires_at = NOW(6), next_try_at = NOW(6) WHERE state = 'waiting'");
  let rows: { state: string; content: string | null }[] = [];
  await until(() => {
    void stored().then((read) => (rows = read));
    return rows.some(({ state }) => state === 'failed') ? true : undefined;
  });
  expect(rows.at(-1)).toMatchObject({ state: 'failed', content: null });
  mail.behaviour.refusals = 0;
}, 30_000);

it('a gateway that is given another secret takes nothing', async () => {
  const before = gateway.taken.length;
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'yinke-timestamp': String(Math.floor(Date.now() / 1000)), 'yinke-signature': 'forged' },
    body: '{}',
  });
  expect([answer.status, gateway.taken.length]).toEqual([401, before]);
});
