import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startWechatAccountSimulator } from '../../simulators/wechat-account.mjs';
import { Logger } from '../../src/core/logger.js';
import { createWorld, firstSignIn, type World } from '../support/actors.js';
import { codeTo, messagesTo } from '../support/codes.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLIC_URL = 'https://yinke.example';
const SESSIONS = '/v1/merchants/sessions';
const NONE = { linkedAt: null, maskedOpenid: null };

let wechat: Awaited<ReturnType<typeof startWechatAccountSimulator>>;
let app: TestApp;
let world: World;
let next = 0;

beforeAll(async () => {
  wechat = await startWechatAccountSimulator();
  const settings = { YINKE_PUBLIC_URL: PUBLIC_URL, YINKE_EMBEDDED: '1', YINKE_TRUSTED_PROXIES: '127.0.0.1' };
  app = await startTestApp({ ...wechat.settings, ...settings });
  world = await createWorld(app);
});
afterAll(async () => {
  await app.close();
  await wechat.close();
});
beforeEach(() => wechat.behave(null));

const said = ({ status, body }: Answer) => [status, body?.code];
const db = () => app.app.get(DataSource);

/** A merchant who can be written to, signed in by a code just now. */
async function newMerchant() {
  const email = `wechat${(next += 1)}@shop.example`;
  const form = { wechatId: `in_wechat_${next}`, displayName: `李华 ${next}`, email, consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  await app.http.post('/v1/merchants/sign-in-codes', { email });
  const session = await app.http.post(SESSIONS, { email, code: await codeTo(app, email) });
  return {
    id: body.merchant.id as string,
    email,
    openid: `openid-of-person-${1000 + next}`,
    own: app.http.as(session.body.token),
  };
}

/** Goes to WeChat as a person, and comes back with what the address then has, in the browser that went. */
async function cross(openid: string, asked: Promise<Answer>) {
  const { status, body, headers } = await asked;
  expect(status).toBe(201);
  const url = new URL(body.url);
  expect([url.hash, url.searchParams.get('scope')]).toEqual(['#wechat_redirect', 'snsapi_base']);
  wechat.person(openid);
  const { headers: answered } = await fetch(url, { redirect: 'manual' });
  const back = new URL(answered.get('location')!);
  const { code, state } = Object.fromEntries(back.searchParams) as { code: string; state: string };
  const [set = ''] = headers.getSetCookie();
  expect(set).toMatch(/^__Host-yinke_wechat=[\w-]+; .*Secure; HttpOnly; SameSite=Strict$/);
  const [cookie = ''] = set.split(';');
  return { page: back.origin + back.pathname, code, state, browser: app.http.with({ cookie }), cookie };
}

const goSignIn = (openid: string) => cross(openid, app.http.post('/v1/merchants/wechat-authorizations'));
const goLink = (openid: string, { id, own }: { id: string; own: HttpClient }) =>
  cross(openid, own.post(`/v1/merchants/${id}/wechat-authorizations`));

/** The merchant, with their WeChat account linked. */
async function linked() {
  const merchant = await newMerchant();
  const { code, state, cookie } = await goLink(merchant.openid, merchant);
  const answer = await merchant.own.with({ cookie }).put(`/v1/merchants/${merchant.id}/wechat`, { code, state });
  const shown = { linkedAt: expect.any(String), maskedOpenid: `••••${merchant.openid.slice(-4)}` };
  expect([answer.status, answer.body]).toEqual([200, shown]);
  return merchant;
}

/** Goes to WeChat as this person, and links the account that comes back. */
async function link(merchant: { id: string; own: HttpClient }, openid: string): Promise<Answer> {
  const { code, state, cookie } = await goLink(openid, merchant);
  return merchant.own.with({ cookie }).put(`/v1/merchants/${merchant.id}/wechat`, { code, state });
}

async function signIn(openid: string): Promise<Answer> {
  const { browser, code, state } = await goSignIn(openid);
  return browser.post(SESSIONS, { wechat: { code, state } });
}

describe('a merchant signs in with WeChat', () => {
  it('once they have linked their account; the session is theirs, and not a fresh one', async () => {
    expect((await app.http.get('/v1/merchants/sign-in-methods')).body).toMatchObject({ wechat: true });
    const { id, openid } = await linked();
    const way = await goSignIn(openid);
    expect(way.page).toBe(`${PUBLIC_URL}/portal/wechat/sign-in`);
    const answer = await way.browser.post(SESSIONS, { wechat: { code: way.code, state: way.state } });
    expect([answer.status, answer.body.merchant.id]).toEqual([201, id]);
    const own = app.http.as(answer.body.token);
    expect((await own.get(`${SESSIONS}/current`)).body).toMatchObject({ merchant: { id }, fresh: false });
    expect((await own.get(SESSIONS)).body.items[0]).toMatchObject({ way: 'wechat' });
    const account = { holder: '李华', number: '6222 0212 3456 7890123', country: 'CN' };
    expect(said(await own.post(`/v1/merchants/${id}/bank-account-changes`, account))).toEqual([403, 'code.needed']);
  });

  it('and nobody does whose account no merchant has linked', async () => {
    expect(said(await signIn('openid-of-nobody'))).toEqual([401, 'wechat.not-linked']);
    const { id, own, openid } = await linked();
    expect((await own.delete(`/v1/merchants/${id}/wechat`)).status).toBe(204);
    expect((await own.get(`/v1/merchants/${id}/wechat`)).body).toEqual(NONE);
    expect(said(await signIn(openid))).toEqual([401, 'wechat.not-linked']);
  });

  it('in the browser that went, once, within ten minutes, and for what it went', async () => {
    const merchant = await linked();
    const way = await goSignIn(merchant.openid);
    const wechatCode = { code: way.code, state: way.state };
    const refused = [422, 'wechat.state-refused'];
    expect(said(await app.http.post(SESSIONS, { wechat: wechatCode }))).toEqual(refused);
    const other = await goSignIn(merchant.openid);
    expect(said(await other.browser.post(SESSIONS, { wechat: wechatCode }))).toEqual(refused);
    expect(said(await way.browser.post(SESSIONS, { wechat: { ...wechatCode, state: 'made-up' } }))).toEqual(refused);
    expect((await way.browser.post(SESSIONS, { wechat: wechatCode })).status).toBe(201);
    expect(said(await way.browser.post(SESSIONS, { wechat: wechatCode }))).toEqual(refused);
    const late = await goSignIn(merchant.openid);
    await db().query('UPDATE one_time_code SET expires_at = NOW(6) - INTERVAL 1 SECOND');
    expect(said(await late.browser.post(SESSIONS, { wechat: { code: late.code, state: late.state } }))).toEqual(
      refused,
    );
    // The way of somebody who signs in links nothing, and the other way round.
    const { code, state, cookie } = await goSignIn('openid-other');
    const put = merchant.own.with({ cookie }).put(`/v1/merchants/${merchant.id}/wechat`, { code, state });
    expect(said(await put)).toEqual(refused);
    const link = await goLink(merchant.openid, merchant);
    expect(said(await link.browser.post(SESSIONS, { wechat: { code: link.code, state: link.state } }))).toEqual(
      refused,
    );
  });

  it('with a code that WeChat knows, and has not seen before', async () => {
    const { openid } = await linked();
    const spent = await goSignIn(openid);
    await spent.browser.post(SESSIONS, { wechat: { code: spent.code, state: spent.state } });
    for (const code of ['code-unknown', spent.code]) {
      const { browser, state } = await goSignIn(openid);
      expect(said(await browser.post(SESSIONS, { wechat: { code, state } }))).toEqual([422, 'wechat.code-refused']);
    }
  });

  it('once for each way, also when it comes several times at the same moment', async () => {
    const { openid } = await linked();
    const { browser, code, state } = await goSignIn(openid);
    const answers = await Promise.all([1, 2, 3].map(() => browser.post(SESSIONS, { wechat: { code, state } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  });

  it('not with a code that has ended, and not as the nobody whom WeChat shows a snapshot of a page', async () => {
    const { openid } = await linked();
    for (const behaviour of ['old-code', 'snapshot'] as const) {
      const { browser, code, state } = await goSignIn(openid);
      wechat.behave(behaviour);
      const answer = await browser.post(SESSIONS, { wechat: { code, state } });
      expect([behaviour, ...said(answer)]).toEqual([behaviour, 422, 'wechat.code-refused']);
      wechat.behave(null);
    }
    expect((await signIn(openid)).status).toBe(201);
  });

  it('as by a code, when they are suspended', async () => {
    const { id, openid, own } = await linked();
    await world.admin.post(`/v1/merchants/${id}/suspend`, { reason: 'under review' });
    const { status, body } = await signIn(openid);
    expect(status).toBe(201);
    const byWechat = app.http.as(body.token);
    for (const path of [`/v1/merchants/${id}`, `/v1/merchants/${id}/balances`])
      expect((await byWechat.get(path)).body).toEqual((await own.get(path)).body);
    expect((await byWechat.get(`/v1/merchants/${id}`)).body.state).toBe('suspended');
  });

  it('two hundred times in a quarter of an hour from one address, going and linking together', async () => {
    const merchant = await newMerchant();
    const from = (client: HttpClient, address: string) => client.with({ 'x-forwarded-for': address });
    const go = (address: string) => from(app.http, address).post('/v1/merchants/wechat-authorizations');
    const goToLink = (address: string) =>
      from(merchant.own, address).post(`/v1/merchants/${merchant.id}/wechat-authorizations`);
    for (let way = 0; way < 100; way += 1) {
      expect((await go('203.0.113.80')).status).toBe(201);
      expect((await goToLink('203.0.113.80')).status).toBe(201);
    }
    for (const ask of [go, goToLink]) {
      expect(said(await ask('203.0.113.80'))).toEqual([429, 'request.too-many']);
      expect((await ask('203.0.113.81')).status).toBe(201);
    }
  });

  it.each([
    ['busy', 'wechat.busy'],
    ['too-often', 'wechat.busy'],
    ['wrong-secret', 'wechat.away'],
    ['no-json', 'wechat.away'],
    ['torn', 'wechat.away'],
    ['silent', 'wechat.away'],
  ] as const)('not while WeChat is %s', async (behaviour, code) => {
    const { openid } = await linked();
    const way = await goSignIn(openid);
    wechat.behave(behaviour);
    expect(said(await way.browser.post(SESSIONS, { wechat: { code: way.code, state: way.state } }))).toEqual([
      503,
      code,
    ]);
    wechat.behave(null);
    expect((await signIn(openid)).status).toBe(201);
  });

  it('and says so by nothing else beside', async () => {
    const { code, state, browser } = await goSignIn('openid-x');
    const answer = await browser.post(SESSIONS, { wechat: { code, state }, email: 'a@shop.example', code: '123456' });
    expect([...said(answer), answer.body.errors]).toEqual([
      422,
      'request.invalid',
      [{ pointer: '/wechat', detail: 'comes alone, or not at all' }],
    ]);
  });
});

describe('a WeChat account is linked', () => {
  it('by a fresh code, and the contact is told, as when it is taken off', async () => {
    const merchant = await newMerchant();
    const { id, email, openid } = merchant;
    await db().query('UPDATE merchant_session SET confirmed_at = NULL WHERE merchant_id = ?', [id]);
    const { code, state, cookie } = await goLink(openid, merchant);
    const own = merchant.own.with({ cookie });
    const put = (more: object = {}) => own.put(`/v1/merchants/${id}/wechat`, { code, state, ...more });
    expect(said(await put())).toEqual([403, 'code.needed']);
    expect(said(await put({ confirmation: '000000' }))).toEqual([422, 'code.refused']);
    await own.post(`${SESSIONS}/current/codes`, { via: 'email' });
    expect((await put({ confirmation: await codeTo(app, email) })).status).toBe(200);
    expect((await messagesTo(app, email))[0]).toMatchObject({ kind: 'wechat-linked' });
    expect((await signIn(openid)).status).toBe(201);
    await own.delete(`/v1/merchants/${id}/wechat`);
    expect((await messagesTo(app, email))[0]).toMatchObject({ kind: 'wechat-unlinked' });
    const { body } = await world.auditor.get(`/v1/audit-log?subject=${id}`);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['merchant.wechat-linked', 'merchant.wechat-unlinked']),
    );
    expect(JSON.stringify(body)).not.toContain(openid);
  });

  it('to one merchant alone; another account takes its place', async () => {
    const [first, second] = [await linked(), await newMerchant()];
    const put = async ({ id, own }: typeof second, openid: string) => {
      const { code, state, cookie } = await goLink(openid, { id, own });
      return own.with({ cookie }).put(`/v1/merchants/${id}/wechat`, { code, state });
    };
    expect(said(await put(second, first.openid))).toEqual([409, 'wechat.linked-elsewhere']);
    expect((await signIn(first.openid)).body.merchant.id).toBe(first.id);
    expect((await put(first, 'openid-new-phone')).status).toBe(200);
    expect((await signIn('openid-new-phone')).body.merchant.id).toBe(first.id);
    expect(said(await signIn(first.openid))).toEqual([401, 'wechat.not-linked']);
    expect((await put(second, first.openid)).status).toBe(200);
  });

  it('to the faster of two merchants who link it at the same moment', async () => {
    const [first, second] = [await newMerchant(), await newMerchant()];
    const answers = await Promise.all([link(first, 'openid-wanted-by-two'), link(second, 'openid-wanted-by-two')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('at the operator’s account of today: one that belonged to another is to be linked anew', async () => {
    const merchant = await linked();
    const path = `/v1/merchants/${merchant.id}/wechat`;
    await db().query("UPDATE merchant_wechat SET app_id = 'wxOfBefore' WHERE merchant_id = ?", [merchant.id]);
    expect((await merchant.own.get(path)).body).toEqual(NONE);
    expect(said(await signIn(merchant.openid))).toEqual([401, 'wechat.not-linked']);
    expect((await link(merchant, merchant.openid)).status).toBe(200);
    expect((await signIn(merchant.openid)).body.merchant.id).toBe(merchant.id);
  });

  it('a second time without anything that changes, or is told', async () => {
    const merchant = await linked();
    const before = (await merchant.own.get(`/v1/merchants/${merchant.id}/wechat`)).body;
    expect((await link(merchant, merchant.openid)).body).toEqual(before);
    expect((await messagesTo(app, merchant.email)).filter(({ kind }) => kind === 'wechat-linked')).toHaveLength(1);
  });

  it('and told in both languages, where that of the merchant is not known', async () => {
    const merchant = await newMerchant();
    await db().query('UPDATE merchant SET language = NULL WHERE id = ?', [merchant.id]);
    await link(merchant, merchant.openid);
    expect((await messagesTo(app, merchant.email))[0]?.text).toMatch(/已绑定微信[^]*A WeChat account was linked/);
  });

  it('by no other merchant and no member of staff', async () => {
    const [mine, other] = [await newMerchant(), await newMerchant()];
    const { code, state, cookie } = await goLink(mine.openid, mine);
    const path = `/v1/merchants/${mine.id}/wechat`;
    for (const client of [other.own, world.admin, world.sk])
      expect((await client.with({ cookie }).put(path, { code, state })).status).toBe(403);
    // The way that one merchant went links nothing to another.
    const elsewhere = other.own.with({ cookie }).put(`/v1/merchants/${other.id}/wechat`, { code, state });
    expect(said(await elsewhere)).toEqual([422, 'wechat.state-refused']);
    expect((await mine.own.get(path)).body).toEqual(NONE);
  });

  it('at the first sign-in by who has given no contact, so that there is a way back', async () => {
    const form = { wechatId: `in_wechat_${(next += 1)}`, displayName: '王芳', consent: true };
    const { body: application } = await world.pk.post('/v1/merchant-applications', form);
    const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
    const own = await firstSignIn(app.http, application.token);
    const { id } = body.merchant;
    const { code, state, cookie } = await goLink('openid-no-contact', { id, own });
    expect((await own.with({ cookie }).put(`/v1/merchants/${id}/wechat`, { code, state })).status).toBe(200);
    expect((await signIn('openid-no-contact')).body.merchant.id).toBe(id);
  });
});

it('what WeChat says of somebody stays in no table and comes into no log', async () => {
  const spies = (['error', 'warn', 'log', 'debug'] as const).map((level) => jest.spyOn(Logger.prototype, level));
  const { openid, own, id } = await linked();
  const ways = [];
  for (const behaviour of ['wrong-secret', 'busy', 'no-json', 'torn'] as const) {
    const way = await goSignIn(openid);
    wechat.behave(behaviour);
    await way.browser.post(SESSIONS, { wechat: { code: way.code, state: way.state } });
    wechat.behave(null);
    ways.push(way);
  }
  const log = JSON.stringify(spies.flatMap(({ mock }) => mock.calls as unknown[]));
  jest.restoreAllMocks();
  expect(log.match(/WeChat did not say who signs in/g)).toHaveLength(4);
  expect((await own.get(`/v1/merchants/${id}/wechat`)).status).toBe(200);
  const tables = await db().query<Record<string, string>[]>('SHOW TABLES');
  const rows = [];
  for (const name of tables.flatMap((row) => Object.values(row)))
    rows.push(await db().query(`SELECT * FROM \`${name}\``));
  const kept = log + JSON.stringify(rows);
  const secrets = ways.flatMap(({ state, cookie }) => [state, cookie.replace('__Host-yinke_wechat=', '')]);
  for (const secret of [openid, wechat.secret, ...secrets]) expect(kept).not.toContain(secret);
  // Of a broken answer not even a part.
  for (const part of ['openid', ...ways.map(({ code }) => code)]) expect(log).not.toContain(part);
});

it('without an account at WeChat there is no way there', async () => {
  const bare = await startTestApp({ YINKE_PUBLIC_URL: PUBLIC_URL });
  try {
    expect((await bare.http.get('/v1/merchants/sign-in-methods')).body).toMatchObject({ wechat: false });
    const none = [404, 'wechat.not-configured'];
    expect(said(await bare.http.post('/v1/merchants/wechat-authorizations'))).toEqual(none);
    expect(said(await bare.http.post(SESSIONS, { wechat: { code: 'c', state: 's' } }))).toEqual(none);
  } finally {
    await bare.close();
  }
});
