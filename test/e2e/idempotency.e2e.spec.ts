import type { HttpClient } from '../support/http-client.js';
import { createStorefront, signIn, signInAdmin, type TestStorefront } from '../support/actors.js';
import { ExpirySweep } from '../../src/access/expiry-sweep.js';
import { insertRows } from '../support/insert-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { ADMIN } from '../support/test-config.js';

const SHOP = { name: 'Shop', currency: 'CNY', homeUrl: 'https://shop.example/', origins: [] };

describe('an Idempotency-Key', () => {
  let testApp: TestApp;
  let admin: HttpClient;

  beforeAll(async () => {
    testApp = await startTestApp();
    admin = await signInAdmin(testApp);
  });
  afterAll(() => testApp.close());

  const keyed = (key: string) => admin.with({ 'idempotency-key': key });
  const shops = async () => (await admin.get('/v1/storefronts?limit=200')).body.items.length as number;

  it('makes a repeat answer what the first request was answered, keys shown once included, and do nothing', async () => {
    const first = await keyed('again').post('/v1/storefronts', SHOP);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const before = await shops();
    const reordered = { origins: [], homeUrl: SHOP.homeUrl, currency: 'CNY', name: 'Shop' };
    const again = await keyed('"again"').post('/v1/storefronts', reordered);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(await shops()).toBe(before);
  });

  it('lets twenty requests at once do their work once', async () => {
    const before = await shops();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => keyed('crowd').post('/v1/storefronts', { ...SHOP, name: 'Crowd' })),
    );
    expect(await shops()).toBe(before + 1);
    const made = answers.filter((answer) => answer.status === 201);
    expect(new Set(made.map((answer) => answer.text)).size).toBe(1);
    expect(answers.filter((answer) => answer.status !== 201).map((answer) => answer.body.code)).toEqual(
      Array.from({ length: 20 - made.length }, () => 'idempotency.in-progress'),
    );
  });

  it('refuses another request under the same key', async () => {
    await keyed('taken').post('/v1/storefronts', SHOP);
    const other = await keyed('taken').post('/v1/storefronts', { ...SHOP, name: 'Other' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key-reused' } });
  });

  it('is another key for another path or another caller', async () => {
    const { id } = await createStorefront(testApp, admin);
    await keyed('mine').post('/v1/storefronts', SHOP);
    expect((await keyed('mine').post(`/v1/storefronts/${id}/keys`)).headers.get('idempotency-replayed')).toBeNull();
    const email = 'second@yinke.test';
    await admin.post('/v1/staff', { email, password: ADMIN.password, roles: ['admin'] });
    const second = testApp.http.as(
      (await testApp.http.post('/v1/staff/sessions', { email, password: ADMIN.password })).body.token,
    );
    const answer = await second.with({ 'idempotency-key': 'mine' }).post('/v1/storefronts', SHOP);
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('of two storefronts is two keys: neither sees what the other was answered, with either kind of key', async () => {
    const [one, two] = [await createStorefront(testApp, admin), await createStorefront(testApp, admin)];
    const order = {
      orderId: 'same',
      currency: 'CNY',
      lines: [{ sku: 'tea', quantity: 1, unitPrice: 1, lineTotal: 1 }],
    };
    const bodies = [
      ['/v1/orders', order, 'sk'] as const,
      ['/v1/visits', { url: 'https://shop.example/' }, 'pk'] as const,
    ];
    for (const [path, body, kind] of bodies) {
      const send = (shop: TestStorefront) => shop[kind].with({ 'idempotency-key': 'of-two' }).post(path, body);
      const [first, second] = [await send(one), await send(two)];
      expect([path, second.status, second.headers.get('idempotency-replayed')]).toEqual([path, 201, null]);
      expect(second.body.id).not.toBe(first.body.id);
      const again = [await send(one), await send(two)];
      expect(again.map(({ text }) => text)).toEqual([first.text, second.text]);
      expect(again.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(['true', 'true']);
    }
  });

  it('of a storefront’s server is not the one of its shoppers’ browsers', async () => {
    const { sk, pk } = await createStorefront(testApp, admin);
    const visit = { url: 'https://shop.example/' };
    const [server, browser] = [sk, pk].map((client) => client.with({ 'idempotency-key': 'of-both' }));
    const [first, second] = [await server!.post('/v1/visits', visit), await browser!.post('/v1/visits', visit)];
    expect(second.headers.get('idempotency-replayed')).toBeNull();
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('replays no failure of ours: the next request with the key runs', async () => {
    const database = testApp.db;
    await database.query('RENAME TABLE storefront TO storefront_away');
    const failed = await keyed('five').post('/v1/storefronts', SHOP);
    await database.query('RENAME TABLE storefront_away TO storefront');
    expect(failed).toMatchObject({ status: 500, body: { code: 'service.internal' } });
    const next = await keyed('five').post('/v1/storefronts', SHOP);
    expect([next.status, next.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('replays no 403 either: somebody who is given the role is let in', async () => {
    const email = 'not-yet@yinke.test';
    const { body } = await admin.post('/v1/staff', { email, password: ADMIN.password, roles: ['reviewer'] });
    const client = (await signIn(testApp.http, email, ADMIN.password)).with({ 'idempotency-key': 'early' });
    expect((await client.post('/v1/storefronts', SHOP)).status).toBe(403);
    await testApp.db.query('UPDATE staff SET roles = ? WHERE id = ?', ['admin', body.id]);
    expect((await client.post('/v1/storefronts', SHOP)).status).toBe(201);
  });

  it('replays no 401: who could not sign in yet signs in once they can', async () => {
    const credentials = { email: 'later@yinke.test', password: ADMIN.password };
    const client = testApp.http.with({ 'idempotency-key': 'sign-in' });
    expect((await client.post('/v1/staff/sessions', credentials)).status).toBe(401);
    await admin.post('/v1/staff', { ...credentials, roles: ['auditor'] });
    expect((await client.post('/v1/staff/sessions', credentials)).status).toBe(201);
  });

  it('repeats refusals too, as the problems that they were', async () => {
    const first = await keyed('refused').post('/v1/storefronts', { name: 'x' });
    const again = await keyed('refused').post('/v1/storefronts', { name: 'x' });
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([422, first.text, 'true']);
    expect(again.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('replays nothing to somebody who is no longer allowed', async () => {
    await keyed('secret').post('/v1/storefronts', SHOP);
    const stranger = testApp.http.with({ 'idempotency-key': 'secret' });
    expect((await stranger.post('/v1/storefronts', SHOP)).status).toBe(401);
  });

  it.each(['', '""', '"open', 'ü', 'x'.repeat(256)])('is refused when it reads %j', async (key) => {
    const answer = await keyed(Buffer.from(key).toString('latin1')).post('/v1/storefronts', SHOP);
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency.key-invalid' } });
  });

  it('is taken over from a process that died while it ran, but not sooner than a minute later', async () => {
    const database = testApp.db;
    await keyed('dead').post('/v1/storefronts', SHOP);
    const [row] = await database.query('SELECT id FROM idempotency_key ORDER BY locked_at DESC LIMIT 1');
    await database.query('UPDATE idempotency_key SET answer = NULL, effect_at = NULL WHERE id = ?', [row.id]);
    expect((await keyed('dead').post('/v1/storefronts', SHOP)).body.code).toBe('idempotency.in-progress');
    await database.query('UPDATE idempotency_key SET locked_at = NOW(6) - INTERVAL 61 SECOND WHERE id = ?', [row.id]);
    const taken = await keyed('dead').post('/v1/storefronts', SHOP);
    expect([taken.status, taken.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('stands for nothing any more after a day', async () => {
    await keyed('old').post('/v1/storefronts', SHOP);
    await testApp.db.query('UPDATE idempotency_key SET expires_at = NOW(6) - INTERVAL 1 SECOND');
    const answer = await keyed('old').post('/v1/storefronts', { ...SHOP, name: 'Later' });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('keeps neither passwords nor keys in clear', async () => {
    const staff = { email: 'clear@yinke.test', password: 'a password of my own', roles: ['auditor'] };
    await keyed('staff').post('/v1/staff', staff);
    const { body } = await keyed('keys').post('/v1/storefronts', SHOP);
    const rows = await testApp.db.query('SELECT * FROM idempotency_key');
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [staff.email, staff.password, body.secretKey])
      expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('makes no live session of a sign-in that is sent again: each is a try of its own', async () => {
    const signIn = () => testApp.http.with({ 'idempotency-key': 'session' }).post('/v1/staff/sessions', ADMIN);
    const [first, again] = [await signIn(), await signIn()];
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(again.body.token).not.toBe(first.body.token);
    await testApp.http.as(first.body.token).delete('/v1/staff/sessions/current');
    expect(
      (
        await testApp.http
          .with({ 'idempotency-key': 'session' })
          .post('/v1/staff/sessions', { ...ADMIN, password: 'x' })
      ).status,
    ).toBe(401);
  });

  it('leaves nothing behind for what anybody may send and is refused', async () => {
    const { pk } = await createStorefront(testApp, admin);
    const count = async () => Number((await testApp.db.query('SELECT COUNT(*) AS n FROM idempotency_key'))[0].n);
    const before = await count();
    for (let at = 0; at < 20; at += 1) {
      const flood = { 'idempotency-key': `flood-${at}` };
      expect((await pk.with(flood).post('/v1/visits', { nothing: true })).status).toBe(422);
      expect((await testApp.http.with(flood).post('/v1/merchant-applications', {})).status).toBe(422);
    }
    expect(await count()).toBe(before);
  });

  describe('when the process dies after its work is done and before it has answered', () => {
    /** The row as such a process leaves it. */
    async function die(): Promise<void> {
      await testApp.db.query(
        'UPDATE idempotency_key SET answer = NULL, locked_at = NOW(6) - INTERVAL 61 SECOND ORDER BY locked_at DESC LIMIT 1',
      );
    }

    it('does not do the work again, and says so', async () => {
      await keyed('done').post('/v1/storefronts', SHOP);
      const before = await shops();
      await die();
      const again = await keyed('done').post('/v1/storefronts', SHOP);
      expect(again).toMatchObject({ status: 409, body: { code: 'idempotency.answer-lost' } });
      expect(await shops()).toBe(before);
    });

    it('refuses a refused call anew, and does not say that it was done', async () => {
      const { sk } = await createStorefront(testApp, admin);
      const lines = [{ sku: 'tea', quantity: 1, unitPrice: 500, lineTotal: 500 }];
      await sk.post('/v1/orders', { orderId: 'refused', currency: 'CNY', lines });
      await sk.post('/v1/orders/refused/cancel');
      const complete = () =>
        sk.with({ 'idempotency-key': 'refused' }).post('/v1/orders/refused/complete', { amountPaid: 500 });
      const first = await complete();
      expect(first).toMatchObject({ status: 409, body: { code: 'order.wrong-state' } });
      await die();
      expect(await complete()).toMatchObject({ status: 409, body: { code: 'order.wrong-state' } });
    });

    it('notes the key in the transaction of the work: both or neither', async () => {
      const database = testApp.db;
      // What comes last in the transaction fails.
      await database.query(`CREATE TRIGGER cut BEFORE UPDATE ON idempotency_key FOR EACH ROW
        IF NEW.effect_at IS NOT NULL AND OLD.effect_at IS NULL THEN SIGNAL SQLSTATE '45000'; END IF`);
      const before = await shops();
      const failed = await keyed('both').post('/v1/storefronts', SHOP);
      await database.query('DROP TRIGGER cut');
      expect([failed.status, await shops()]).toEqual([500, before]);
      expect((await keyed('both').post('/v1/storefronts', SHOP)).status).toBe(201);
      expect(await shops()).toBe(before + 1);
    });

    it('rolls back a slow first request whose key another has taken over', async () => {
      const database = testApp.db;
      await database.query(`CREATE TRIGGER overtaken AFTER INSERT ON storefront FOR EACH ROW
        UPDATE idempotency_key SET lock_token = 'another' ORDER BY locked_at DESC LIMIT 1`);
      const before = await shops();
      const slow = await keyed('slow').post('/v1/storefronts', SHOP);
      await database.query('DROP TRIGGER overtaken');
      expect(slow).toMatchObject({ status: 409, body: { code: 'idempotency.in-progress' } });
      expect(await shops()).toBe(before);
    });
  });

  it('is deleted when its day is over, however many there are', async () => {
    const database = testApp.db;
    const rows = Array.from({ length: 7_000 }, (_, at) => [`old-${at}`, 'h', 't', '2026-01-01', '2026-01-02']);
    const columns = ['id', 'request_hash', 'lock_token', 'locked_at', 'expires_at'];
    await insertRows(database.manager, 'idempotency_key', columns, rows);
    await testApp.app.get(ExpirySweep, { strict: false }).sweep();
    expect(await database.query("SELECT id FROM idempotency_key WHERE id LIKE 'old-%'")).toEqual([]);
  });
});
