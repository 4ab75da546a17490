import { setTimeout } from 'node:timers/promises';
import { createApp } from '../../src/api/create-app.js';
import { RouteCheck } from '../../src/access/route-check.js';
import { HttpClient } from '../support/http-client.js';
import { createStaff, createStorefront, createWorld, signIn, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { ADMIN, serviceConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

/** All that a publishable key may do, since it stands in every shopper's browser. */
const PUBLISHABLE = [
  'POST /v1/visits',
  'POST /v1/visits/:id/referrer',
  'POST /v1/quotes',
  'GET /v1/merchant-applications/form',
  'POST /v1/merchant-applications',
];

/** What anyone may call; an application's route looks at its token itself. */
const ANYONE = [
  'GET /',
  'GET /favicon.ico',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /r/:code',
  'GET /join',
  'GET /join/join.js',
  'GET /join/join.css',
  'POST /v1/staff/sessions',
  'GET /v1/staff/sign-in-ways',
  'GET /v1/staff/oidc',
  'GET /v1/staff/oidc/callback',
  // By the token of the invitation.
  'POST /v1/staff-invitations/read',
  'POST /v1/staff-invitations/accept',
  'GET /v1/merchant-applications/form',
  'POST /v1/merchant-applications',
  'GET /v1/merchant-applications/:id',
  'GET /v1/merchants/sign-in-methods',
  'POST /v1/merchants/sign-in-codes',
  'POST /v1/merchants/sessions',
  'POST /v1/merchants/wechat-authorizations',
  // In embedded mode alone.
  'GET /v1/outbox',
  // WeChat Pay's own word, by its signature.
  'POST /v1/payout-notifications/wechat-pay',
];

describe('access', () => {
  let testApp: TestApp;
  let world: World;
  const routes = () => testApp.app.get(RouteCheck).routes;

  beforeAll(async () => {
    testApp = await startTestApp({ YINKE_DIRECTORY_REFRESH_MS: '100' });
    world = await createWorld(testApp);
  });
  afterAll(() => testApp.close());

  /** Status of every route for one caller, with nothing that the handler could use. */
  async function statuses(client: HttpClient): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (const { method, path } of routes()) {
      const address = path.replace(/:\w+/g, 'unknown');
      const answer = await (method === 'GET'
        ? client.get(address)
        : method === 'DELETE'
          ? client.delete(address)
          : method === 'PATCH'
            ? client.patch(address, {})
            : method === 'PUT'
              ? client.put(address, {})
              : client.post(address, {}));
      found.set(`${method} ${path}`, answer.status);
    }
    return found;
  }

  function allowed(found: Map<string, number>, refusal: number): string[] {
    return [...found].filter(([, status]) => status !== refusal).map(([route]) => route);
  }

  it('lets nobody in without a key or a session, but where anyone is meant', async () => {
    const found = await statuses(testApp.http);
    expect(allowed(found, 401).filter((route) => !ANYONE.includes(route))).toEqual([]);
    expect(Math.max(...found.values())).toBeLessThan(500);
  });

  it('lets a publishable key do what a shopper does, and nothing else', async () => {
    const found = await statuses(world.pk);
    expect(allowed(found, 403).filter((route) => ![...ANYONE, ...PUBLISHABLE].includes(route))).toEqual([]);
    for (const route of PUBLISHABLE.filter((each) => found.has(each))) expect(found.get(route)).not.toBe(403);
    expect(Math.max(...found.values())).toBeLessThan(500);
  });

  it('lets no key of a storefront do what staff do', async () => {
    const found = await statuses(world.sk);
    const staffOnly = routes().filter(
      ({ callers }) =>
        !callers.some((caller) => ['anyone', 'applicant', 'secret-key', 'publishable-key'].includes(caller)),
    );
    expect(staffOnly.length).toBeGreaterThan(5);
    for (const { method, path } of staffOnly) expect([path, found.get(`${method} ${path}`)]).toEqual([path, 403]);
  });

  it('gives each role its own routes: what is the admin’s is refused to everybody else', async () => {
    for (const other of [world.reviewer, world.maker, world.checker, world.auditor, world.sk, world.pk]) {
      const answer = await other.post('/v1/storefronts', {});
      expect(answer).toMatchObject({ status: 403, body: { code: 'access.forbidden' } });
    }
    const both = await createStaff(testApp, world.admin, ['auditor', 'reviewer']);
    expect((await both.get('/v1/audit-log')).status).toBe(200);
  });

  it('tells all staff what colleagues and storefronts are called, and the settings to the admin alone', async () => {
    const shop = await createStorefront(testApp, world.admin, { name: 'Tea by the lake' });
    const { id, email } = (await world.auditor.get('/v1/staff/sessions/current')).body.staff;
    for (const staff of [world.admin, world.reviewer, world.maker, world.checker, world.auditor]) {
      expect((await staff.get('/v1/staff/names')).body.items).toContainEqual({ id, email });
      expect((await staff.get('/v1/storefronts/names?limit=200')).body.items).toContainEqual({
        id: shop.id,
        name: 'Tea by the lake',
        currency: 'CNY',
      });
    }
    for (const path of ['/v1/staff', '/v1/storefronts', `/v1/storefronts/${shop.id}`])
      expect((await world.maker.get(path)).status).toBe(403);
    for (const other of [world.sk, world.pk])
      expect((await other.get('/v1/staff/names')).body.code).toBe('access.forbidden');
  });

  it('finds in the audit log what one person did, one action, one thing and one time, page by page', async () => {
    const shop = await createStorefront(testApp, world.admin);
    await world.admin.post(`/v1/storefronts/${shop.id}/keys`, { overlapHours: 1 });
    const { id: admin } = (await world.admin.get('/v1/staff/sessions/current')).body.staff;
    const found = async (query: string) => {
      const { status, body } = await world.auditor.get(`/v1/audit-log?${query}`);
      return status === 200 ? body.items : [body.code, body.errors?.[0].pointer];
    };
    const actions = (entries: any[]) => entries.map(({ action }) => action);
    const [rotated, created] = await found(`subject=${shop.id}`);
    expect(actions([rotated, created])).toEqual(['storefront.keys-rotated', 'storefront.created']);
    expect(await found(`subject=${shop.id}&action=storefront.created`)).toEqual([created]);
    expect(await found(`subject=${shop.id}&actor=${admin}&actorKind=staff`)).toEqual([rotated, created]);
    expect(await found(`subject=${shop.id}&actorKind=merchant`)).toEqual([]);
    expect(await found(`subject=${shop.id}&from=${rotated.at}`)).toEqual([rotated]);
    expect(await found(`subject=${shop.id}&to=${rotated.at}`)).toEqual([created]);
    const first = (await world.auditor.get(`/v1/audit-log?subject=${shop.id}&limit=1`)).body;
    expect(first.items).toEqual([rotated]);
    expect(await found(`subject=${shop.id}&limit=1&cursor=${first.nextCursor}`)).toEqual([created]);
    expect(await found('actorKind=robot')).toEqual(['request.invalid', '/actorKind']);
    expect(await found('cursor=YQ')).toEqual(['request.invalid', '/cursor']);
  });

  it.each([
    ['Basic YWRtaW46YWRtaW4='],
    ['Bearer'],
    ['Bearer sk_unknown'],
    ['Bearer pk_'],
    ['Bearer yks_unknown'],
    ['Bearer a b'],
    ['Bearer eyJhbGciOiJub25lIn0.e30.'],
  ])('takes %j for nobody', async (authorization) => {
    const answer = await testApp.http.with({ authorization }).get('/v1/storefronts');
    expect(answer).toMatchObject({ status: 401, body: { code: 'access.unauthenticated' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('shows a storefront’s keys once', async () => {
    const shop = await createStorefront(testApp, world.admin, { codeParameter: 'ref', touch: 'first' });
    const read = await world.admin.get(`/v1/storefronts/${shop.id}`);
    expect(read.body).toMatchObject({ codeParameter: 'ref', touch: 'first', attributionWindowDays: 30 });
    for (const key of [shop.secretKey, shop.publishableKey]) {
      expect(key).toMatch(/^[sp]k_[\w-]{43}$/);
      expect(read.text).not.toContain(key);
    }
  });

  it('lets rotated keys overlap, and ends them at once when told so', async () => {
    const route = '/v1/orders/none';
    const shop = await createStorefront(testApp, world.admin);
    const rotated = await world.admin.post(`/v1/storefronts/${shop.id}/keys`);
    expect(Date.parse(rotated.body.previousKeysExpireAt)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    const second = testApp.http.as(rotated.body.secretKey);
    for (const key of [shop.sk, second]) expect((await key.get(route)).status).not.toBe(401);
    await world.admin.post(`/v1/storefronts/${shop.id}/keys`, { overlapHours: 0 });
    for (const key of [shop.sk, second]) expect((await key.get('/v1/storefronts')).status).toBe(401);
  });

  it('changes settings of a storefront, but never its currency', async () => {
    const { id } = world.storefront;
    const changed = await world.admin.patch(`/v1/storefronts/${id}`, { attributionWindowDays: 7, touch: 'first' });
    expect(changed).toMatchObject({
      status: 200,
      body: { id, attributionWindowDays: 7, touch: 'first', name: 'Shop' },
    });
    expect((await world.admin.patch(`/v1/storefronts/${id}`, { currency: 'EUR' })).status).toBe(422);
    expect((await world.admin.patch('/v1/storefronts/sto_none', {})).body.code).toBe('storefront.not-found');
  });

  it('makes one first admin however many processes start at once, and tells each of keys that come and go', async () => {
    const databaseUrl = await createTestDatabase('yinke_test_processes');
    const apps = await Promise.all([1, 2, 3].map(() => createApp(serviceConfig(databaseUrl))));
    try {
      await Promise.all(apps.map((app) => app.listen(0, '127.0.0.1')));
      const [here, there] = (await Promise.all(apps.map((app) => app.getUrl()))).map((url) => new HttpClient(url));
      const admin = await signIn(here!, ADMIN.email, ADMIN.password);
      expect((await admin.get('/v1/staff')).body.items).toHaveLength(1);
      const shop = await createStorefront({ http: there! }, admin);
      // A secret key may not list storefronts: 403 says that the other process knows it, 401 that it does not.
      const statusThere = async () => (await shop.sk.get('/v1/storefronts')).status;
      while ((await statusThere()) !== 403) await setTimeout(20);
      await admin.post(`/v1/storefronts/${shop.id}/keys`, { overlapHours: 0 });
      while ((await statusThere()) !== 401) await setTimeout(20);
    } finally {
      await Promise.all(apps.map((app) => app.close()));
    }
  });
});
