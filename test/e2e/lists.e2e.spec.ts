import type { INestApplicationContext } from '@nestjs/common';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import {
  addMerchant,
  openShop,
  orderBody,
  setMerchantState,
  signInMerchant,
  type Shop,
  type TestMerchant,
} from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let maker: HttpClient;
let auditor: HttpClient;
let reviewer: HttpClient;
let ann: TestMerchant;
let bob: TestMerchant;
/** Ann's own token. */
let own: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  maker = await createStaff(shop.testApp, shop.admin, ['finance-maker']);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  reviewer = await createStaff(shop.testApp, shop.admin, ['reviewer']);
  ann = await addMerchant(shop, 'ann_lists', 'gold');
  bob = await addMerchant(shop, 'bob_lists');
  await shop.admin.post('/v1/reward-rules', {
    scope: {},
    name: 'All',
    posting: 'direct',
    validFrom: '2020-01-01T00:00:00Z',
    grants: [
      { asset: 'CNY', kind: 'percent', rateBps: 1_000 },
      { asset: 'POINTS', kind: 'fixed', amount: 7 },
    ],
  });
  own = await signInMerchant(shop, ann);
});
afterAll(async () => {
  await worker.close();
  await shop.testApp.close();
});

const visitOf = async (at: HttpClient, merchant: TestMerchant | null) =>
  (await at.post('/v1/visits', merchant ? { merchantCode: merchant.code } : {})).body;

/** An order that a merchant brought, complete when something was paid. */
async function buy(
  sk: HttpClient,
  merchant: TestMerchant | null,
  { paid, ...more }: Record<string, unknown> & { paid?: number } = {},
): Promise<string> {
  const { visit } = await visitOf(sk, merchant);
  const body = orderBody({ visit, ...more });
  const placed = await sk.post('/v1/orders', body);
  if (placed.status !== 201) throw new Error(placed.text);
  if (paid !== undefined) await sk.post(`/v1/orders/${body.orderId}/complete`, { amountPaid: paid });
  return body.orderId;
}

const get = async (client: HttpClient, path: string) => {
  const { status, body, text } = await client.get(path);
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return body;
};
const orderIds = async (client: HttpClient, query: string) =>
  (await get(client, `/v1/orders?${query}`)).items.map(({ orderId }: any) => orderId);

