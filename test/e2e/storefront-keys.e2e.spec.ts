import { KeyUses } from '../../src/access/key-uses.js';
import { createStorefront, createWorld, type TestStorefront, type World } from '../support/actors.js';
import type { Answer } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const said = ({ status, body }: Answer) => [status, body?.code];

let app: TestApp;
let world: World;
let shop: TestStorefront;
beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
beforeEach(async () => {
  shop = await createStorefront(app, world.admin);
});
afterAll(() => app.close());

const keys = async () => (await world.admin.get(`/v1/storefronts/${shop.id}/keys`)).body.items;
const visit = (key = shop.pk) => key.post('/v1/visits', { url: 'https://shop.example/' });

it('a storefront’s keys are told apart by what they begin and end with, and nothing shows the rest', async () => {
  const { body, text } = await world.admin.get(`/v1/storefronts/${shop.id}/keys`);
  const of = (kind: string) => body.items.find((key: any) => key.kind === kind);
  expect(of('secret').shown).toBe(`sk_…${shop.secretKey.slice(-4)}`);
  expect(of('publishable').shown).toBe(`pk_…${shop.publishableKey.slice(-4)}`);
  expect(of('secret')).toMatchObject({ lastUsedAt: null, expiresAt: null });
  expect(text).not.toContain(shop.secretKey.slice(4, -4));
  await world.admin.post(`/v1/storefronts/${shop.id}/keys`, { overlapHours: 1 });
  expect((await keys()).map(({ expiresAt }: any) => expiresAt === null)).toEqual([true, true, false, false]);
  for (const who of [world.auditor, world.reviewer, shop.sk])
    expect(said(await who.get(`/v1/storefronts/${shop.id}/keys`))).toEqual([403, 'access.forbidden']);
});

it('it is known when a key was last used, for which no call waits', async () => {
  expect((await visit()).status).toBe(201);
  expect((await keys()).map(({ lastUsedAt }: any) => lastUsedAt)).toEqual([null, null]);
  const before = Date.now();
  await visit();
  await app.app.get(KeyUses).write();
  const used = Object.fromEntries((await keys()).map((key: any) => [key.kind, key.lastUsedAt]));
  expect(used.secret).toBeNull();
  expect(Math.abs(Date.parse(used.publishable) - before)).toBeLessThan(30_000);
});

it('one key is revoked alone: it is refused at once, and the others go on', async () => {
  const [secret, publishable] = ['secret', 'publishable'].map(
    (kind) => async () => (await keys()).find((key: any) => key.kind === kind),
  ) as [() => Promise<any>, () => Promise<any>];
  const { id } = await publishable();
  const path = `/v1/storefronts/${shop.id}/keys/${id}`;
  const other = await createStorefront(app, world.admin);
  expect(said(await world.admin.delete(`/v1/storefronts/${other.id}/keys/${id}`))).toEqual([404, 'key.not-found']);
  expect(said(await world.admin.delete(`/v1/storefronts/${shop.id}/keys/key_nothing`))).toEqual([404, 'key.not-found']);
  expect(said(await world.auditor.delete(path))).toEqual([403, 'access.forbidden']);
  expect((await visit()).status).toBe(201);
  expect((await world.admin.delete(path)).status).toBe(204);
  expect(said(await visit())).toEqual([401, 'access.unauthenticated']);
  expect((await visit(shop.sk)).status).not.toBe(401);
  expect((await secret()).expiresAt).toBeNull();
  const { expiresAt } = await publishable();
  expect((await world.admin.delete(path)).status).toBe(204);
  expect((await publishable()).expiresAt).toBe(expiresAt);
  const entries = (await world.auditor.get(`/v1/audit-log?subject=${id}`)).body.items;
  expect(entries.map(({ action, detail }: any) => [action, detail])).toEqual([
    ['key.revoked', { storefront: shop.id }],
  ]);
});

it('keys that are replaced work on for a day when nobody says for how long, whether by null or by nothing', async () => {
  for (const none of [{}, { overlapHours: null }]) {
    const { body } = await world.admin.post(`/v1/storefronts/${shop.id}/keys`, none);
    expect(Date.parse(body.previousKeysExpireAt)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  }
});
