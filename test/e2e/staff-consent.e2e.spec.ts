import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { OperatorAdmin } from '../../src/access/index.js';
import { createStaff, PASSWORD, signIn, signInAdmin } from '../support/actors.js';
import { accept, idOf, startWithTwoAdmins, tokenOf, type TwoAdmins } from '../support/hired.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp } from '../support/test-app.js';
import { ADMIN } from '../support/test-config.js';

const said = ({ status, body }: Answer) => [status, body?.code];

let office: TwoAdmins;
let next = 0;

beforeAll(async () => {
  office = await startWithTwoAdmins('staff_consent');
});
afterAll(() => office.app.close());

const email = () => `person${(next += 1)}@yinke.test`;
const waiting = async (who = office.first) => (await who.get('/v1/staff/changes?state=waiting')).body.items;
const work = async (who: HttpClient) =>
  (await who.get('/v1/work')).body.items.find(({ kind }: any) => kind === 'staff-changes').count;
const log = async (subject: string) =>
  (await office.first.get('/v1/audit-log?limit=200')).body.items.filter((entry: any) => entry.subject === subject);
const consent = (who: HttpClient, id: string) => who.post(`/v1/staff/changes/${id}/consent`);

describe('a role that moves money', () => {
  it.each([['admin'], ['finance-maker'], ['finance-checker'], ['reviewer', 'finance-maker']] as const)(
    'is given to somebody new when another admin consents, and not before: %s',
    async (...roles) => {
      const { app, first, second } = office;
      const address = email();
      const { status, body } = await first.post('/v1/staff', { email: address, roles });
      expect(status).toBe(201);
      expect(body).toMatchObject({
        roles: [],
        active: false,
        invitation: null,
        waitingChange: { kind: 'invite', roles },
      });
      const { id } = body.waitingChange;
      expect(said(await first.post(`/v1/staff/${body.id}/invitation`))).toEqual([409, 'staff-change.waiting']);
      expect(said(await consent(first, id))).toEqual([409, 'staff-change.same-person']);
      expect((await waiting(second)).map((change: any) => change.id)).toContain(id);
      expect([await work(first), await work(second)]).toEqual([0, 1]);
      const agreed = await consent(second, id);
      expect(agreed.status).toBe(200);
      expect(agreed.body).toMatchObject({
        state: 'consented',
        askedBy: await idOf(first),
        decidedBy: await idOf(second),
      });
      const client = await accept(app.http, address, tokenOf(agreed.body.invitation));
      expect((await client.get('/v1/staff/sessions/current')).body.staff.roles).toEqual(roles);
      expect(await work(second)).toBe(0);
      const again = await consent(second, id);
      expect(said(again)).toEqual([409, 'staff-change.not-waiting']);
      expect(again.body.by).toBe(await idOf(second));
      expect((await log(body.id)).map(({ action }: any) => action).reverse()).toEqual([
        'staff-change.asked',
        'staff-change.consented',
        'staff.created',
        'staff.password-set',
      ]);
    },
  );

  it('is added to somebody’s roles when another admin consents; losing one, and others, need no consent', async () => {
    const { first, second } = office;
    const person = await office.hire(['auditor'], email());
    const id = await idOf(person);
    const put = (roles: string[]) => first.put(`/v1/staff/${id}/roles`, { roles });
    const asked = await put(['auditor', 'finance-checker']);
    expect([asked.status, asked.body.roles, asked.body.waitingChange.state]).toEqual([200, ['auditor'], 'waiting']);
    expect(said(await put(['reviewer']))).toEqual([409, 'staff-change.waiting']);
    expect(said(await person.post(`/v1/staff/changes/${asked.body.waitingChange.id}/consent`))).toEqual([
      403,
      'access.forbidden',
    ]);
    expect((await person.get('/v1/payout-batches')).status).toBe(200);
    expect((await consent(second, asked.body.waitingChange.id)).body.invitation).toBeNull();
    expect((await person.get('/v1/staff/sessions/current')).body.staff.roles).toEqual(['finance-checker', 'auditor']);
    expect((await put(['finance-checker', 'reviewer'])).body).toMatchObject({
      roles: ['reviewer', 'finance-checker'],
      waitingChange: null,
    });
    expect((await put(['auditor'])).body).toMatchObject({ roles: ['auditor'], waitingChange: null });
  });

  it('is refused by another admin and taken back by who asked; nothing comes of it', async () => {
    const { first, second } = office;
    const ask = async () => (await first.post('/v1/staff', { email: email(), roles: ['finance-maker'] })).body;
    const one = await ask();
    const path = `/v1/staff/changes/${one.waitingChange.id}`;
    expect(said(await first.post(`${path}/refuse`))).toEqual([409, 'staff-change.same-person']);
    expect(said(await second.post(`${path}/withdraw`))).toEqual([409, 'staff-change.same-person']);
    expect((await second.post(`${path}/refuse`)).body.state).toBe('refused');
    expect(said(await second.post(`${path}/consent`))).toEqual([409, 'staff-change.not-waiting']);
    expect(said(await first.post(`/v1/staff/${one.id}/invitation`))).toEqual([409, 'staff.inactive']);
    const other = await ask();
    expect((await first.post(`/v1/staff/changes/${other.waitingChange.id}/withdraw`)).body.state).toBe('withdrawn');
    expect(said(await consent(second, other.waitingChange.id))).toEqual([409, 'staff-change.not-waiting']);
    expect(said(await consent(second, 'scg_nothing'))).toEqual([404, 'staff-change.not-found']);
  });

  it('is given once when two admins consent at once', async () => {
    const { first, second } = office;
    const third = await office.hire(['admin'], email());
    const asked = (await first.post('/v1/staff', { email: email(), roles: ['finance-maker'] })).body;
    const answers = await Promise.all([second, third].map((who) => consent(who, asked.waitingChange.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await first.post(`/v1/staff/${await idOf(third)}/deactivate`);
  });

  it('is off the table when who asked for it is an admin no more', async () => {
    const { first, second } = office;
    const third = await office.hire(['admin'], email());
    const asked = (await third.post('/v1/staff', { email: email(), roles: ['finance-maker'] })).body;
    await first.put(`/v1/staff/${await idOf(third)}/roles`, { roles: ['auditor'] });
    expect(said(await consent(second, asked.waitingChange.id))).toEqual([409, 'staff-change.not-waiting']);
  });

  it('waits for so long and no longer', async () => {
    const { app, first, second } = office;
    const asked = (await first.post('/v1/staff', { email: email(), roles: ['finance-maker'] })).body;
    const database = app.app.get(DataSource);
    await database.query('UPDATE staff_change SET expires_at = NOW(6) WHERE id = ?', [asked.waitingChange.id]);
    expect(said(await consent(second, asked.waitingChange.id))).toEqual([409, 'staff-change.not-waiting']);
    expect((await waiting()).map(({ id }: any) => id)).not.toContain(asked.waitingChange.id);
    const { items } = (await first.get('/v1/staff/changes?state=expired')).body;
    expect(items.map(({ id, state }: any) => [id, state])).toEqual([[asked.waitingChange.id, 'expired']]);
    // It may be asked for anew.
    const anew = (await first.put(`/v1/staff/${asked.id}/roles`, { roles: ['finance-maker'] })).body;
    expect((await consent(second, anew.waitingChange.id)).status).toBe(200);
    expect((await second.post(`/v1/staff/${asked.id}/invitation`)).body.invitation.link).toContain('#yki_');
  });

  it('cannot be consented to by who asked, nor asked for oneself, whatever writes to the table', async () => {
    const { app, first, second } = office;
    const asked = (await first.post('/v1/staff', { email: email(), roles: ['finance-maker'] })).body;
    const database = app.app.get(DataSource);
    const { id, askedBy, staffId } = asked.waitingChange;
    const write = (assignments: string, values: string[]) =>
      database.query(`UPDATE staff_change SET ${assignments} WHERE id = ?`, [...values, id]);
    const consented = `state = 'consented', decided_at = NOW(6), decided_by = ?`;
    await expect(write(consented, [askedBy])).rejects.toThrow('ck_staff_change_consent');
    await expect(write(consented, [staffId])).rejects.toThrow('ck_staff_change_consent');
    await expect(write(`state = 'consented'`, [])).rejects.toThrow('ck_staff_change_consent');
    await expect(write('asked_by = ?', [staffId])).rejects.toThrow('ck_staff_change_own');
    await write(consented, [await idOf(second)]);
  });
});

describe('an admin', () => {
  it('has a password that nobody else knows before they consent', async () => {
    const own = await startTestApp({}, 'handed_over');
    try {
      const first = await signInAdmin(own);
      const second = await createStaff(own, first, ['admin'], 'second@yinke.test');
      // Still set up alone: nobody could consent but by a password that the first admin knows.
      const maker = (await first.post('/v1/staff', { email: 'maker@yinke.test', roles: ['finance-maker'] })).body;
      expect([maker.waitingChange, maker.roles]).toEqual([null, ['finance-maker']]);
      const change = { current: PASSWORD, new: 'a password of my own' };
      expect((await second.post('/v1/staff/sessions/current/password', change)).status).toBe(204);
      const checker = (await first.post('/v1/staff', { email: 'checker@yinke.test', roles: ['finance-checker'] })).body;
      expect(checker.waitingChange).toMatchObject({ state: 'waiting', roles: ['finance-checker'] });
    } finally {
      await own.close();
    }
  });

  it('who is the only one sets everybody up, which is said in the audit log; a second one ends that for good', async () => {
    const own = await startTestApp({}, 'set_up_alone');
    try {
      const first = await signInAdmin(own);
      const maker = { email: 'maker@yinke.test', password: PASSWORD, roles: ['finance-maker'] };
      const { body: alone } = await first.post('/v1/staff', maker);
      expect(alone).toMatchObject({ active: true, ownPassword: false, roles: ['finance-maker'], invitation: null });
      const { items } = (await first.get('/v1/staff/changes?state=alone')).body;
      expect(items.map(({ staffId, decidedBy }: any) => [staffId, decidedBy])).toEqual([[alone.id, null]]);
      const entries = (await first.get('/v1/audit-log?action=staff-change.made-alone')).body.items;
      expect(entries.map(({ subject }: any) => subject)).toEqual([alone.id]);

      const invited = (await first.post('/v1/staff', { email: 'second@yinke.test', roles: ['admin'] })).body;
      const second = await accept(own.http, 'second@yinke.test', tokenOf(invited.invitation));
      expect(said(await first.post('/v1/staff', { ...maker, email: 'other@yinke.test' }))).toEqual([
        422,
        'staff.password-not-taken',
      ]);
      const checker = (await first.post('/v1/staff', { email: 'checker@yinke.test', roles: ['finance-checker'] })).body;
      expect((await consent(second, checker.waitingChange.id)).status).toBe(200);
    } finally {
      await own.close();
    }
  });

  it('gives no role that moves money alone, from the first day, where the setting says so', async () => {
    const own = await startTestApp({ YINKE_STAFF_CONSENT: 'always' }, 'consent_always');
    try {
      const first = await signInAdmin(own);
      const post = (body: object) => first.post('/v1/staff', { email: email(), ...body });
      expect(said(await post({ password: PASSWORD, roles: ['auditor'] }))).toEqual([422, 'staff.password-not-taken']);
      expect((await post({ roles: ['auditor'] })).body.invitation.link).toContain('/console/invitation#yki_');
      expect((await post({ roles: ['finance-maker'] })).body).toMatchObject({ roles: [], invitation: null });
      const second = (await post({ roles: ['admin'] })).body;
      expect(second).toMatchObject({ roles: [], invitation: null, waitingChange: { state: 'waiting' } });
      const { invitation } = await own.app.get(OperatorAdmin).make(second.email);
      const admin = await accept(own.http, second.email, tokenOf(invitation));
      expect((await admin.get('/v1/staff/sessions/current')).body.staff.roles).toEqual(['admin']);
    } finally {
      await own.close();
    }
  });

  it('who has deactivated the only other one has no second: a puppet of theirs waits, and no one can consent', async () => {
    const { app, first, second } = await startWithTwoAdmins('puppet');
    try {
      const other = await idOf(second);
      // Taking away takes one: an account that is in wrong hands is ended at once.
      expect((await first.post(`/v1/staff/${other}/deactivate`)).status).toBe(200);
      const invite = async (roles: string[]) => (await first.post('/v1/staff', { email: email(), roles })).body;
      const puppet = await invite(['admin']);
      expect(puppet).toMatchObject({ roles: [], active: false, invitation: null, waitingChange: { state: 'waiting' } });
      expect(said(await consent(first, puppet.waitingChange.id))).toEqual([409, 'staff-change.same-person']);
      expect(said(await first.post(`/v1/staff/${puppet.id}/invitation`))).toEqual([409, 'staff-change.waiting']);
      const maker = await invite(['finance-maker']);
      // Nor does the account of the other one help: it comes back as no admin, and its password is not theirs to reset.
      const address = 'second.admin@yinke.test';
      const harmless = (await first.post(`/v1/staff/${other}/reactivate`, { roles: ['auditor'] })).body;
      const posing = await accept(app.http, address, tokenOf(harmless.invitation), 'known to the first one');
      expect(said(await consent(posing, maker.waitingChange.id))).toEqual([403, 'access.forbidden']);
      expect((await first.put(`/v1/staff/${other}/roles`, { roles: ['admin'] })).body.waitingChange.state).toBe(
        'waiting',
      );

      // Whoever runs the servers brings the other one back, with a password that nobody knows.
      const { invitation } = await app.app.get(OperatorAdmin).make(address);
      expect((await posing.get('/v1/staff/sessions/current')).status).toBe(401);
      expect(said(await first.post(`/v1/staff/${other}/invitation`))).toEqual([409, 'staff-change.same-person']);
      const back = await accept(app.http, address, tokenOf(invitation), 'known to the second one');
      expect((await consent(back, maker.waitingChange.id)).status).toBe(200);
      const { items } = (await back.get('/v1/staff/changes?state=by-operator')).body;
      expect(items).toMatchObject([{ staffId: other, kind: 'password', roles: ['admin', 'auditor'], askedBy: null }]);
      const entries = (await back.get('/v1/audit-log?action=staff-change.made-by-operator')).body.items;
      expect(entries).toMatchObject([{ actor: { kind: 'system' }, subject: other }]);
    } finally {
      await app.close();
    }
  });

  it('who has lost password and telephone is let in again by whoever runs the servers', async () => {
    const { app, first } = await startWithTwoAdmins('lost_telephone');
    try {
      const id = await idOf(first);
      const { secret } = (await first.post('/v1/staff/sessions/current/totp')).body;
      const totp = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
      await first.post('/v1/staff/sessions/current/totp/confirm', { totp });
      const made = await app.app.get(OperatorAdmin).make(ADMIN.email.toUpperCase());
      expect(made.staffId).toBe(id);
      expect((await first.get('/v1/staff')).status).toBe(401);
      const again = await accept(app.http, ADMIN.email, tokenOf(made.invitation), 'a password after all that');
      expect((await again.get('/v1/staff/sessions/current/totp')).body.on).toBe(false);
      expect((await again.get('/v1/staff')).body.items).toHaveLength(2);
    } finally {
      await app.close();
    }
  });

  it('resets no password of an account that moves money alone, where the link would be seen', async () => {
    const { app, first, second } = office;
    const address = email();
    const maker = await office.hire(['finance-maker'], address);
    const id = await idOf(maker);
    const asked = await first.post(`/v1/staff/${id}/password-reset`);
    expect(asked.body).toMatchObject({ active: true, invitation: null, waitingChange: { kind: 'password' } });
    expect((await maker.get('/v1/staff/sessions/current')).status).toBe(200);
    const agreed = await consent(second, asked.body.waitingChange.id);
    expect((await maker.get('/v1/staff/sessions/current')).status).toBe(401);
    expect(said(await first.post(`/v1/staff/${id}/invitation`))).toEqual([409, 'staff-change.same-person']);
    const back = await accept(app.http, address, tokenOf(agreed.body.invitation), 'quite another password');
    expect(await idOf(back)).toBe(id);
  });

  it('brings somebody back with the consent of another when they move money', async () => {
    const { app, first, second } = office;
    const [reviewer, maker] = [email(), email()];
    const ids = [
      await idOf(await office.hire(['reviewer'], reviewer)),
      await idOf(await office.hire(['finance-maker'], maker)),
    ];
    for (const id of ids) await first.post(`/v1/staff/${id}/deactivate`);
    const back = (id: string, roles: string[]) => first.post(`/v1/staff/${id}/reactivate`, { roles });
    const harmless = (await back(ids[0]!, ['reviewer'])).body;
    await accept(app.http, reviewer, tokenOf(harmless.invitation));
    const asked = (await back(ids[1]!, ['finance-maker'])).body;
    expect(asked).toMatchObject({ active: false, invitation: null, waitingChange: { kind: 'reactivate' } });
    expect(said(await app.http.post('/v1/staff/sessions', { email: maker, password: PASSWORD }))).toEqual([
      401,
      'session.refused',
    ]);
    const agreed = await consent(second, asked.waitingChange.id);
    await accept(app.http, maker, tokenOf(agreed.body.invitation), 'a new start with this');
    expect(said(await back(ids[1]!, ['finance-maker']))).toEqual([409, 'staff.active']);
    // The password that the person had is of no use.
    await expect(signIn(app.http, maker)).rejects.toThrow('session.refused');
  });

  it('stays one when two admins demote and deactivate each other at once', async () => {
    const { app, first, second } = await startWithTwoAdmins('one_admin_stays');
    try {
      const [a, b] = [await idOf(first), await idOf(second)];
      const answers = await Promise.all([
        first.put(`/v1/staff/${b}/roles`, { roles: ['auditor'] }),
        second.post(`/v1/staff/${a}/deactivate`),
        second.put(`/v1/staff/${a}/roles`, { roles: ['auditor'] }),
      ]);
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      const left = (await Promise.all([first, second].map((who) => who.get('/v1/staff')))).filter(
        ({ status }) => status === 200,
      );
      expect(left).toHaveLength(1);
      expect(left[0]!.body.items.filter(({ active, roles }: any) => active && roles.includes('admin'))).toHaveLength(1);
    } finally {
      await app.close();
    }
  });
});
