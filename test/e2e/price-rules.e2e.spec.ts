import { createApp } from '../../src/api/create-app.js';
import { createWorld, type World } from '../support/actors.js';
import { HttpClient, type Answer } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { serviceConfig } from '../support/test-config.js';

const DAY = 86_400_000;
const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
const PERCENT = { scope: {}, validFrom: at(-1), kind: 'percent-off', rateBps: 1000 };
const AMOUNT = { scope: {}, validFrom: at(-1), kind: 'amount-off', amount: 100, currency: 'CNY' };
const NOBODY = 'mer_01h455vb4pex5vsknk084sn02q';

let testApp: TestApp;
let world: World;
let visit: string;
let merchantId: string;

beforeAll(async () => {
  testApp = await startTestApp();
  world = await createWorld(testApp);
  const application = { wechatId: 'rule_merchant', displayName: 'M', consent: true };
  const { body } = await world.pk.post('/v1/merchant-applications', application);
  const approval = await world.reviewer.post(`/v1/merchant-applications/${body.id}/approve`, {});
  merchantId = approval.body.merchant.id;
  visit = (await world.pk.post('/v1/visits', { merchantCode: approval.body.merchant.code })).body.visit;
});
afterAll(() => testApp.close());

/** What a unit of 10,000 costs the merchant's shopper, and by which version of which rule. */
async function price(sku: string, client = world.pk): Promise<[number, string | null, number | null]> {
  const lines = [{ sku, quantity: 1, unitPrice: 10_000 }];
  const { body } = await client.post('/v1/quotes', { visit, currency: 'CNY', lines });
  return [body.total, body.lines[0].rule?.id ?? null, body.lines[0].rule?.version ?? null];
}

async function create(rule: object): Promise<string> {
  const { status, body } = await world.admin.post('/v1/price-rules', rule);
  expect(status).toBe(201);
  return body.id;
}

