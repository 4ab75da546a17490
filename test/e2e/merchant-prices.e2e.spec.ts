import { createStorefront, createWorld, firstSignIn, type World } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
afterAll(() => app.close());

interface Merchant {
  id: string;
  code: string;
  own: HttpClient;
}

async function newMerchant(wechatId: string): Promise<Merchant> {
  const form = { wechatId, displayName: wechatId, consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  return { id: body.merchant.id, code: body.merchant.code, own: await firstSignIn(app.http, application.token) };
}

async function priceRule(rule: object): Promise<void> {
  const answer = await world.admin.post('/v1/price-rules', { validFrom: '2020-01-01T00:00:00Z', ...rule });
  expect(answer.status).toBe(201);
}

const TEA = { sku: 'TEA-1', category: 'tea', listPrice: 9_999 };

function preview({ id, own }: Merchant, over: object = {}, by = own) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ storefront: world.storefront.id, ...TEA, ...over }))
    query.set(name, String(value));
  return by.get(`/v1/merchants/${id}/merchant-price?${query.toString()}`);
}

/** What the shop is told for whoever comes by the merchant's code. */
async function quoted({ code }: Merchant, { sku, category, listPrice } = TEA): Promise<number> {
  const { body: visit } = await world.pk.post('/v1/visits', { merchantCode: code });
  const lines = [{ sku, category, quantity: 1, unitPrice: listPrice }];
  const { body } = await world.pk.post('/v1/quotes', { visit: visit.visit, currency: 'CNY', lines });
  return body.total;
}

describe('the merchant price of one product', () => {
  it('is for a merchant to see what the shop’s quote says of a shopper whom they bring', async () => {
    const [merchant, other] = [await newMerchant('price_one'), await newMerchant('price_two')];
    await priceRule({ scope: { merchant: merchant.id, category: 'tea' }, kind: 'percent-off', rateBps: 1_250 });
    await priceRule({ scope: { product: 'GIFT' }, kind: 'fixed-price', amount: 5_000, currency: 'CNY' });
    const { status, body } = await preview(merchant);
    expect(status).toBe(200);
    expect(body).toEqual({ currency: 'CNY', listPrice: 9_999, merchantPrice: 8_749 });
    expect(await quoted(merchant)).toBe(8_749);
    // Another category, another product, another merchant.
    expect((await preview(merchant, { category: 'cups' })).body.merchantPrice).toBe(9_999);
    expect((await preview(merchant, { sku: 'GIFT', category: 'gifts' })).body.merchantPrice).toBe(5_000);
    expect((await preview(other)).body.merchantPrice).toBe(9_999);
    expect(await quoted(other)).toBe(9_999);
  });

  it('is the list price for a merchant who is suspended, as shoppers would find', async () => {
    const merchant = await newMerchant('price_suspended');
    await priceRule({ scope: { merchant: merchant.id }, kind: 'amount-off', amount: 500, currency: 'CNY' });
    expect((await preview(merchant)).body.merchantPrice).toBe(9_499);
    await world.reviewer.post(`/v1/merchants/${merchant.id}/suspend`, { reason: 'A complaint.' });
    expect((await preview(merchant)).body.merchantPrice).toBe(9_999);
  });

  it('is shown to nobody else, and not for a shop or a price that there is not', async () => {
    const [merchant, other] = [await newMerchant('price_three'), await newMerchant('price_four')];
    expect((await preview(merchant, {}, other.own)).status).toBe(403);
    expect((await preview(merchant, {}, world.pk)).status).toBe(403);
    expect((await preview(merchant, {}, world.auditor)).status).toBe(200);
    const unknown = `${world.storefront.id.slice(0, -4)}0000`;
    for (const wrong of [
      { storefront: unknown },
      { storefront: 'x' },
      { listPrice: -1 },
      { listPrice: '9.99' },
      { sku: '' },
    ])
      expect([wrong, (await preview(merchant, wrong)).body.code]).toEqual([wrong, 'request.invalid']);
  });
});

describe('the shops that a merchant may bring shoppers to', () => {
  it('are told to the merchant with what a share link needs, and without keys or settings', async () => {
    const second = await createStorefront(app, world.admin, {
      name: 'Second',
      currency: 'EUR',
      homeUrl: 'https://second.example/',
      origins: ['https://second.example'],
    });
    const { id, own } = await newMerchant('price_shops');
    const { body } = await own.get(`/v1/merchants/${id}/storefronts`);
    expect(body.items).toEqual([
      {
        id: world.storefront.id,
        name: 'Shop',
        currency: 'CNY',
        homeUrl: 'https://shop.example/',
        origins: ['https://shop.example'],
      },
      {
        id: second.id,
        name: 'Second',
        currency: 'EUR',
        homeUrl: 'https://second.example/',
        origins: ['https://second.example'],
      },
    ]);
    expect((await (await newMerchant('price_stranger')).own.get(`/v1/merchants/${id}/storefronts`)).status).toBe(403);
  });
});
