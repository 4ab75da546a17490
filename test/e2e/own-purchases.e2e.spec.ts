import type { INestApplicationContext } from '@nestjs/common';
import { claimsOf } from '../support/claims.js';
import { createStaff } from '../support/actors.js';
import { addMerchant, openShop, orderBody, TEA, type Shop, type TestMerchant } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let ann: TestMerchant;
let bob: TestMerchant;

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  ann = await addMerchant(shop, 'Ann_Tea88');
  bob = await addMerchant(shop, 'bob-shop');
  const rule = {
    scope: {},
    posting: 'direct',
    validFrom: '2020-01-01T00:00:00Z',
    grants: [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }],
  };
  expect((await shop.admin.post('/v1/reward-rules', rule)).status).toBe(201);
});
afterAll(async () => {
  const auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

const visit = async (body: object) => (await shop.pk.post('/v1/visits', body)).body;
const quote = async (token: string) => {
  const lines = [{ sku: TEA.sku, category: TEA.category, quantity: TEA.quantity, unitPrice: TEA.unitPrice }];
  return (await shop.pk.post('/v1/quotes', { visit: token, currency: 'CNY', lines })).body.quote as string;
};

/** What the completed order came to: why nothing, or null when its merchant was rewarded. */
async function noReward(tokens: object, more: object = {}): Promise<string | null> {
  const order = orderBody({ ...tokens, ...more });
  const placed = await shop.sk.post('/v1/orders', order);
  if (placed.status !== 201) throw new Error(placed.text);
  await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: 1000 });
  await settled(shop.testApp);
  const [event] = (await shop.sk.get(`/v1/orders/${order.orderId}`)).body.events;
  return event.outcome === 'journal' ? null : event.reason;
}
const OWN = expect.stringContaining('own purchases');

describe('a merchant’s own purchase is known', () => {
  it.each(['Ann_Tea88', 'ann_tea88', 'ＡＮＮ＿ｔｅａ８８', 'Ann _Tea88'])(
    'by the reference %j, given at the visit or on the order',
    async (shopperRef) => {
      const told = await visit({ merchantCode: ann.code, shopperRef });
      expect(await noReward({ visit: told.visit })).toEqual(OWN);
      const silent = await visit({ merchantCode: ann.code });
      expect(await noReward({ visit: silent.visit }, { shopperRef })).toEqual(OWN);
      expect(await noReward({ visit: silent.visit })).toBeNull();
    },
  );

  it('by the id of the merchant as a reference', async () => {
    const told = await visit({ merchantCode: ann.code, shopperRef: ann.id.toUpperCase() });
    expect(await noReward({ visit: told.visit })).toEqual(OWN);
  });

  it('when the order carries only the quote, or the quote of before the reference was given', async () => {
    const told = await visit({ merchantCode: ann.code, shopperRef: 'ann_tea88' });
    expect(await noReward({ quote: await quote(told.visit) })).toEqual(OWN);
    const silent = await visit({ merchantCode: ann.code });
    const early = await quote(silent.visit);
    const later = await visit({ shopperRef: 'ann_tea88', previous: silent.visit });
    expect(await noReward({ visit: later.visit, quote: early })).toEqual(OWN);
  });

  it('at a later visit too, until another shopper is named there', async () => {
    const first = await visit({ shopperRef: 'ann_tea88' });
    const second = await visit({ merchantCode: ann.code, previous: first.visit });
    expect(await noReward({ visit: second.visit }, { shopperRef: 'guest-1' })).toEqual(OWN);
    const other = await visit({ shopperRef: 'shopper-2', previous: second.visit });
    expect(await noReward({ visit: other.visit })).toBeNull();
  });

  it('after the merchant named themselves, and after a share link of theirs', async () => {
    const asked = await visit({ shopperRef: 'ann_tea88' });
    const named = await shop.pk.post(`/v1/visits/${asked.id}/referrer`, { visit: asked.visit, wechatId: 'ann_tea88' });
    expect(await noReward({ visit: named.body.visit })).toEqual(OWN);
    const link = await shop.testApp.http.get(`/r/${ann.code}?storefront=${shop.storefront.id}`);
    const entered = await visit({ url: link.headers.get('location'), shopperRef: 'ann_tea88' });
    expect(await noReward({ visit: entered.visit })).toEqual(OWN);
  });
});

test('what a merchant buys through another is that one’s reward', async () => {
  const told = await visit({ merchantCode: bob.code, shopperRef: 'ann_tea88' });
  expect(await noReward({ visit: told.visit }, { shopperRef: 'ann_tea88' })).toBeNull();
});

test('a token names no shopper, and marks the same shopper apart at another storefront', async () => {
  const claims = (token: string) => claimsOf(token);
  const own = (await visit({ shopperRef: 'Ann_Tea88' })).visit;
  const other = (await shop.other.pk.post('/v1/visits', { shopperRef: 'Ann_Tea88' })).body.visit;
  expect(JSON.stringify(claims(own)).toLowerCase()).not.toContain('ann_tea88');
  expect(claims(own).shopper).toMatch(/^[\w-]{22}$/);
  expect(claims(other).shopper).not.toBe(claims(own).shopper);
});
