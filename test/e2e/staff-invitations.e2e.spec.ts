import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { messagesTo } from '../support/codes.js';
import { PASSWORD, signIn, signInAdmin } from '../support/actors.js';
import { accept, idOf, startWithTwoAdmins, tokenOf, type TwoAdmins } from '../support/hired.js';
import type { Answer } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const said = ({ status, body }: Answer) => [status, body?.code];
const READ = '/v1/staff-invitations/read';
const ACCEPT = '/v1/staff-invitations/accept';

let office: TwoAdmins;
let next = 0;
beforeAll(async () => {
  office = await startWithTwoAdmins('staff_invitations');
});
afterAll(() => office.app.close());

const invite = async (roles = ['auditor']) => {
  const email = `invited${(next += 1)}@yinke.test`;
  const { body } = await office.first.post('/v1/staff', { email, roles });
  return { email, id: body.id as string, token: tokenOf(body.invitation) };
};

describe('an invitation', () => {
  it('lets the person choose a password, once, and sign in; the admin never knows it', async () => {
    const { http } = office.app;
    const { email, id, token } = await invite();
    expect(said(await http.post('/v1/staff/sessions', { email, password: PASSWORD }))).toEqual([
      401,
      'session.refused',
    ]);
    const read = await http.post(READ, { token });
    expect([read.status, read.body.email]).toEqual([200, email]);
    expect(said(await http.post(ACCEPT, { token, password: 'too short' }))).toEqual([422, 'request.invalid']);
    const both = await Promise.all(
      ['one of two passwords', 'the other of the two'].map((password) => http.post(ACCEPT, { token, password })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const chosen = both[0]!.status === 200 ? 'one of two passwords' : 'the other of the two';
    expect(await idOf(await signIn(http, email, chosen))).toBe(id);
    for (const answer of [await http.post(READ, { token }), await http.post(ACCEPT, { token, password: PASSWORD })])
      expect(said(answer)).toEqual([422, 'staff-invitation.refused']);
    const member = (await office.first.get('/v1/staff?limit=200')).body.items.find((one: any) => one.id === id);
    expect(member).toMatchObject({ active: true, ownPassword: true, invitedUntil: null });
  });

  it('works until its time is over, until another is sent, it is withdrawn, or the account is deactivated', async () => {
    const { app, first } = office;
    const refused = async (token: string) =>
      expect(said(await app.http.post(ACCEPT, { token, password: PASSWORD }))).toEqual([
        422,
        'staff-invitation.refused',
      ]);
    await refused('yki_nothing');
    const late = await invite();
    const sql = 'UPDATE staff_invitation SET expires_at = NOW(6) WHERE staff_id = ?';
    await app.app.get(DataSource).query(sql, [late.id]);
    await refused(late.token);
    const again = (await first.post(`/v1/staff/${late.id}/invitation`)).body;
    expect(again.invitedUntil).toBe(again.invitation.expiresAt);
    await accept(app.http, late.email, tokenOf(again.invitation));
    expect(said(await first.post(`/v1/staff/${late.id}/invitation`))).toEqual([409, 'staff.has-password']);

    const replaced = await invite();
    const newer = tokenOf((await first.post(`/v1/staff/${replaced.id}/invitation`)).body.invitation);
    await refused(replaced.token);
    expect((await first.delete(`/v1/staff/${replaced.id}/invitation`)).status).toBe(204);
    expect((await first.delete(`/v1/staff/${replaced.id}/invitation`)).status).toBe(204);
    await refused(newer);

    const gone = await invite();
    await first.post(`/v1/staff/${gone.id}/deactivate`);
    await refused(gone.token);
  });

  it('is an admin’s to hand out: nobody else makes, sees or ends one', async () => {
    const auditor = await accept(office.app.http, ...(await emailAndToken()));
    const { id } = await invite();
    for (const answer of [
      await auditor.post('/v1/staff', { email: 'x@yinke.test', roles: ['auditor'] }),
      await auditor.post(`/v1/staff/${id}/invitation`),
      await auditor.delete(`/v1/staff/${id}/invitation`),
      await auditor.post(`/v1/staff/${id}/password-reset`),
      await auditor.post(`/v1/staff/${id}/reactivate`, { roles: ['auditor'] }),
    ])
      expect(said(answer)).toEqual([403, 'access.forbidden']);
    expect((await auditor.get('/v1/staff/changes')).status).toBe(200);
  });

  it('starts a new password: sessions and the old password end at once', async () => {
    const { app, first } = office;
    const [email, token] = await emailAndToken();
    const person = await accept(app.http, email, token);
    const id = await idOf(person);
    const reset = (await first.post(`/v1/staff/${id}/password-reset`)).body;
    expect(reset).toMatchObject({ active: false, ownPassword: false });
    expect((await person.get('/v1/staff/sessions/current')).status).toBe(401);
    await expect(signIn(app.http, email)).rejects.toThrow('session.refused');
    await accept(app.http, email, tokenOf(reset.invitation), 'chosen after the reset');
    expect(said(await first.post(`/v1/staff/${await idOf(first)}/password-reset`))).toEqual([409, 'staff.own-account']);
    const { items } = (await first.get(`/v1/audit-log?subject=${id}`)).body;
    expect(items.map(({ action }: any) => action)).toEqual([
      'staff.password-set',
      'session.refused',
      'staff.password-reset',
      'staff.password-set',
      'staff.created',
    ]);
  });
});

it('a link goes by e-mail where that is set up, and nobody else sees one that opens an account which moves money', async () => {
  const app = await startTestApp({ YINKE_EMBEDDED: '1', YINKE_PUBLIC_URL: 'http://yinke.test' }, 'mailed_links');
  try {
    const first = await signInAdmin(app);
    const invited = (await first.post('/v1/staff', { email: 'second@yinke.test', roles: ['admin'] })).body;
    expect(invited.invitation).toMatchObject({ link: null, sent: true });
    const second = await accept(app.http, 'second@yinke.test', await tokenTo(app, 'second@yinke.test'));
    const harmless = (await first.post('/v1/staff', { email: 'auditor@yinke.test', roles: ['auditor'] })).body;
    expect(harmless.invitation).toMatchObject({
      sent: true,
      link: expect.stringContaining('http://yinke.test/console/'),
    });
    const asked = (await first.post('/v1/staff', { email: 'maker@yinke.test', roles: ['finance-maker'] })).body;
    expect(await messagesTo(app, 'maker@yinke.test')).toEqual([]);
    const agreed = (await second.post(`/v1/staff/changes/${asked.waitingChange.id}/consent`)).body;
    expect(agreed.invitation).toMatchObject({ link: null, sent: true });
    const maker = await accept(app.http, 'maker@yinke.test', await tokenTo(app, 'maker@yinke.test'));
    // So one admin may start a reset: the link reaches the person and nobody else.
    const reset = (await first.post(`/v1/staff/${await idOf(maker)}/password-reset`)).body;
    expect(reset).toMatchObject({ waitingChange: null, invitation: { link: null, sent: true } });
    const token = await tokenTo(app, 'maker@yinke.test');
    await accept(app.http, 'maker@yinke.test', token, 'chosen by the maker alone');
    // An admin whose password one has ended makes room for nobody.
    expect((await first.post(`/v1/staff/${await idOf(second)}/password-reset`)).body.active).toBe(false);
    const puppet = (await first.post('/v1/staff', { email: 'puppet@yinke.test', roles: ['admin'] })).body;
    expect(puppet).toMatchObject({ roles: [], waitingChange: { state: 'waiting' } });
    expect(await messagesTo(app, 'puppet@yinke.test')).toEqual([]);
  } finally {
    await app.close();
  }
});

it('where the setting asks for a second factor, a session without one may do nothing but set it', async () => {
  const app = await startTestApp({ YINKE_STAFF_SECOND_FACTOR: 'required' }, 'second_factor_required');
  try {
    const current = '/v1/staff/sessions/current';
    const admin = await signInAdmin(app);
    expect((await admin.get(current)).body.secondFactorMissing).toBe(true);
    for (const answer of [
      await admin.get('/v1/staff'),
      await admin.get('/v1/staff/names'),
      await admin.post('/v1/staff', { email: 'x@yinke.test', roles: ['auditor'] }),
      await admin.post(`${current}/password`, { current: 'x', new: 'a long enough password' }),
      await admin.delete(`/v1/staff/sessions`),
      await admin.get('/v1/orders/A-1'),
      await admin.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', '<Document/>'),
    ])
      expect(said(answer)).toEqual([403, 'access.second-factor-required']);
    expect((await admin.get('/queues')).status).toBe(403);
    const { secret } = (await admin.post(`${current}/totp`)).body;
    expect((await admin.get('/v1/staff')).status).toBe(403);
    const totp = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    expect((await admin.post(`${current}/totp/confirm`, { totp })).status).toBe(204);
    expect((await admin.get('/v1/staff')).status).toBe(200);
    expect((await admin.get(current)).body.secondFactorMissing).toBe(false);

    // So does somebody new.
    const invited = (await admin.post('/v1/staff', { email: 'new@yinke.test', roles: ['auditor'] })).body;
    const person = await accept(app.http, 'new@yinke.test', tokenOf(invited.invitation));
    expect(said(await person.get('/v1/audit-log'))).toEqual([403, 'access.second-factor-required']);
    expect((await person.delete(current)).status).toBe(204);
  } finally {
    await app.close();
  }
});

async function tokenTo(app: TestApp, email: string): Promise<string> {
  const [latest] = await messagesTo(app, email);
  return /#(yki_[\w-]+)/.exec(latest?.text ?? '')?.[1] ?? '';
}

async function emailAndToken(): Promise<[string, string]> {
  const { email, token } = await invite();
  return [email, token];
}
