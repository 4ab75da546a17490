import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { createStaff, createWorld, PASSWORD, signIn, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { ADMIN } from '../support/test-config.js';

describe('staff', () => {
  let testApp: TestApp;
  let world: World;

  beforeAll(async () => {
    testApp = await startTestApp();
    world = await createWorld(testApp);
  });
  afterAll(() => testApp.close());

  it('is signed in with a bearer token and a cookie that scripts cannot read', async () => {
    const answer = await testApp.http.post('/v1/staff/sessions', ADMIN);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      token: expect.stringMatching(/^yks_/),
      staff: { id: expect.stringMatching(/^stf_/), email: ADMIN.email, roles: ['admin'] },
      expiresAt: expect.any(String),
      secondFactorMissing: false,
    });
    expect(answer.headers.get('set-cookie')).toMatch(/^yinke_session=yks_[^;]+; .*HttpOnly; SameSite=Strict$/);
    const current = await testApp.http.as(answer.body.token).get('/v1/staff/sessions/current');
    expect(current).toMatchObject({
      status: 200,
      body: { staff: answer.body.staff, expiresAt: answer.body.expiresAt },
    });
  });

  it('hears the same for an unknown address as for a wrong password', async () => {
    const wrong = await testApp.http.post('/v1/staff/sessions', { ...ADMIN, password: 'not the password' });
    const unknown = await testApp.http.post('/v1/staff/sessions', { ...ADMIN, email: 'nobody@yinke.test' });
    expect(wrong.status).toBe(401);
    const said = ({ body: { requestId, ...rest } }: typeof wrong) => [typeof requestId, rest];
    expect(said(wrong)).toEqual(said(unknown));
    expect(wrong.body.code).toBe('session.refused');
  });

  it('may add a second factor, and then signs in with its codes, each once', async () => {
    const email = 'careful@yinke.test';
    const staff = await createStaff(testApp, world.admin, ['finance-checker'], email);
    const { secret, uri } = (await staff.post('/v1/staff/sessions/current/totp')).body;
    const codeAt = (seconds: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 });
    expect(uri).toContain(`secret=${secret}`);
    const confirm = (totp: string) => staff.post('/v1/staff/sessions/current/totp/confirm', { totp });
    const attempt = (totp?: string) => testApp.http.post('/v1/staff/sessions', { email, password: PASSWORD, totp });
    expect((await attempt()).status).toBe(201);
    expect((await confirm('000000')).body.code).toBe('totp.wrong-code');
    expect((await confirm(codeAt(0))).status).toBe(204);
    expect((await confirm(codeAt(0))).body.code).toBe('totp.not-started');
    expect((await staff.post('/v1/staff/sessions/current/totp')).body.code).toBe('totp.already-on');

    expect((await attempt()).body.code).toBe('session.totp-required');
    expect((await attempt('123')).body.code).toBe('session.totp-refused');
    const code = codeAt(30);
    const both = await Promise.all([attempt(code), attempt(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect((await attempt(codeAt(0))).body.code).toBe('session.totp-refused');

    const { items } = (await world.auditor.get('/v1/audit-log?action=session.started&limit=2')).body;
    expect(items[0].detail).toEqual({ way: 'password', secondFactor: true });

    // The phone is lost: an admin takes the second factor off, and nobody else may.
    const { id } = (await staff.get('/v1/staff/sessions/current')).body.staff;
    expect((await staff.delete(`/v1/staff/${id}/totp`)).status).toBe(403);
    expect((await world.admin.delete(`/v1/staff/${id}/totp`)).status).toBe(204);
    expect((await world.admin.delete(`/v1/staff/${id}/totp`)).status).toBe(204);
    expect((await attempt()).status).toBe(201);
  });

  it('is signed out for good', async () => {
    const session = await signIn(testApp.http, ADMIN.email, ADMIN.password);
    const out = await session.delete('/v1/staff/sessions/current');
    expect([out.status, out.headers.get('clear-site-data')]).toEqual([204, '"cache"']);
    expect((await session.get('/v1/staff/sessions/current')).body.code).toBe('access.unauthenticated');
  });

  it('may use the cookie, but only from our own pages when something changes', async () => {
    const { headers } = await testApp.http.post('/v1/staff/sessions', ADMIN);
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    const browser = testApp.http.with({ cookie });
    expect((await browser.get('/v1/staff')).status).toBe(200);
    const change = { email: 'cookie@yinke.test', password: 'a long enough password', roles: ['auditor'] };
    for (const origin of [undefined, 'https://evil.example', 'null']) {
      const from = origin === undefined ? browser : browser.with({ origin });
      expect(await from.post('/v1/staff', change)).toMatchObject({
        status: 403,
        body: { code: 'access.origin-refused' },
      });
    }
    expect((await browser.with({ origin: testApp.baseUrl }).post('/v1/staff', change)).status).toBe(201);
  });

  it('has one account for each e-mail address, however it is written', async () => {
    const person = { email: 'Twice@yinke.test', password: 'a long enough password', roles: ['auditor'] };
    expect((await world.admin.post('/v1/staff', person)).status).toBe(201);
    const again = await world.admin.post('/v1/staff', { ...person, email: 'twice@YINKE.test' });
    expect(again).toMatchObject({ status: 409, body: { code: 'staff.email-taken' } });
    expect((await signIn(testApp.http, 'TWICE@yinke.test')).baseUrl).toBeDefined();
  });

  it('needs an address that can be one', async () => {
    for (const email of ['nobody', 'a@b', '\ud800', 'a\ud800@yinke.test', 'a b@yinke.test', null]) {
      const { status, body } = await world.admin.post('/v1/staff', { email, password: PASSWORD, roles: ['auditor'] });
      expect([email, status, body.errors?.[0]?.pointer]).toEqual([email, 422, '/email']);
    }
  });

  it('loses every session when deactivated, and cannot sign in again', async () => {
    const email = 'leaver@yinke.test';
    const leaver = await createStaff(testApp, world.admin, ['auditor'], email);
    const { staff } = (await leaver.get('/v1/staff/sessions/current')).body;
    const done = await world.admin.post(`/v1/staff/${staff.id}/deactivate`);
    expect(done).toMatchObject({ status: 200, body: { id: staff.id, active: false } });
    expect((await leaver.get('/v1/audit-log')).status).toBe(401);
    const back = await testApp.http.post('/v1/staff/sessions', { email, password: 'a long enough password' });
    expect(back.body.code).toBe('session.refused');
  });

  it('always keeps an active admin, also when two admins deactivate each other at once', async () => {
    const own = await startTestApp({}, 'last_admin');
    try {
      const first = await signIn(own.http, ADMIN.email, ADMIN.password);
      const second = await createStaff(own, first, ['admin']);
      const [a, b] = await Promise.all(
        [first, second].map(async (admin) => (await admin.get('/v1/staff/sessions/current')).body.staff.id),
      );
      const answers = await Promise.all([
        first.post(`/v1/staff/${b}/deactivate`),
        second.post(`/v1/staff/${a}/deactivate`),
      ]);
      // The slower one is refused: as the last admin's, or because its session has just ended.
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
      const left = answers[0].status === 200 ? first : second;
      const own1 = (await left.get('/v1/staff/sessions/current')).body.staff.id;
      expect((await left.post(`/v1/staff/${own1}/deactivate`)).body.code).toBe('staff.last-admin');
    } finally {
      await own.close();
    }
  });

  it('leaves a trace in the audit log, which auditors read and storefronts do not', async () => {
    const log = await world.auditor.get('/v1/audit-log?limit=200');
    expect(log.body.items.map((entry: { action: string }) => entry.action)).toEqual(
      expect.arrayContaining(['staff.created', 'staff.deactivated', 'storefront.created', 'session.started']),
    );
    for (const secret of [ADMIN.password, PASSWORD]) expect(log.text).not.toContain(secret);
    expect((await world.reviewer.get('/v1/audit-log')).body.code).toBe('access.forbidden');
    const page = await world.auditor.get('/v1/audit-log?limit=1');
    const next = await world.auditor.get(`/v1/audit-log?limit=1&cursor=${page.body.nextCursor}`);
    expect(next.body.items[0].id < page.body.items[0].id).toBe(true);
  });

  it('finds refused sign-ins in the audit log, and none that was not looked at', async () => {
    const noted = async () =>
      (await testApp.app.get(DataSource).query("SELECT COUNT(*) n FROM audit_log WHERE action = 'session.refused'"))[0]
        .n;
    const before = Number(await noted());
    const tries = Array.from({ length: 120 }, (_, index) =>
      testApp.http.post('/v1/staff/sessions', { email: `nobody${index}@yinke.test`, password: 'not the password' }),
    );
    const answers = await Promise.all(tries);
    const codes = answers.map(({ status, body }) => `${status} ${body.code}`);
    expect([...new Set(codes)].sort()).toEqual(['401 session.refused', '503 service.busy']);
    expect(Number(await noted()) - before).toBe(codes.filter((code) => code.startsWith('401')).length);
  });
});
