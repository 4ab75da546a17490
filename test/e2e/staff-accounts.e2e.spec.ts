import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import type { Role } from '../../src/access/principal.js';
import { createStaff, createWorld, PASSWORD, signIn, type World } from '../support/actors.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { ADMIN } from '../support/test-config.js';

const SESSIONS = '/v1/staff/sessions';
const said = ({ status, body }: Answer) => [status, body?.code];

let app: TestApp;
let world: World;
let next = 0;
const db = () => app.app.get(DataSource);

beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
afterAll(() => app.close());

async function hire(roles: Role[] = ['auditor']) {
  const email = `person${(next += 1)}@yinke.test`;
  const client = await createStaff(app, world.admin, roles, email);
  const { id } = (await client.get(`${SESSIONS}/current`)).body.staff;
  return { email, client, id: id as string };
}

const actions = async (subject: string) =>
  (await world.auditor.get('/v1/audit-log?limit=200')).body.items
    .filter((entry: any) => entry.subject === subject)
    .map(({ action, detail, before, after }: any) => ({ action, detail, before, after }));

describe('a member of staff', () => {
  it('changes their password, which ends their other sessions and no present one', async () => {
    const { email, client, id } = await hire();
    const other = await signIn(app.http, email);
    const change = (current: string, changed: string) =>
      client.post(`${SESSIONS}/current/password`, { current, new: changed });
    expect(said(await change('not my password', 'another long password'))).toEqual([422, 'password.wrong']);
    expect(said(await change(PASSWORD, 'short'))).toEqual([422, 'request.invalid']);
    expect((await other.get(`${SESSIONS}/current`)).status).toBe(200);
    expect((await change(PASSWORD, 'another long password')).status).toBe(204);
    expect((await client.get(`${SESSIONS}/current`)).status).toBe(200);
    expect((await other.get(`${SESSIONS}/current`)).status).toBe(401);
    expect(said(await app.http.post(SESSIONS, { email, password: PASSWORD }))).toEqual([401, 'session.refused']);
    expect(await signIn(app.http, email, 'another long password')).toBeDefined();
    expect((await actions(id)).slice(0, 2)).toMatchObject([
      { action: 'session.refused', detail: { reason: 'session.refused' } },
      { action: 'staff.password-changed', detail: { ended: 1 } },
    ]);
  });

  it('takes no password that is easy to guess, and hears which field it is', async () => {
    const { email, client } = await hire();
    const refused = (field: string) => ({
      status: 422,
      body: { code: 'password.guessable', errors: [{ pointer: `/${field}`, detail: 'must not be easy to guess' }] },
    });
    for (const changed of ['password1234', 'yinkeyinke12', `${email}1`])
      expect(await client.post(`${SESSIONS}/current/password`, { current: PASSWORD, new: changed })).toMatchObject(
        refused('new'),
      );
    expect(await signIn(app.http, email)).toBeDefined();
    const handedOver = { email: 'guessed@yinke.test', password: '123456789012', roles: ['auditor'] };
    expect(await world.admin.post('/v1/staff', handedOver)).toMatchObject(refused('password'));
    const { password: _, ...invited } = handedOver;
    const { invitation } = (await world.admin.post('/v1/staff', invited)).body;
    const choose = (password: string) =>
      app.http.post('/v1/staff-invitations/accept', { token: invitation.link.split('#')[1], password });
    expect(await choose('guessed@yinke.test')).toMatchObject(refused('password'));
    expect((await choose('a password of their own')).status).toBe(200);
  });

  it('is signed out after an hour without use, to which calls that a page makes by itself do not belong', async () => {
    const { client, id } = await hire();
    const pass = (minutes: number) =>
      db().query('UPDATE staff_session SET last_used_at = last_used_at - INTERVAL ? MINUTE WHERE staff_id = ?', [
        minutes,
        id,
      ]);
    const idleSeconds = async () =>
      Number(
        (
          await db().query(
            'SELECT TIMESTAMPDIFF(SECOND, last_used_at, NOW(6)) AS idle FROM staff_session WHERE staff_id = ?',
            [id],
          )
        )[0].idle,
      );
    await pass(40);
    expect((await client.with({ 'yinke-unattended': '1' }).get(`${SESSIONS}/current`)).status).toBe(200);
    expect(await idleSeconds()).toBeGreaterThanOrEqual(2400);
    expect((await client.get(`${SESSIONS}/current`)).status).toBe(200);
    expect(await idleSeconds()).toBeLessThan(60);
    // Within a minute nothing is written.
    await db().query('UPDATE staff_session SET last_used_at = last_used_at - INTERVAL 30 SECOND WHERE staff_id = ?', [
      id,
    ]);
    await client.get(`${SESSIONS}/current`);
    expect(await idleSeconds()).toBeGreaterThanOrEqual(30);
    await pass(60);
    expect((await world.admin.get(`/v1/staff/${id}/sessions`)).body.items).toEqual([]);
    expect(said(await client.get(`${SESSIONS}/current`))).toEqual([401, 'access.unauthenticated']);
  });

  it('cannot have a password guessed by whoever has their session', async () => {
    const { client } = await hire();
    const guess = () =>
      client.post(`${SESSIONS}/current/password`, { current: 'guessed', new: 'another long password' });
    for (let tries = 0; tries < 10; tries += 1) expect((await guess()).status).toBe(422);
    expect(said(await guess())).toEqual([429, 'request.too-many']);
  });

  it('sees where they are signed in, and ends one of these or all others', async () => {
    const { email, client } = await hire();
    const stranger = await hire();
    const phone = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36' };
    const there = await signIn(app.http.with(phone), email);
    const { body } = await client.get(SESSIONS);
    expect(body.items).toMatchObject([
      { device: { en: 'Chrome on a Windows computer' }, current: false },
      { current: true },
    ]);
    const [{ id }] = body.items;
    expect(said(await stranger.client.delete(`${SESSIONS}/${id}`))).toEqual([404, 'session.not-found']);
    expect((await client.delete(`${SESSIONS}/${id}`)).status).toBe(204);
    expect((await there.get(`${SESSIONS}/current`)).status).toBe(401);
    const third = await signIn(app.http, email);
    expect((await client.delete(SESSIONS)).status).toBe(204);
    expect((await third.get(`${SESSIONS}/current`)).status).toBe(401);
    expect((await client.get(SESSIONS)).body.items).toHaveLength(1);
    expect((await stranger.client.get(`${SESSIONS}/current`)).status).toBe(200);
  });

  it('signs in with a recovery code in place of the second factor, each once', async () => {
    const { email, client, id } = await hire();
    const make = (password: string) => client.post(`${SESSIONS}/current/recovery-codes`, { password });
    expect(said(await make(PASSWORD))).toEqual([409, 'totp.not-on']);
    const { secret } = (await client.post(`${SESSIONS}/current/totp`)).body;
    const totp = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    expect((await client.post(`${SESSIONS}/current/totp/confirm`, { totp })).status).toBe(204);
    expect((await client.get(`${SESSIONS}/current/totp`)).body).toEqual({ on: true, recoveryCodesLeft: 0 });
    expect(said(await make('not my password'))).toEqual([422, 'password.wrong']);
    const old = (await make(PASSWORD)).body.codes as string[];
    const { codes } = (await make(PASSWORD)).body as { codes: string[] };
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[2-9a-z]{5}-[2-9a-z]{5}$/);

    const attempt = (recoveryCode: string | null) =>
      app.http.post(SESSIONS, { email, password: PASSWORD, recoveryCode });
    expect(said(await attempt(null))).toEqual([401, 'session.totp-required']);
    expect(said(await attempt('22222-22222'))).toEqual([401, 'session.totp-refused']);
    expect(said(await attempt(old[0]!))).toEqual([401, 'session.totp-refused']);
    const both = await Promise.all([attempt(codes[0]!), attempt(codes[0]!)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect((await attempt(` ${codes[1]!.toUpperCase().replace('-', ' ')} `)).status).toBe(201);
    expect((await client.get(`${SESSIONS}/current/totp`)).body.recoveryCodesLeft).toBe(8);
    const other = await hire();
    const elsewhere = { email: other.email, password: PASSWORD, recoveryCode: codes[2]! };
    expect((await app.http.post(SESSIONS, elsewhere)).status).toBe(201);
    expect((await client.get(`${SESSIONS}/current/totp`)).body.recoveryCodesLeft).toBe(8);

    // An admin takes the second factor off: its recovery codes end with it.
    expect((await world.admin.delete(`/v1/staff/${id}/totp`)).status).toBe(204);
    expect((await client.get(`${SESSIONS}/current/totp`)).body).toEqual({ on: false, recoveryCodesLeft: 0 });
    expect((await actions(id)).map(({ action }: any) => action)).toEqual(
      expect.arrayContaining(['recovery-codes.made', 'recovery-code.used', 'second-factor.removed']),
    );
  });
});

describe('an admin', () => {
  it('takes another’s second factor off, and not their own', async () => {
    const { body } = await world.admin.get(`${SESSIONS}/current`);
    expect(said(await world.admin.delete(`/v1/staff/${body.staff.id}/totp`))).toEqual([409, 'staff.own-account']);
  });

  it('sees and ends another’s sessions, which nobody else may', async () => {
    const { client, id, email } = await hire();
    const again = await signIn(app.http, email);
    const path = `/v1/staff/${id}/sessions`;
    const { body } = await world.admin.get(path);
    expect(body.items).toHaveLength(2);
    expect(body.items.every(({ current }: any) => current === false)).toBe(true);
    for (const who of [client, world.auditor, world.reviewer, world.maker]) {
      expect(said(await who.get(path))).toEqual([403, 'access.forbidden']);
      expect(said(await who.delete(path))).toEqual([403, 'access.forbidden']);
      expect(said(await who.delete(`${path}/${body.items[0].id}`))).toEqual([403, 'access.forbidden']);
    }
    const stranger = await hire();
    expect(said(await world.admin.delete(`/v1/staff/${stranger.id}/sessions/${body.items[0].id}`))[1]).toBe(
      'session.not-found',
    );
    expect((await world.admin.delete(`${path}/${body.items[0].id}`)).status).toBe(204);
    expect((await again.get(`${SESSIONS}/current`)).status).toBe(401);
    expect((await client.get(`${SESSIONS}/current`)).status).toBe(200);
    expect((await world.admin.delete(path)).status).toBe(204);
    expect((await client.get(`${SESSIONS}/current`)).status).toBe(401);
    expect(said(await world.admin.get('/v1/staff/stf_nobody/sessions'))).toEqual([404, 'staff.not-found']);
  });

  it('changes another’s roles, which holds at once and stands in the audit log', async () => {
    const { client, id } = await hire(['auditor']);
    expect((await client.get('/v1/audit-log')).status).toBe(200);
    const changed = await world.admin.put(`/v1/staff/${id}/roles`, { roles: ['reviewer', 'finance-maker'] });
    expect([changed.status, changed.body.roles]).toEqual([200, ['reviewer', 'finance-maker']]);
    expect((await client.get('/v1/audit-log')).status).toBe(403);
    expect((await client.get('/v1/merchant-applications')).status).toBe(200);
    expect((await actions(id))[0]).toMatchObject({
      action: 'staff.roles-changed',
      detail: null,
      before: { roles: ['auditor'] },
      after: { roles: ['reviewer', 'finance-maker'] },
    });
    for (const roles of [[], ['boss'], ['auditor', 'auditor'], null])
      expect(said(await world.admin.put(`/v1/staff/${id}/roles`, { roles }))).toEqual([422, 'request.invalid']);
    expect(said(await client.put(`/v1/staff/${id}/roles`, { roles: ['admin'] }))).toEqual([403, 'access.forbidden']);
    expect(said(await world.admin.put('/v1/staff/stf_nobody/roles', { roles: ['auditor'] }))[1]).toBe(
      'staff.not-found',
    );
  });

  it('never changes their own roles, and one admin stays when two take it from each other at once', async () => {
    const own = await startTestApp({}, 'own_roles');
    try {
      const first = await signIn(own.http, ADMIN.email, ADMIN.password);
      const second = await createStaff(own, first, ['admin']);
      const idOf = async (who: HttpClient) => (await who.get(`${SESSIONS}/current`)).body.staff.id as string;
      const [a, b] = [await idOf(first), await idOf(second)];
      const demote = (who: HttpClient, id: string) => who.put(`/v1/staff/${id}/roles`, { roles: ['auditor'] });
      expect(said(await demote(first, a))).toEqual([409, 'staff.own-account']);
      const answers = await Promise.all([demote(first, b), demote(second, a)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const staff = await (answers[0].status === 200 ? first : second).get('/v1/staff');
      expect(staff.body.items.filter(({ roles }: any) => roles.includes('admin'))).toHaveLength(1);
    } finally {
      await own.close();
    }
  });
});
