import { DataSource } from 'typeorm';
import { createWorld, firstSignIn, type World } from '../support/actors.js';
import { codeTo, messagesTo } from '../support/codes.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CODES = '/v1/merchants/sign-in-codes';
const SESSIONS = '/v1/merchants/sessions';
const ACCOUNT = { holder: '李华', number: '6222 0212 3456 7890123', country: 'CN' };

let app: TestApp;
let world: World;
let next = 0;

beforeAll(async () => {
  app = await startTestApp({ YINKE_EMBEDDED: '1' });
  world = await createWorld(app);
});
afterAll(() => app.close());

const db = () => app.app.get(DataSource);
const said = ({ status, body }: Answer) => [status, body?.code];

async function apply(more: Record<string, unknown> = {}) {
  const form = { wechatId: `sign_in_${(next += 1)}`, displayName: '李华的小店', consent: true, ...more };
  const { body } = await world.pk.post('/v1/merchant-applications', form);
  return body as { id: string; token: string };
}

async function newMerchant(more: Record<string, unknown> = {}) {
  const application = await apply(more);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  return { id: body.merchant.id as string, code: body.merchant.code as string, application };
}

/** A merchant with an e-mail address of their own. */
async function reachable() {
  const email = `merchant${(next += 1)}@shop.example`;
  return { email, ...(await newMerchant({ email })) };
}

async function signInByCode(email: string): Promise<HttpClient> {
  expect((await app.http.post(CODES, { email })).status).toBe(202);
  const answer = await app.http.post(SESSIONS, { email, code: await codeTo(app, email) });
  expect(answer.status).toBe(201);
  return app.http.as(answer.body.token);
}