describe('the list of orders', () => {
  it('says of each what, when, how much, who brought it and what it earned, the latest first', async () => {
    const plain = await buy(shop.sk, null);
    const brought = await buy(shop.sk, ann, { paid: 1_000 });
    await shop.sk.post(`/v1/orders/${brought}/refunds`, { refundId: 'L-1', amount: 200 });
    await settled(shop.testApp);
    const { items } = await get(auditor, `/v1/orders?storefront=${shop.storefront.id}`);
    expect(items.slice(0, 2).map(({ orderId }: any) => orderId)).toEqual([brought, plain]);
    const [order, other] = items;
    expect(order).toMatchObject({
      storefront: shop.storefront.id,
      state: 'completed',
      cancelledAt: null,
      currency: 'CNY',
      linesTotal: 1_000,
      total: 1_000,
      amountPaid: 1_000,
      refunded: 200,
      merchant: { id: ann.id, code: ann.code, displayName: '店 ann_lists' },
      via: 'code',
      ownPurchase: false,
    });
    const summary = (asset: string, granted: number, takenBack: number) =>
      expect.objectContaining({ asset, state: 'partly-reversed', granted, takenBack });
    expect(order.rewards).toEqual([summary('CNY', 100, 20), summary('POINTS', 7, 1)]);
    expect(other).toMatchObject({ merchant: null, via: null, amountPaid: null, completedAt: null, rewards: [] });
    expect((await get(auditor, `/v1/orders/${brought}`)).id).toBe(order.id);
  });

  it('is cut by state, merchant, storefront, time of placing and number', async () => {
    const cancelled = await buy(shop.sk, bob);
    await shop.sk.post(`/v1/orders/${cancelled}/cancel`, {});
    const elsewhere = await buy(shop.other.sk, bob, { orderId: cancelled, paid: 500 });
    expect(elsewhere).toBe(cancelled);
    const byNumber = await get(maker, `/v1/orders?orderId=${cancelled}`);
    expect(byNumber.items.map(({ storefront, state }: any) => [storefront, state])).toEqual([
      [shop.other.id, 'completed'],
      [shop.storefront.id, 'cancelled'],
    ]);
    const [first, second] = byNumber.items;
    for (const { id, storefront } of [first, second])
      expect((await get(maker, `/v1/orders/${cancelled}?storefront=${storefront}`)).id).toBe(id);
    expect(await orderIds(maker, `state=cancelled&merchant=${bob.id}`)).toEqual([cancelled]);
    expect(await orderIds(maker, `state=completed&merchant=${bob.id}&storefront=${shop.storefront.id}`)).toEqual([]);
    expect(await orderIds(maker, `merchant=${bob.id}&from=${second.placedAt}&to=${first.placedAt}`)).toEqual([
      cancelled,
    ]);
    expect(await orderIds(maker, `merchant=${bob.id}&to=${second.placedAt}`)).toEqual([]);
    for (const wrong of ['state=odd', 'merchant=x', 'storefront=mer_x', 'from=yesterday', 'cursor=YQ', 'shopper=1'])
      expect((await maker.get(`/v1/orders?${wrong}`)).body.code).toBe('request.invalid');
  });

  it('has pages without a gap over two storefronts, and a storefront’s key sees its own alone', async () => {
    for (let n = 0; n < 4; n += 1) await buy(n % 2 === 0 ? shop.sk : shop.other.sk, ann);
    const whole = (await get(reviewer, '/v1/orders?limit=200')).items.map(({ id }: any) => id);
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await get(reviewer, `/v1/orders?limit=3${cursor}`);
      paged.push(...items.map(({ id }: any) => id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(whole);
    const storefronts = async (query: string) =>
      new Set((await get(shop.other.sk, `/v1/orders?limit=200${query}`)).items.map((item: any) => item.storefront));
    expect(await storefronts('')).toEqual(new Set([shop.other.id]));
    expect(await storefronts(`&storefront=${shop.storefront.id}`)).toEqual(new Set());
    for (const client of [shop.pk, own, shop.testApp.http])
      expect([401, 403]).toContain((await client.get('/v1/orders')).status);
  });
});

describe('a merchant’s orders', () => {
  it('tell the merchant what each earned and why, and nothing of who bought what', async () => {
    const shopper = '13800138000';
    const order = await buy(shop.sk, ann, { paid: 1_500, shopperRef: shopper, shipping: 500 });
    const waiting = await buy(shop.sk, ann, { shopperRef: '张三' });
    const foreign = await buy(shop.sk, bob, { paid: 1_000 });
    await settled(shop.testApp);
    const page = await get(own, `/v1/merchants/${ann.id}/orders`);
    const [open, done] = page.items;
    expect([open.orderId, done.orderId]).toEqual([waiting, order]);
    expect(open).toMatchObject({
      state: 'placed',
      commissionable: null,
      shopper: '张•••',
      rewards: [],
      noReward: null,
    });
    expect(done).toMatchObject({
      state: 'completed',
      storefront: shop.storefront.id,
      storefrontName: 'Shop',
      commissionable: 1_000,
      refunded: 0,
      shopper: '1•••',
      via: 'code',
    });
    const [cash, points] = done.rewards;
    expect(cash).toMatchObject({
      asset: 'CNY',
      state: 'matured',
      granted: 100,
      explanation: { arithmetic: { amount: 100 } },
    });
    expect(points).toMatchObject({ asset: 'POINTS', granted: 7 });
    const staffSees = (await get(auditor, `/v1/orders/${order}`)).rewards[0];
    expect([cash.words, cash.changes]).toEqual([staffSees.words, staffSees.changes]);
    expect(cash.words['zh-CN']).toContain('¥1.00');
    const told = JSON.stringify(page);
    for (const secret of [shopper, '张三', '"sku"', 'shopperRef', foreign]) expect(told).not.toContain(secret);
    expect(await get(auditor, `/v1/merchants/${ann.id}/orders`)).toEqual(page);
  });

  it('are the merchant’s own alone, by state and time', async () => {
    const path = `/v1/merchants/${ann.id}/orders`;
    expect((await own.get(`/v1/merchants/${bob.id}/orders`)).status).toBe(403);
    for (const client of [shop.sk, shop.pk]) expect((await client.get(path)).status).toBe(403);
    const ids = async (query: string) => (await get(own, `${path}?${query}`)).items.map(({ id }: any) => id);
    const states = (await get(own, `${path}?limit=200`)).items.map(({ id, state }: any) => [id, state]);
    for (const state of ['placed', 'completed'])
      expect(await ids(`limit=200&state=${state}`)).toEqual(
        states.filter(([, one]: string[]) => one === state).map(([id]: string[]) => id),
      );
    expect(await ids('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect((await auditor.get('/v1/merchants/mer_01jf0000000000000000000000/orders')).body.code).toBe(
      'merchant.not-found',
    );
  });

  it('say in words why an order earned nothing', async () => {
    const body = orderBody({ visit: (await visitOf(shop.sk, ann)).visit, shopperRef: 'ann_lists' });
    await shop.sk.post('/v1/orders', body);
    await shop.sk.post(`/v1/orders/${body.orderId}/complete`, { amountPaid: 1_000 });
    await settled(shop.testApp);
    const [order] = (await get(own, `/v1/merchants/${ann.id}/orders`)).items;
    expect(order).toMatchObject({ orderId: body.orderId, rewards: [] });
    expect(order.noReward['zh-CN']).toBe('微商为自己购买，自购不计奖励。');
  });
});

describe('the list of visits', () => {
  it('is cut by storefront, merchant, time, attribution and way, and says nothing of the shopper', async () => {
    const direct = await visitOf(shop.pk, null);
    const byCode = (await shop.pk.post('/v1/visits', { merchantCode: bob.code, shopperRef: 'shopper-of-bob' })).body;
    const asked = await visitOf(shop.other.pk, null);
    await shop.other.pk.post(`/v1/visits/${asked.id}/referrer`, { visit: asked.visit, wechatId: 'bob_lists' });
    const list = async (query: string) => (await get(maker, `/v1/visits?limit=3&${query}`)).items;
    const ids = async (query: string) => (await list(query)).map(({ id }: any) => id);
    expect(await ids('')).toEqual([asked.id, byCode.id, direct.id]);
    expect((await ids(`storefront=${shop.storefront.id}`)).slice(0, 2)).toEqual([byCode.id, direct.id]);
    expect(await ids(`merchant=${bob.id}&via=referrer`)).toEqual([asked.id]);
    expect((await ids('attributed=false'))[0]).toBe(direct.id);
    expect((await ids('attributed=true')).slice(0, 2)).toEqual([asked.id, byCode.id]);
    const [, row] = await list('');
    expect(row).toMatchObject({
      storefront: shop.storefront.id,
      merchant: { id: bob.id, code: bob.code, displayName: '店 bob_lists' },
      via: 'code',
      codeStatus: 'known',
      codeGiven: bob.code,
      answers: 0,
    });
    expect(JSON.stringify(await list(''))).not.toContain('shopper-of-bob');
    expect(await ids(`from=${row.at}&to=${new Date(Date.parse(row.at) + 1).toISOString()}`)).toContain(byCode.id);
    for (const client of [shop.sk, shop.pk, own]) expect((await client.get('/v1/visits')).status).toBe(403);
  });
});

describe('rewards, entries and journals', () => {
  it('are listed by time and kind, the latest first when asked', async () => {
    const rewards = (await get(auditor, '/v1/rewards?limit=200&asset=CNY')).items;
    const latest = (await get(auditor, '/v1/rewards?limit=200&asset=CNY&direction=desc')).items;
    expect(latest.map(({ id }: any) => id)).toEqual(rewards.map(({ id }: any) => id).reverse());
    const [{ createdAt }] = latest;
    const since = (await get(auditor, `/v1/rewards?from=${createdAt}&storefront=${shop.storefront.id}`)).items;
    expect(since.every((one: any) => one.createdAt >= createdAt)).toBe(true);
    expect((await get(auditor, `/v1/rewards?to=2020-01-01T00:00:00Z`)).items).toEqual([]);

    const path = `/v1/merchants/${ann.id}/entries`;
    const entries = (await get(own, `${path}?limit=200`)).items;
    const backwards: unknown[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await get(own, `${path}?limit=2&order=desc${cursor}`);
      backwards.push(...items);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(backwards.reverse()).toEqual(entries);
    const refunds = (await get(own, `${path}?kind=refund&asset=POINTS`)).items;
    expect(refunds).toEqual(
      entries.filter((entry: any) => entry.journal.kind === 'refund' && entry.asset === 'POINTS'),
    );
    expect(refunds.length).toBe(1);
    const csv = await own.with({ accept: 'text/csv' }).get(`${path}?kind=refund&asset=POINTS`);
    expect(csv.text.trim().split('\r\n').length).toBe(2);

    const journals = (await get(auditor, '/v1/finance/journals?limit=200')).items;
    const newest = (await get(auditor, '/v1/finance/journals?limit=200&order=desc')).items;
    expect(newest).toEqual([...journals].reverse());
    const kind = (await get(auditor, '/v1/finance/journals?kind=refund')).items;
    expect(kind).toEqual(journals.filter((one: any) => one.kind === 'refund'));
    expect((await auditor.get('/v1/finance/journals?kind=odd')).status).toBe(422);
    expect((await get(auditor, '/v1/finance/journals?from=2100-01-01T00:00:00Z')).items).toEqual([]);
  });
});

describe('the search for a merchant', () => {
  it('finds by name in either script, code, WeChat ID and id; a percent sign stands for nothing but itself', async () => {
    const add = async (wechatId: string, name: string, group: string | null = null) => {
      const merchant = await addMerchant(shop, wechatId, group);
      await shop.db.query('UPDATE merchant SET display_name = ?, updated_at = NOW(6) WHERE id = ?', [
        name,
        merchant.id,
      ]);
      await setMerchantState(shop, merchant, 'active');
      return merchant;
    };
    const li = await add('tea_house_1', '李伟茶铺', 'silver');
    const wei = await add('wei_li_2024', 'Li Wei_100%');
    const found = async (search: string, more = '') =>
      (await get(reviewer, `/v1/merchants?search=${encodeURIComponent(search)}${more}`)).items.map(({ id }: any) => id);
    expect(await found('李伟')).toEqual([li.id]);
    expect(await found('li wei')).toEqual([li.id, wei.id]);
    expect(await found('LIWEI', '&group=silver')).toEqual([li.id]);
    expect(await found('tea_ho')).toEqual([li.id]);
    expect(await found(wei.code.toLowerCase())).toEqual([wei.id]);
    expect(await found(li.id)).toEqual([li.id]);
    expect(await found('100%')).toEqual([wei.id]);
    expect(await found('i_wei')).toEqual([]);
    await setMerchantState(shop, wei, 'suspended');
    expect(await found('li wei', '&state=suspended')).toEqual([wei.id]);
    const first = await get(reviewer, '/v1/merchants?search=wei&limit=1');
    expect(first.items[0].id).toBe(li.id);
    expect((await get(reviewer, `/v1/merchants?search=wei&limit=1&cursor=${first.nextCursor}`)).items[0].id).toBe(
      wei.id,
    );
    expect((await get(reviewer, '/v1/merchants?group=silver')).items.map(({ id }: any) => id)).toEqual([li.id]);
  });
});

describe('an order without a visit token', () => {
  it('names the visit by its id, and is attributed as by the token', async () => {
    const { id, visit } = await visitOf(shop.pk, ann);
    const byToken = (await shop.sk.post('/v1/orders', orderBody({ visit }))).body;
    const body = orderBody({ visitId: id });
    const byId = await shop.sk.post('/v1/orders', body);
    expect(byId.status).toBe(201);
    expect(byId.body.attribution).toEqual(byToken.attribution);
    expect((await shop.sk.post('/v1/orders', body)).body).toEqual(byId.body);
    const edited = { ...body, revision: 2, tax: 5 };
    expect((await shop.sk.post('/v1/orders', edited)).body).toMatchObject({ revision: 2, attributed: true });
    const other = await visitOf(shop.pk, bob);
    expect((await shop.sk.post('/v1/orders', { ...edited, revision: 3, visitId: other.id })).body.code).toBe(
      'order.attribution-fixed',
    );
  });

  it('names a visit whose answer came later, and the merchant is the one of the answer', async () => {
    const asked = await visitOf(shop.pk, null);
    await shop.pk.post(`/v1/visits/${asked.id}/referrer`, { visit: asked.visit, wechatId: 'bob_lists' });
    const { body } = await shop.sk.post('/v1/orders', orderBody({ visitId: asked.id }));
    expect(body.attribution).toMatchObject({ merchant: bob.id, via: 'referrer', visitId: asked.id });
  });

  it('is refused with the visit of another storefront, an unknown one, or one whose time is over', async () => {
    const foreign = await visitOf(shop.other.pk, ann);
    const refusal = async (more: object) => {
      const { status, body } = await shop.sk.post('/v1/orders', orderBody({ ...more }));
      return [status, body.code, body.errors?.[0]?.pointer];
    };
    expect(await refusal({ visitId: foreign.id })).toEqual([422, 'request.invalid', '/visitId']);
    expect(await refusal({ visitId: 'vis_01jf0000000000000000000000' })).toEqual([422, 'request.invalid', '/visitId']);
    const { id, visit } = await visitOf(shop.pk, ann);
    await shop.db.query("UPDATE visit SET memory = JSON_SET(memory, '$.expiresAt', '2026-01-01T00:00:00.000Z') WHERE id = ?", [id]); // prettier-ignore
    expect((await refusal({ visitId: id })).slice(0, 2)).toEqual([422, 'token.expired']);
    expect(await refusal({ visitId: id, visit })).toEqual([422, 'request.invalid', '/visitId']);
    const at = new Date().toISOString();
    const attribution = { merchantCode: ann.code, at };
    expect(await refusal({ attribution, visit })).toEqual([422, 'request.invalid', '/attribution']);
    expect(await refusal({ attribution: { ...attribution, at: '2100-01-01T00:00:00Z' } })).toEqual([
      422,
      'request.invalid',
      '/attribution/at',
    ]);
    expect((await refusal({ attribution: { merchantCode: ann.code } }))[1]).toBe('request.invalid');
  });

  it('names code and moment: a visit is recorded with it, inside the window, never the shopper’s own', async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const place = async (more: Record<string, unknown>) => {
      const { status, body, text } = await shop.sk.post('/v1/orders', orderBody(more));
      if (status !== 201) throw new Error(text);
      return body;
    };
    const told = await place({ attribution: { merchantCode: ann.code.toLowerCase(), at } });
    expect(told.attribution).toMatchObject({
      merchant: ann.id,
      via: 'code',
      attributedAt: at,
      decision: { touch: 'last', windowDays: 30, touches: 1 },
    });
    const visits = (await get(maker, `/v1/visits?merchant=${ann.id}&from=${at}&limit=200`)).items;
    expect(visits.find(({ id }: any) => id === told.attribution.visitId)).toMatchObject({ at, codeStatus: 'known' });

    const longAgo = new Date(Date.now() - 31 * 86_400_000).toISOString();
    expect((await place({ attribution: { merchantCode: ann.code, at: longAgo } })).attributed).toBe(false);
    const history = { attribution: { merchantCode: ann.code, at: longAgo }, placedAt: longAgo, history: true };
    expect((await place(history)).attributed).toBe(true);
    expect((await place({ attribution: { merchantCode: 'NOBODY22', at } })).attributed).toBe(false);
    const mine = await place({ attribution: { merchantCode: ann.code, at }, shopperRef: 'ANN_lists' });
    expect(mine.attribution.ownPurchase).toBe(true);

    const body = orderBody({ attribution: { merchantCode: bob.code, at } });
    const first = await shop.sk.post('/v1/orders', body);
    expect((await shop.sk.post('/v1/orders', body)).body).toEqual(first.body);
    const other = { ...body, attribution: { merchantCode: ann.code, at } };
    expect((await shop.sk.post('/v1/orders', other)).body.code).toBe('order.conflict');
    const [{ count }] = await shop.db.query('SELECT COUNT(*) count FROM visit WHERE id = ?', [
      first.body.attribution.visitId,
    ]);
    expect(Number(count)).toBe(1);
    const edit = { ...body, revision: 2 };
    expect((await shop.sk.post('/v1/orders', edit)).body.errors[0].pointer).toBe('/attribution');
  });
});
