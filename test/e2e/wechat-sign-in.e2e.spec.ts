import { DataSource } from 'typeorm';
import { startWechatAccountSimulator } from '../../simulators/wechat-account.mjs';
import { createWorld, firstSignIn, type World } from '../support/actors.js';
import { codeTo, messagesTo } from '../support/codes.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLIC_URL = 'https://yinke.example';
const SESSIONS = '/v1/merchants/sessions';

let wechat: Awaited<ReturnType<typeof startWechatAccountSimulator>>;
let app: TestApp;
let world: World;
let next = 0;

beforeAll(async () => {
  wechat = await startWechatAccountSimulator();
  app = await startTestApp({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL, YINKE_EMBEDDED: '1' });
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
  return { id: body.merchant.id as string, email, openid: `openid-${next}`, own: app.http.as(session.body.token) };
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
  expect(set).toMatch(/^yinke_wechat=[\w-]+; .*Secure; HttpOnly; SameSite=Strict$/);
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
  expect([answer.status, answer.body]).toEqual([200, { linkedAt: expect.any(String) }]);
  return merchant;
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
    expect((await own.get(`/v1/merchants/${id}/wechat`)).body).toEqual({ linkedAt: null });
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

  it.each([
    ['busy', 'wechat.busy'],
    ['too-often', 'wechat.busy'],
    ['wrong-secret', 'wechat.away'],
    ['no-json', 'wechat.away'],
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

  it('by no other merchant and no member of staff', async () => {
    const [mine, other] = [await newMerchant(), await newMerchant()];
    const { code, state, cookie } = await goLink(mine.openid, mine);
    const path = `/v1/merchants/${mine.id}/wechat`;
    for (const client of [other.own, world.admin, world.sk])
      expect((await client.with({ cookie }).put(path, { code, state })).status).toBe(403);
    // The way that one merchant went links nothing to another.
    const elsewhere = other.own.with({ cookie }).put(`/v1/merchants/${other.id}/wechat`, { code, state });
    expect(said(await elsewhere)).toEqual([422, 'wechat.state-refused']);
    expect((await mine.own.get(path)).body).toEqual({ linkedAt: null });
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