describe('a merchant signs in by a code', () => {
  it('that is sent to their e-mail address, and sees what is theirs', async () => {
    const { id, code: merchantCode } = await newMerchant({ email: 'Wang.Fang@Shop.example' });
    const asked = await app.http.post(CODES, { email: 'wang.fang@shop.EXAMPLE', language: 'en' });
    expect([asked.status, asked.body]).toEqual([202, { expiresInMinutes: 10 }]);
    const [message] = await messagesTo(app, 'wang.fang@shop.example');
    expect(message).toMatchObject({ kind: 'sign-in-code', channel: 'email', subject: 'Your sign-in code' });
    const code = await codeTo(app, 'wang.fang@shop.example');
    const answer = await app.http.post(SESSIONS, { email: 'WANG.fang@shop.example', code });
    expect([answer.status, answer.body]).toEqual([
      201,
      {
        token: expect.stringMatching(/^ykm_/),
        merchant: { id, code: merchantCode, displayName: '李华的小店' },
        expiresAt: expect.any(String),
      },
    ]);
    expect(answer.headers.get('set-cookie')).toMatch(/^yinke_merchant=ykm_[^;]+; .*HttpOnly; SameSite=Strict$/);
    const own = app.http.as(answer.body.token);
    expect((await own.get(`/v1/merchants/${id}/balances`)).status).toBe(200);
    expect((await own.get(`/v1/merchants/${id}`)).body).toMatchObject({ id, email: 'Wang.Fang@Shop.example' });
    expect((await own.get(`${SESSIONS}/current`)).body).toEqual({
      merchant: answer.body.merchant,
      expiresAt: answer.body.expiresAt,
      fresh: true,
    });
  });

  it('that is sent to their telephone, however the number is written, in their language', async () => {
    const { id } = await newMerchant({ phone: '138 0013 8000' });
    await app.http.post(CODES, { phone: '+86 13800138000' });
    const [message] = await messagesTo(app, '+8613800138000');
    expect(message?.text).toMatch(/^您的登录验证码是 \d{6}，10分钟内有效/);
    const code = await codeTo(app, '+8613800138000');
    const { body } = await app.http.post(SESSIONS, { phone: '13800138000', code, language: 'en' });
    expect(body.merchant.id).toBe(id);
    await app.http.post(CODES, { phone: '13800138000' });
    expect((await messagesTo(app, '+8613800138000'))[0]?.text).toMatch(/^Your code to sign in is \d{6}\./);
  });

  it('which nobody else can end or use up, in the browser that asked for it', async () => {
    const { email } = await reachable();
    const asked = await app.http.post(CODES, { email });
    const [set = ''] = asked.headers.getSetCookie();
    expect(set).toMatch(/^yinke_code=[\w-]+; .*HttpOnly; SameSite=Strict$/);
    const code = await codeTo(app, email);
    const browser = app.http.with({ cookie: set.split(';')[0]! });
    // Somebody who knows the address tries codes, and asks for another.
    for (let tries = 0; tries < 6; tries += 1)
      await app.http.post(SESSIONS, { email, code: code === '000000' ? '111111' : '000000' });
    expect(said(await app.http.post(SESSIONS, { email, code }))).toEqual([422, 'code.spent']);
    await app.http.post(CODES, { email });
    expect((await browser.post(SESSIONS, { email, code })).status).toBe(201);
    expect(said(await browser.post(SESSIONS, { email, code }))).toEqual([422, 'code.refused']);
    expect(said(await app.http.post(SESSIONS, { email, code }))).toEqual([422, 'code.refused']);
  });

  it('which works once', async () => {
    const { email } = await reachable();
    await app.http.post(CODES, { email });
    const code = await codeTo(app, email);
    const answers = await Promise.all([1, 2, 3].map(() => app.http.post(SESSIONS, { email, code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    expect(said(await app.http.post(SESSIONS, { email, code }))).toEqual([422, 'code.refused']);
  });

  it('of which only the newest works', async () => {
    const { email } = await reachable();
    await app.http.post(CODES, { email });
    const first = await codeTo(app, email);
    await app.http.post(CODES, { email });
    const second = await codeTo(app, email);
    if (first !== second) expect(said(await app.http.post(SESSIONS, { email, code: first }))[1]).toBe('code.refused');
    expect((await app.http.post(SESSIONS, { email, code: second })).status).toBe(201);
  });

  it('which ends after ten minutes', async () => {
    const { email } = await reachable();
    await app.http.post(CODES, { email });
    const code = await codeTo(app, email);
    await db().query('UPDATE one_time_code SET expires_at = NOW(6) - INTERVAL 1 SECOND');
    expect(said(await app.http.post(SESSIONS, { email, code }))).toEqual([422, 'code.expired']);
  });

  it('which five wrong tries end, also when they come at once', async () => {
    const { email } = await reachable();
    await app.http.post(CODES, { email });
    const code = await codeTo(app, email);
    const wrong = code === '000000' ? '000001' : '000000';
    const tries = await Promise.all(Array.from({ length: 7 }, () => app.http.post(SESSIONS, { email, code: wrong })));
    const codes = tries.map(({ body }) => body.code).sort();
    expect(codes).toEqual([...Array<string>(5).fill('code.refused'), 'code.spent', 'code.spent']);
    expect(said(await app.http.post(SESSIONS, { email, code }))).toEqual([422, 'code.spent']);
    expect(await signInByCode(email)).toBeDefined();
  });

  it('and nobody learns who is a merchant', async () => {
    const { email } = await reachable();
    const [known, unknown] = [
      await app.http.post(CODES, { email }),
      await app.http.post(CODES, { email: 'stranger@shop.example' }),
    ];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect(await messagesTo(app, 'stranger@shop.example')).toEqual([]);
    expect(await messagesTo(app, email)).toHaveLength(1);
    const attempt = async (address: string) => said(await app.http.post(SESSIONS, { email: address, code: '000000' }));
    expect(await attempt(email)).toEqual(await attempt('stranger@shop.example'));
    expect(await attempt('never-asked@shop.example')).toEqual([422, 'code.refused']);
    // The same is written for both, so that the time tells nothing either.
    const rows = async (table: string) => Number((await db().query(`SELECT COUNT(*) n FROM ${table}`))[0].n);
    const written = async (address: string) => {
      const before = [await rows('outgoing_message'), await rows('one_time_code')];
      await app.http.post(CODES, { email: address });
      return [(await rows('outgoing_message')) - before[0]!, (await rows('one_time_code')) - before[1]!];
    };
    expect(await written((await reachable()).email)).toEqual([1, 2]);
    expect(await written('another-stranger@shop.example')).toEqual([1, 2]);
  });

  it('who of several with the same contact is asked once the code is right', async () => {
    const email = 'family@shop.example';
    const [first, second] = [await newMerchant({ email }), await newMerchant({ email })];
    await app.http.post(CODES, { email });
    const code = await codeTo(app, email);
    const wrong = code === '000000' ? '000001' : '000000';
    expect((await app.http.post(SESSIONS, { email, code: wrong })).text).not.toContain(first.id);
    const choose = await app.http.post(SESSIONS, { email, code });
    expect([choose.status, choose.body.code, choose.body.merchants]).toEqual([
      409,
      'sign-in.choose-merchant',
      [first, second].map(({ id, code: merchantCode }) => ({ id, code: merchantCode, displayName: '李华的小店' })),
    ]);
    const stranger = (await reachable()).id;
    expect(said(await app.http.post(SESSIONS, { email, code, merchant: stranger }))).toEqual([422, 'code.refused']);
    const { status, body } = await app.http.post(SESSIONS, { email, code, merchant: second.id });
    expect([status, body.merchant.id]).toEqual([201, second.id]);
    expect(said(await app.http.post(SESSIONS, { email, code, merchant: first.id }))).toEqual([422, 'code.refused']);
  });

  it('one contact is named, and a code of six digits', async () => {
    for (const body of [
      {},
      { code: '123456' },
      { email: 'a@shop.example' },
      { email: 'a@shop.example', phone: '13800138000', code: '123456' },
      { email: 'a@shop.example', code: '12345' },
      { email: 'a@shop.example ', code: '123456' },
      { email: 'a@shop.example', code: '123456', applicationToken: 'x' },
      { email: 'a@shop.example', code: '123456', merchant: 'mer_x' },
    ])
      expect([body, ...said(await app.http.post(SESSIONS, body))]).toEqual([body, 422, 'request.invalid']);
    expect(said(await app.http.post(CODES, {}))).toEqual([422, 'request.invalid']);
    expect(said(await app.http.post(CODES, { email: 'a@shop.example', phone: '13800138000' }))[0]).toBe(422);
  });

  it('which stays in no table in clear', async () => {
    const { email } = await reachable();
    await app.http.post(CODES, { email });
    const rows = async () =>
      JSON.stringify(await db().query('SELECT * FROM outgoing_message')) +
      JSON.stringify(await db().query('SELECT * FROM one_time_code'));
    const before = await rows();
    const code = await codeTo(app, email);
    for (const text of [before, await rows()]) {
      expect(text).not.toContain(`"${code}"`);
      expect(text).not.toContain(email);
      expect(text).not.toContain('登录验证码');
    }
  });
});

describe('the token of an application', () => {
  it('leads to the first sign-in once it is approved, and to nothing after', async () => {
    const application = await apply();
    const exchange = () => app.http.post(SESSIONS, { applicationToken: application.token });
    const path = `/v1/merchant-applications/${application.id}`;
    expect(said(await exchange())).toEqual([409, 'sign-in.not-approved']);
    const { body } = await world.reviewer.post(`${path}/approve`, {});
    expect((await app.http.get(`${path}?token=${application.token}`)).body.state).toBe('approved');
    const answers = await Promise.all([exchange(), exchange(), exchange()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
    const session = answers.find(({ status }) => status === 201)!.body;
    expect(session.merchant.id).toBe(body.merchant.id);
    expect(said(await exchange())).toEqual([401, 'sign-in.token-spent']);
    expect(said(await app.http.get(`${path}?token=${application.token}`))).toEqual([401, 'sign-in.token-spent']);
    expect(said(await app.http.as(application.token).get(path))).toEqual([401, 'sign-in.token-spent']);
    expect((await app.http.as(session.token).get(path)).body.merchant.id).toBe(body.merchant.id);
    expect((await app.http.as(session.token).get(`${SESSIONS}/current`)).body.fresh).toBe(false);
  });

  it('opens nothing of the merchant by itself', async () => {
    const { id, application } = await newMerchant();
    const bearer = app.http.as(application.token);
    for (const route of ['balances', 'entries', 'payouts'])
      expect(said(await bearer.get(`/v1/merchants/${id}/${route}`))).toEqual([401, 'access.sign-in-required']);
    expect(said(await bearer.post(`/v1/merchants/${id}/bank-account-changes`, ACCOUNT))[1]).toBe(
      'access.sign-in-required',
    );
  });

  it('ends 30 days after the approval', async () => {
    const { application } = await newMerchant();
    await db().query('UPDATE merchant_application SET decided_at = NOW(6) - INTERVAL 31 DAY WHERE id = ?', [
      application.id,
    ]);
    expect(said(await app.http.post(SESSIONS, { applicationToken: application.token }))[1]).toBe('sign-in.token-spent');
  });

  it('is refused when it is forged, and after a rejection', async () => {
    const application = await apply();
    expect(said(await app.http.post(SESSIONS, { applicationToken: `${application.token}x` }))).toEqual([
      401,
      'access.unauthenticated',
    ]);
    await world.reviewer.post(`/v1/merchant-applications/${application.id}/reject`, { reason: 'no' });
    expect(said(await app.http.post(SESSIONS, { applicationToken: application.token }))[1]).toBe(
      'sign-in.not-approved',
    );
  });
});

describe('the sessions of a merchant', () => {
  it('are listed with where they are, and end one by one, or all others at once', async () => {
    const { email } = await reachable();
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile MicroMessenger/8.0';
    const here = await signInByCode(email);
    await app.http.post(CODES, { email });
    const code = await codeTo(app, email);
    const there = app.http.as(
      (await app.http.with({ 'user-agent': phone }).post(SESSIONS, { email, code })).body.token,
    );
    const { body } = await here.get(SESSIONS);
    expect(body.items).toMatchObject([
      { device: { en: 'WeChat on iPhone', 'zh-CN': '微信，iPhone' }, way: 'code', current: false },
      { way: 'code', current: true, address: expect.stringContaining('127.0.0.1') },
    ]);
    const [other] = body.items;
    const stranger = await signInByCode((await reachable()).email);
    expect(said(await stranger.delete(`${SESSIONS}/${other.id}`))).toEqual([404, 'session.not-found']);
    expect((await there.get(`${SESSIONS}/current`)).status).toBe(200);
    expect((await here.delete(`${SESSIONS}/${other.id}`)).status).toBe(204);
    expect(said(await there.get(`${SESSIONS}/current`))).toEqual([401, 'access.unauthenticated']);

    const third = await signInByCode(email);
    expect((await here.delete(SESSIONS)).status).toBe(204);
    expect((await third.get(`${SESSIONS}/current`)).status).toBe(401);
    expect((await here.get(SESSIONS)).body.items).toHaveLength(1);
    expect((await stranger.get(`${SESSIONS}/current`)).status).toBe(200);
    const out = await here.delete(`${SESSIONS}/current`);
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('yinke_merchant=;')]);
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect((await here.get(SESSIONS)).status).toBe(401);
  });

  it('end by themselves', async () => {
    const own = await signInByCode((await reachable()).email);
    await db().query('UPDATE merchant_session SET expires_at = NOW(6)');
    expect((await own.get(`${SESSIONS}/current`)).status).toBe(401);
  });

  it('open what is the merchant’s own, and nothing of another or of staff', async () => {
    const [mine, other] = [await reachable(), await reachable()];
    const own = await signInByCode(mine.email);
    for (const path of [
      `/v1/merchants/${other.id}`,
      `/v1/merchants/${other.id}/balances`,
      '/v1/merchants',
      '/v1/staff',
    ])
      expect([path, ...said(await own.get(path))]).toEqual([path, 403, 'access.forbidden']);
    expect(said(await own.post('/v1/orders', {}))).toEqual([403, 'access.forbidden']);
    const read = await own.get(`/v1/merchant-applications/${other.application.id}`);
    expect(said(read)).toEqual([403, 'access.forbidden']);
  });

  it('work as a cookie, from our own pages alone when something changes', async () => {
    const { id, email } = await reachable();
    await app.http.post(CODES, { email });
    const { headers } = await app.http.post(SESSIONS, { email, code: await codeTo(app, email) });
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    const browser = app.http.with({ cookie });
    expect((await browser.get(`/v1/merchants/${id}/balances`)).status).toBe(200);
    for (const origin of [undefined, 'https://evil.example', 'null']) {
      const from = origin === undefined ? browser : browser.with({ origin });
      expect(said(await from.delete(SESSIONS))).toEqual([403, 'access.origin-refused']);
    }
    // The same browser is a member of staff too: the page says which of the two it is for.
    const staff = await app.http.post('/v1/staff/sessions', {
      email: 'admin@yinke.test',
      password: 'correct horse battery',
    });
    const both = app.http.with({ cookie: `${staff.headers.get('set-cookie')!.split(';')[0]!}; ${cookie}` });
    expect((await both.get('/v1/staff/sessions/current')).status).toBe(200);
    const portal = both.with({ 'yinke-caller': 'merchant' });
    expect((await portal.get(`${SESSIONS}/current`)).body.merchant.id).toBe(id);
    expect((await portal.get('/v1/staff')).status).toBe(403);
    expect((await browser.with({ origin: app.baseUrl }).delete(SESSIONS)).status).toBe(204);
  });
});

describe('a merchant’s contact', () => {
  it('is given later by one who had none, and confirmed by a code sent there', async () => {
    const { id, application } = await newMerchant();
    const own = await firstSignIn(app.http, application.token);
    const email = 'later@shop.example';
    const change = (code: string) => own.put(`/v1/merchants/${id}/contact`, { email, code });
    expect(said(await change('000000'))).toEqual([422, 'code.refused']);
    expect((await own.post(`/v1/merchants/${id}/contact-codes`, { email })).status).toBe(202);
    const code = await codeTo(app, email);
    const done = await change(code);
    expect([done.status, done.body]).toEqual([200, { email, phone: null }]);
    expect(said(await change(code))).toEqual([422, 'code.refused']);
    expect(await signInByCode(email)).toBeDefined();
  });

  it('is given by staff to one who has none and can sign in no more, and is then theirs alone', async () => {
    const { id, application } = await newMerchant();
    await db().query('UPDATE merchant_application SET decided_at = NOW(6) - INTERVAL 31 DAY WHERE id = ?', [
      application.id,
    ]);
    expect(said(await app.http.post(SESSIONS, { applicationToken: application.token }))).toEqual([
      401,
      'sign-in.token-spent',
    ]);
    const give = (contact: object, by = world.reviewer) => by.post(`/v1/merchants/${id}/contact`, contact);
    expect((await give({ email: 'nobody@shop.example' }, world.maker)).status).toBe(403);
    expect(said(await give({}))).toEqual([422, 'request.invalid']);

    // With a slip, which is mended as long as nobody has come in by it.
    expect(said(await give({ email: 'lsot@shop.example' }))).toEqual([200, undefined]);
    const email = 'lost@shop.example';
    const given = await give({ email }, world.admin);
    expect([given.status, given.body]).toEqual([200, { email, phone: null }]);
    expect((await world.reviewer.get(`/v1/merchants/${id}`)).body).toMatchObject({ email, takesContact: true });
    // Told in both languages: nobody knows yet which one they read.
    const told = await messagesTo(app, email);
    expect(told).toMatchObject([{ kind: 'contact-given', channel: 'email' }]);
    expect(told[0]?.text).toMatch(/运营方已为您.*联系方式[^]*The shop entered this contact/);
    const own = await signInByCode(email);
    expect((await own.get(`/v1/merchants/${id}`)).body).toMatchObject({ email, takesContact: false });
    expect(said(await give({ email: 'other@shop.example' }))).toEqual([409, 'contact.present']);

    const { body: log } = await world.auditor.get('/v1/audit-log?limit=200');
    const about = log.items.filter(({ subject }: { subject: string }) => subject === id);
    expect(about.map(({ action }: { action: string }) => action)).toEqual([
      'contacts.shown',
      'merchant.contact-given',
      'merchant.contact-given',
    ]);
  });

  it('is told by a text message where staff give a telephone, in the merchant’s language', async () => {
    const { id } = await newMerchant();
    await db().query("UPDATE merchant SET language = 'en' WHERE id = ?", [id]);
    const given = await world.reviewer.post(`/v1/merchants/${id}/contact`, { phone: '139 0013 9000' });
    expect(given.status).toBe(200);
    const told = await messagesTo(app, '+8613900139000');
    expect(told).toMatchObject([{ kind: 'contact-given', channel: 'phone' }]);
    expect(told[0]?.text).toMatch(/^The shop entered this contact/);
  });

  it('is not given by staff to one who gave one, nor to nobody', async () => {
    const { id } = await reachable();
    const give = () => world.admin.post(`/v1/merchants/${id}/contact`, { phone: '13800138001' });
    expect(said(await give())).toEqual([409, 'contact.present']);
    expect(
      said(await world.admin.post('/v1/merchants/mer_01kb4z7x8tenr9k0q5w3hvd2sj/contact', { phone: '13800138001' })),
    ).toEqual([404, 'merchant.not-found']);
  });

  it('is changed with a code of the one before, which is told', async () => {
    const { id, email, application } = await reachable();
    const stolen = await firstSignIn(app.http, application.token);
    const next = { email: 'new-one@shop.example' };
    await stolen.post(`/v1/merchants/${id}/contact-codes`, next);
    const code = await codeTo(app, next.email);
    expect(said(await stolen.put(`/v1/merchants/${id}/contact`, { ...next, code }))).toEqual([403, 'code.needed']);
    await stolen.post(`${SESSIONS}/current/codes`, { via: 'email' });
    const confirmation = await codeTo(app, email);
    const slip = { ...next, code: code === '000000' ? '000001' : '000000', confirmation };
    expect(said(await stolen.put(`/v1/merchants/${id}/contact`, slip))).toEqual([422, 'code.refused']);
    const done = await stolen.put(`/v1/merchants/${id}/contact`, { ...next, code, confirmation });
    expect([done.status, done.body]).toEqual([200, { ...next, phone: null }]);
    const [told] = await messagesTo(app, email);
    expect(told?.kind).toBe('contact-changed');
    expect(told?.text).toContain('n***@shop.example');
    const again = await app.http.post(CODES, { email });
    expect(again.status).toBe(202);
    expect((await messagesTo(app, email))[0]?.kind).toBe('contact-changed');
  });

  it('a code for one thing is none for another', async () => {
    const { id, email } = await reachable();
    const own = await signInByCode(email);
    await own.post(`${SESSIONS}/current/codes`, { via: 'email' });
    const confirmation = await codeTo(app, email);
    expect(said(await app.http.post(SESSIONS, { email, code: confirmation }))).toEqual([422, 'code.refused']);
    expect(said(await own.put(`/v1/merchants/${id}/contact`, { email, code: confirmation }))[1]).toBe('code.refused');
    expect(said(await own.post(`${SESSIONS}/current/codes`, { via: 'phone' }))).toEqual([409, 'contact.absent']);
  });
});

describe('the outbox', () => {
  it('is there in embedded mode alone', async () => {
    const plain = await startTestApp({}, 'no_outbox');
    try {
      expect(said(await plain.http.get('/v1/outbox'))).toEqual([404, 'route.not-found']);
      expect((await plain.http.get('/v1/merchants/sign-in-methods')).body).toEqual({
        email: false,
        phone: false,
        wechat: false,
      });
    } finally {
      await plain.close();
    }
    expect((await app.http.get('/v1/merchants/sign-in-methods')).body).toEqual({
      email: true,
      phone: true,
      wechat: false,
    });
  });
});