describe('a price rule', () => {
  it('is made, read and listed with all that it says', async () => {
    const sent = {
      name: '春节 tea',
      scope: { merchant: merchantId, product: 'listed' },
      storefront: world.storefront.id,
      kind: 'fixed-price',
      amount: 800,
      currency: 'CNY',
      floor: 500,
      validFrom: at(-2),
      validTo: at(2),
    };
    const created = await world.admin.post('/v1/price-rules', sent);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...sent, version: 1, rateBps: null, endedAt: null });
    const { versions, ...view } = created.body;
    expect(versions).toEqual([{ version: 1, rateBps: null, ...sent }]);
    expect((await world.admin.get(`/v1/price-rules/${view.id}`)).body).toEqual(created.body);

    await create({ ...PERCENT, scope: { product: 'nothing' } });
    const seen: any[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body }: Answer = await world.admin.get(`/v1/price-rules?limit=1${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen).toContainEqual(view);
    expect(seen).toEqual((await world.admin.get('/v1/price-rules')).body.items);
  });

  it('holds inside its window alone', async () => {
    await create({ ...PERCENT, scope: { product: 'past' }, validFrom: at(-2), validTo: at(-1) });
    await create({ ...PERCENT, scope: { product: 'future' }, validFrom: at(1) });
    const now = await create({ ...PERCENT, scope: { product: 'now' }, validTo: at(1) });
    expect(await price('past')).toEqual([10_000, null, null]);
    expect(await price('future')).toEqual([10_000, null, null]);
    expect(await price('now')).toEqual([9000, now, 1]);
  });

  it('is replaced by a new version from that version’s moment on', async () => {
    const id = await create({ ...PERCENT, scope: { product: 'versions' } });
    const next = { ...AMOUNT, scope: { product: 'versions' } };
    expect((await world.admin.post(`/v1/price-rules/${id}/versions`, { ...next, validFrom: at(1) })).status).toBe(201);
    expect(await price('versions')).toEqual([9000, id, 1]);
    const third = await world.admin.post(`/v1/price-rules/${id}/versions`, { ...next, validFrom: at(-0.5) });
    expect(third.body.versions.map((v: any) => [v.version, v.kind])).toEqual([
      [1, 'percent-off'],
      [2, 'amount-off'],
      [3, 'amount-off'],
    ]);
    expect(await price('versions')).toEqual([9900, id, 3]);
  });

  it('gives each of many versions sent at once its own number, and refuses two from one moment', async () => {
    const scope = { product: 'at-once' };
    const id = await create({ ...PERCENT, scope });
    const versions = Array.from({ length: 20 }, (_, i) => ({ ...PERCENT, scope, validFrom: at(1 + (i % 10)) }));
    const froms = versions.map((v) => v.validFrom);
    const moments = versions.map((v, i) => ({ ...v, validFrom: froms[i % 10] }));
    const answers = await Promise.all(moments.map((v) => world.admin.post(`/v1/price-rules/${id}/versions`, v)));
    expect(answers.filter((a) => a.status === 201)).toHaveLength(10);
    expect(answers.filter((a) => a.body.code === 'price-rule.version-exists' && a.status === 409)).toHaveLength(10);
    const { body } = await world.admin.get(`/v1/price-rules/${id}`);
    expect(body.versions.map((v: any) => v.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('ends once, with all its versions, now or later', async () => {
    const id = await create({ ...PERCENT, scope: { product: 'ended' } });
    const end = (body?: object) => world.admin.post(`/v1/price-rules/${id}/end`, body);
    expect(await end({ at: at(-1) })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/at' }] } });
    expect(await price('ended')).toEqual([9000, id, 1]);
    const ended = await end();
    expect(ended.status).toBe(200);
    expect(await price('ended')).toEqual([10_000, null, null]);
    expect(await end({})).toEqual(expect.objectContaining({ status: 200, body: ended.body }));
    expect((await end({ at: ended.body.endedAt })).body).toEqual(ended.body);
    expect(await end({ at: at(1) })).toMatchObject({ status: 409, body: { code: 'price-rule.ended' } });
    const version = await world.admin.post(`/v1/price-rules/${id}/versions`, { ...PERCENT, validFrom: at(1) });
    expect(version).toMatchObject({ status: 409, body: { code: 'price-rule.ended' } });

    const later = await create({ ...PERCENT, scope: { product: 'ends-later' } });
    await world.admin.post(`/v1/price-rules/${later}/end`, { at: at(1) });
    expect(await price('ends-later')).toEqual([9000, later, 1]);
  });

  it('is known to every process within a second of a change', async () => {
    const second = await createApp(serviceConfig(testApp.databaseUrl, { YINKE_DIRECTORY_REFRESH_MS: '50' }));
    await second.listen(0, '127.0.0.1');
    try {
      const there = new HttpClient(await second.getUrl()).as(world.storefront.publishableKey);
      const becomes = async (expected: number) => {
        while ((await price('elsewhere', there))[0] !== expected) await new Promise((done) => setTimeout(done, 20));
      };
      const scope = { product: 'elsewhere' };
      await becomes(10_000);
      const id = await create({ ...PERCENT, scope });
      await becomes(9000);
      await world.admin.post(`/v1/price-rules/${id}/versions`, { ...AMOUNT, scope, validFrom: at(-0.5) });
      await becomes(9900);
      await world.admin.post(`/v1/price-rules/${id}/end`, {});
      await becomes(10_000);
    } finally {
      await second.close();
    }
  });

  it.each([
    ['no scope', { ...PERCENT, scope: undefined }, '/scope'],
    ['a scope that is a list', { ...PERCENT, scope: [] }, '/scope'],
    ['a scope that is text', { ...PERCENT, scope: 'everyone' }, '/scope'],
    ['an unknown scope', { ...PERCENT, scope: { city: 'x' } }, '/scope/city'],
    ['merchant and group', { ...PERCENT, scope: { merchant: NOBODY, group: 'g' } }, '/scope'],
    ['product and category', { ...PERCENT, scope: { product: 'p', category: 'c' } }, '/scope'],
    ['a merchant that there is not', { ...PERCENT, scope: { merchant: NOBODY } }, '/scope/merchant'],
    ['an id of another kind', { ...PERCENT, scope: { merchant: 'sto_x' } }, '/scope/merchant'],
    ['a storefront that there is not', { ...PERCENT, storefront: NOBODY.replace('mer', 'sto') }, '/storefront'],
    ['an unknown kind', { ...PERCENT, kind: 'double' }, '/kind'],
    ['more than all of it', { ...PERCENT, rateBps: 10_001 }, '/rateBps'],
    ['a fractional rate', { ...PERCENT, rateBps: 0.5 }, '/rateBps'],
    ['a rate with an amount', { ...PERCENT, amount: 1 }, '/amount'],
    ['a percentage without a rate', { ...PERCENT, rateBps: undefined }, '/rateBps'],
    ['an amount without a currency', { ...AMOUNT, currency: null }, '/currency'],
    ['an amount with a rate', { ...AMOUNT, rateBps: 1 }, '/rateBps'],
    ['an unknown currency', { ...AMOUNT, currency: 'cny' }, '/currency'],
    ['a negative amount', { ...AMOUNT, amount: -1 }, '/amount'],
    ['an amount in text', { ...AMOUNT, amount: '1' }, '/amount'],
    ['a negative floor', { ...PERCENT, floor: -1 }, '/floor'],
    ['a day that there is not', { ...PERCENT, validFrom: '2026-02-30T00:00:00Z' }, '/validFrom'],
    ['no beginning', { ...PERCENT, validFrom: undefined }, '/validFrom'],
    ['an end before the beginning', { ...PERCENT, validTo: PERCENT.validFrom }, '/validTo'],
    ['a name of blanks', { ...PERCENT, name: '  ' }, '/name'],
    ['an unknown field', { ...PERCENT, id: 'prl_1' }, '/id'],
  ])('refuses %s', async (_, body, pointer) => {
    const before = (await world.admin.get('/v1/price-rules?limit=200')).body;
    const answer = await world.admin.post('/v1/price-rules', body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid', errors: [{ pointer }] } });
    expect((await world.admin.get('/v1/price-rules?limit=200')).body).toEqual(before);
  });

  it('is not found under an unknown id', async () => {
    for (const id of ['prl_x', NOBODY, '%00', '..%2F']) {
      const expected = { status: 404, body: { code: 'price-rule.not-found' } };
      expect(await world.admin.get(`/v1/price-rules/${id}`)).toMatchObject(expected);
      expect(await world.admin.post(`/v1/price-rules/${id}/versions`, PERCENT)).toMatchObject(expected);
      expect(await world.admin.post(`/v1/price-rules/${id}/end`, {})).toMatchObject(expected);
    }
  });

  it('is the admin’s affair alone', async () => {
    for (const client of [world.reviewer, world.maker, world.auditor, world.sk, world.pk]) {
      expect((await client.get('/v1/price-rules')).status).toBe(403);
      expect((await client.post('/v1/price-rules', PERCENT)).status).toBe(403);
    }
    expect((await testApp.http.get('/v1/price-rules')).status).toBe(401);
  });
});
