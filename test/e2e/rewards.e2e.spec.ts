import type { INestApplicationContext } from '@nestjs/common';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import {
  addMerchant,
  dump,
  openShop,
  orderBody,
  setMerchantState,
  type Shop,
  type TestMerchant,
} from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let maker: HttpClient;
let checker: HttpClient;
let auditor: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  maker = await createStaff(shop.testApp, shop.admin, ['finance-maker']);
  checker = await createStaff(shop.testApp, shop.admin, ['finance-checker']);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
});
afterAll(async () => {
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

const validFrom = '2020-01-01T00:00:00Z';
const percent = (rateBps: number) => ({ asset: 'CNY', kind: 'percent', rateBps });
const points = (units: number) => ({ asset: 'POINTS', kind: 'per-amount', per: 100, units });
const coupon = { asset: 'COUPON:TEA', kind: 'fixed', amount: 1 };

async function addRule(rule: Record<string, unknown>): Promise<{ id: string }> {
  const { status, body, text } = await shop.admin.post('/v1/reward-rules', {
    scope: {},
    posting: 'direct',
    validFrom,
    ...rule,
  });
  if (status !== 201) throw new Error(text);
  return body;
}

const codeVisit = async (merchant: TestMerchant) =>
  (await shop.pk.post('/v1/visits', { merchantCode: merchant.code })).body.visit as string;

async function namedVisit(wechatId: string | null): Promise<string> {
  const { body } = await shop.pk.post('/v1/visits', { url: 'https://shop.example/' });
  return (await shop.pk.post(`/v1/visits/${body.id}/referrer`, { visit: body.visit, wechatId })).body.visit;
}

async function buy(visit: string | undefined, amount: number, more: Record<string, unknown> = {}): Promise<string> {
  const line = { sku: 'tea', category: 'drinks', quantity: 1, unitPrice: amount, lineTotal: amount };
  const order = orderBody({ visit, lines: [line], ...more });
  const placed = await shop.sk.post('/v1/orders', order);
  if (placed.status !== 201) throw new Error(placed.text);
  return order.orderId;
}

async function complete(orderId: string, amountPaid: number): Promise<void> {
  const { status, text } = await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid });
  if (status !== 202) throw new Error(text);
}

const refund = (orderId: string, refundId: string, amount: number, lines?: unknown) =>
  shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId, amount, lines });

async function balances(merchant: TestMerchant): Promise<Record<string, Record<string, number>>> {
  await settled(shop.testApp);
  const { body } = await auditor.get(`/v1/merchants/${merchant.id}/balances`);
  return Object.fromEntries(body.items.map(({ asset, ...rest }: { asset: string }) => [asset, rest]));
}

/** The balances that are not zero throughout. */
async function nonZero(merchant: TestMerchant): Promise<Record<string, Record<string, number>>> {
  const all = Object.entries(await balances(merchant));
  const some = (value: unknown) => typeof value === 'number' && value !== 0;
  return Object.fromEntries(all.filter(([, amounts]) => Object.values(amounts).some(some)));
}

const order = async (orderId: string) => (await shop.sk.get(`/v1/orders/${orderId}`)).body;

describe('claim 1: a visit with a code rewards exactly that merchant, and only when the purchase is complete', () => {
  it('moves nothing until completion, then that merchant’s balance alone', async () => {
    const [merchant, other] = [await addMerchant(shop, 'claim1_one'), await addMerchant(shop, 'claim1_two')];
    for (const { id } of [merchant, other]) await addRule({ scope: { merchant: id }, grants: [percent(290)] });
    const orderId = await buy(await codeVisit(merchant), 50_000);
    expect(await nonZero(merchant)).toEqual({});
    await complete(orderId, 50_000);
    expect(await balances(merchant)).toMatchObject({ CNY: { available: 1_450, pending: 0, inTransit: 0 } });
    expect(await nonZero(other)).toEqual({});
  });

  it('leaves every merchant, account and journal as it was when nobody brought the shopper', async () => {
    const tables = ['merchant', 'account', 'journal', 'entry', 'reward'];
    const before = await dump(shop, tables);
    const orderId = await buy(undefined, 10_000);
    await complete(orderId, 10_000);
    await settled(shop.testApp);
    expect(await dump(shop, tables)).toBe(before);
    expect((await order(orderId)).events).toEqual([
      expect.objectContaining({ state: 'posted', outcome: 'nothing', reason: 'No merchant brought this shopper.' }),
    ]);
  });
});

describe('claim 2: the balance is modified directly, or by a pre-increment record, from the amount paid', () => {
  it('direct: what was paid for merchandise is the basis, and the arithmetic is shown in words and numbers', async () => {
    const merchant = await addMerchant(shop, 'claim2_direct');
    const rule = await addRule({ scope: { merchant: merchant.id }, grants: [percent(290)], name: 'Spring' });
    const orderId = await buy(await codeVisit(merchant), 600, { shipping: 80, tax: 20 });
    await complete(orderId, 600);
    expect(await balances(merchant)).toMatchObject({ CNY: { available: 15, pending: 0 } });
    const [reward] = (await order(orderId)).rewards;
    expect(reward).toMatchObject({
      merchant: merchant.id,
      orderId,
      asset: 'CNY',
      state: 'matured',
      posting: 'direct',
      granted: 15,
      rule: rule.id,
      ruleVersion: 1,
      explanation: {
        attribution: { merchant: merchant.id, via: 'code' },
        commissionable: { amountPaid: 600, shipping: 80, tax: 20, merchandise: 500 },
        arithmetic: { exact: '29/2', assetRounded: 15, amount: 15 },
      },
      changes: [{ account: 'available', amount: 15, balanceAfter: 15, journal: { kind: 'reward' } }],
    });
    expect(reward.words.en).toContain('2.90 %');
    expect(reward.words['zh-CN']).toContain('规则“Spring”');
    expect((await auditor.get(`/v1/rewards/${reward.id}`)).body).toEqual(reward);
    expect(
      (await auditor.get(`/v1/rewards?merchant=${merchant.id}&order=${orderId}&state=matured`)).body.items,
    ).toHaveLength(1);
  });

  it('pending: the record is there at once, and matures by the scheduled sweep', async () => {
    const merchant = await addMerchant(shop, 'claim2_pending');
    await addRule({ scope: { merchant: merchant.id }, posting: 'pending', holdDays: 7, grants: [percent(1000)] });
    const visit = await codeVisit(merchant);
    await complete(await buy(visit, 1_000), 1_000);
    expect(await balances(merchant)).toMatchObject({ CNY: { pending: 100, available: 0 } });
    const long = await buy(visit, 1_000, { placedAt: '2026-01-01T00:00:00Z', history: true });
    await shop.sk.post(`/v1/orders/${long}/complete`, { amountPaid: 1_000, completedAt: '2026-01-02T00:00:00Z' });
    await settled(shop.testApp);
    expect(await balances(merchant)).toMatchObject({ CNY: { pending: 100, available: 100 } });
    const [reward] = (await order(long)).rewards;
    expect(reward).toMatchObject({ state: 'matured', matureAt: '2026-01-09T00:00:00.000Z' });
    expect(
      reward.changes.map((change: { account: string; amount: number }) => [change.account, change.amount]),
    ).toEqual([
      ['pending', 100],
      ['pending', -100],
      ['available', 100],
    ]);
  });
});

describe('claim 4: a quoted purchase is rewarded directly or by a pre-increment record, from the discounted price', () => {
  it.each([
    ['direct', {}, 'available'],
    ['pending', { holdDays: 3 }, 'pending'],
  ])('%s', async (posting, hold, account) => {
    const merchant = await addMerchant(shop, `claim4_${posting}`);
    await addRule({ scope: { merchant: merchant.id }, posting, ...hold, grants: [percent(1000)] });
    const scope = { merchant: merchant.id };
    await shop.admin.post('/v1/price-rules', { scope, kind: 'percent-off', rateBps: 2000, validFrom });
    const visit = await codeVisit(merchant);
    const lines = [{ sku: 'tea', category: 'drinks', quantity: 2, unitPrice: 5_000 }];
    const quote = await shop.pk.post('/v1/quotes', { visit, currency: 'CNY', lines });
    expect(quote.body).toMatchObject({ attributed: true, total: 8_000 });
    const { sku, quantity, unitPrice, lineTotal } = quote.body.lines[0];
    const body = orderBody({
      visit,
      quote: quote.body.quote,
      lines: [{ sku, category: 'drinks', quantity, unitPrice, lineTotal }],
    });
    const placed = await shop.sk.post('/v1/orders', body);
    expect([placed.status, placed.text]).toEqual([201, expect.anything()]);
    await complete(body.orderId, 8_000);
    expect((await balances(merchant)).CNY).toMatchObject({ [account]: 800 });
  });
});

describe('claim 7: a merchant named by WeChat ID is rewarded directly or by a pre-increment record', () => {
  it.each([
    ['direct', {}, 'available'],
    ['pending', { holdDays: 3 }, 'pending'],
  ])('%s', async (posting, hold, account) => {
    const merchant = await addMerchant(shop, `Claim7_${posting}`);
    await addRule({ scope: { merchant: merchant.id }, posting, ...hold, grants: [percent(500)] });
    await complete(await buy(await namedVisit(`CLAIM7_${posting}`), 10_000), 10_000);
    expect((await balances(merchant)).CNY).toMatchObject({ [account]: 500 });
    const unknown = await buy(await namedVisit('nobody_knows_me'), 10_000);
    const nobody = await buy(await namedVisit(null), 10_000);
    for (const orderId of [unknown, nobody]) {
      await complete(orderId, 10_000);
      await settled(shop.testApp);
      expect((await order(orderId)).rewards).toEqual([]);
    }
    expect((await balances(merchant)).CNY).toMatchObject({ [account]: 500 });
  });
});

describe('claim 10: a reward is any combination of cash, points and coupons', () => {
  it('one order rewards all seven combinations under different rules', async () => {
    const merchant = await addMerchant(shop, 'claim10');
    const combinations = [
      [percent(100)],
      [points(1)],
      [coupon],
      [percent(200), points(2)],
      [percent(300), coupon],
      [points(3), coupon],
      [percent(400), points(4), coupon],
    ];
    const lines = [];
    for (const [i, grants] of combinations.entries()) {
      await addRule({ scope: { merchant: merchant.id, product: `p${i}` }, grants });
      lines.push({ sku: `p${i}`, quantity: 1, unitPrice: 10_000, lineTotal: 10_000 });
    }
    const orderId = await buy(await codeVisit(merchant), 70_000, { lines });
    await complete(orderId, 70_000);
    expect(await balances(merchant)).toMatchObject({
      CNY: { available: 100 + 200 + 300 + 400 },
      POINTS: { available: 100 + 200 + 300 + 400 },
      'COUPON:TEA': { available: 4 },
    });
    const { rewards } = await order(orderId);
    const byRule = new Map<string, string[]>();
    for (const { rule, asset } of rewards) byRule.set(rule, [...(byRule.get(rule) ?? []), asset]);
    const seen = [...byRule.values()].map((assets) => assets.sort().join('+')).sort();
    expect(seen).toEqual(
      ['CNY', 'POINTS', 'COUPON:TEA', 'CNY+POINTS', 'CNY+COUPON:TEA', 'COUPON:TEA+POINTS', 'CNY+COUPON:TEA+POINTS']
        .map((name) => name.split('+').sort().join('+'))
        .sort(),
    );
  });
});

describe('refunds', () => {
  it('three partial refunds that make up the whole give back exactly what was granted, and owe what is gone', async () => {
    const merchant = await addMerchant(shop, 'refund_three');
    await addRule({ scope: { merchant: merchant.id }, grants: [percent(290)] });
    const orderId = await buy(await codeVisit(merchant), 50_500, {
      shipping: 500,
      lines: [{ sku: 'tea', quantity: 1, unitPrice: 50_000, lineTotal: 50_000 }],
    });
    await complete(orderId, 50_500);
    const parts: [string, number, number][] = [
      ['r1', 10_100, 1_450 - 290],
      ['r2', 17_000, 1_450 - 778],
      ['r3', 23_400, 0],
    ];
    for (const [id, amount, left] of parts) {
      expect((await refund(orderId, `${orderId}-${id}`, amount)).status).toBe(202);
      expect((await refund(orderId, `${orderId}-${id}`, amount)).status).toBe(202);
      expect((await balances(merchant)).CNY).toMatchObject({ available: left });
    }
    expect((await order(orderId)).rewards[0]).toMatchObject({ state: 'reversed', granted: 1_450, clawedBack: 1_450 });
  });

  it('before maturity it voids the pending record; before completion it waits and is netted', async () => {
    const merchant = await addMerchant(shop, 'refund_early');
    await addRule({ scope: { merchant: merchant.id }, posting: 'pending', holdDays: 30, grants: [percent(1000)] });
    const orderId = await buy(await codeVisit(merchant), 10_000);
    expect((await refund(orderId, `${orderId}-early`, 4_000)).status).toBe(202);
    await settled(shop.testApp);
    expect((await order(orderId)).events).toMatchObject([{ state: 'kept' }]);
    await complete(orderId, 10_000);
    expect((await balances(merchant)).CNY).toMatchObject({ pending: 600 });
    await refund(orderId, `${orderId}-rest`, 6_000);
    expect((await balances(merchant)).CNY).toMatchObject({ pending: 0, available: 0, owed: 0 });
    expect((await order(orderId)).rewards[0]).toMatchObject({ state: 'void', granted: 1_000, voided: 1_000 });
  });

  it('“Customers refused a refund because the reward had settled”: it is taken back, and the debt is netted by the next reward', async () => {
    const merchant = await addMerchant(shop, 'refund_spent');
    await addRule({ scope: { merchant: merchant.id }, grants: [points(10)] });
    const orderId = await buy(await codeVisit(merchant), 10_000);
    await complete(orderId, 10_000);
    await settled(shop.testApp);
    const spend = { redemptionId: `${orderId}-spent`, asset: 'POINTS', amount: 900 };
    expect((await shop.sk.post(`/v1/merchants/${merchant.id}/redemptions`, spend)).status).toBe(201);
    expect((await refund(orderId, `${orderId}-all`, 10_000)).status).toBe(202);
    expect((await balances(merchant)).POINTS).toMatchObject({ available: 0, owed: -900 });
    await complete(await buy(await codeVisit(merchant), 10_000), 10_000);
    expect((await balances(merchant)).POINTS).toMatchObject({ available: 100, owed: 0 });
  });

  it('“A partial refund cancels the whole commission or skips paid ones”: it takes back its share, and only of the lines it names', async () => {
    const merchant = await addMerchant(shop, 'refund_line');
    await addRule({ scope: { merchant: merchant.id, product: 'a' }, grants: [percent(1000)] });
    await addRule({ scope: { merchant: merchant.id, product: 'b' }, grants: [percent(2000)] });
    const lines = ['a', 'b'].map((sku) => ({ sku, quantity: 1, unitPrice: 10_000, lineTotal: 10_000 }));
    const orderId = await buy(await codeVisit(merchant), 20_000, { lines });
    await complete(orderId, 20_000);
    await settled(shop.testApp);
    await refund(orderId, `${orderId}-a`, 2_500, [{ sku: 'a', amount: 2_500 }]);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 3_000 - 250 });
  });
});

describe('who earns nothing, and says why', () => {
  it('an order of which a gift card paid nearly all says so in both languages', async () => {
    const merchant = await addMerchant(shop, 'gift_card');
    await addRule({ scope: { merchant: merchant.id }, posting: 'direct', validFrom, grants: [percent(1000)] });
    const orderId = await buy(await codeVisit(merchant), 10_000, { shipping: 500, tax: 300 });
    expect((await order(orderId)).noReward).toBe(null);
    await complete(orderId, 600);
    await settled(shop.testApp);
    const { events, noReward, rewards } = await order(orderId);
    expect([events[0].outcome, rewards]).toEqual(['nothing', []]);
    expect(noReward).toEqual({
      en: 'What was paid does not even cover shipping and tax: nothing was paid for merchandise.',
      'zh-CN': '实付金额不足以支付运费与税费：商品实付为零，因此没有奖励。',
    });
  });

  it('a closed merchant earns nothing, a suspended one into held, and nobody for their own purchase', async () => {
    const merchant = await addMerchant(shop, 'State_01');
    await addRule({ scope: { merchant: merchant.id }, grants: [percent(1000)] });
    const visit = await codeVisit(merchant);
    const own = await buy(visit, 1_000, { shopperRef: 'state_01' });
    await complete(own, 1_000);
    await settled(shop.testApp);
    expect((await order(own)).events[0].reason).toContain('own purchases');
    const [held, closed] = [await buy(visit, 1_000), await buy(visit, 1_000)];
    await setMerchantState(shop, merchant, 'suspended');
    await complete(held, 1_000);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 0, held: 100 });
    await setMerchantState(shop, merchant, 'closed');
    await complete(closed, 1_000);
    await settled(shop.testApp);
    expect((await order(closed)).events[0]).toMatchObject({
      outcome: 'nothing',
      reason: expect.stringContaining('closed'),
    });
  });

  it('an order of zero value rewards nothing', async () => {
    const merchant = await addMerchant(shop, 'zero_value');
    await addRule({ scope: { merchant: merchant.id }, grants: [coupon] });
    const orderId = await buy(await codeVisit(merchant), 0);
    await complete(orderId, 0);
    expect(await nonZero(merchant)).toEqual({});
    expect((await order(orderId)).events[0].reason).toBe('Nothing was paid for merchandise.');
  });
});

describe('corrections and redemptions', () => {
  it('an adjustment moves nothing until somebody else approves it, and then once', async () => {
    const merchant = await addMerchant(shop, 'adjusted');
    const both = await createStaff(shop.testApp, shop.admin, ['finance-maker', 'finance-checker']);
    const body = { asset: 'CNY', amount: 500, reason: 'A lost order.' };
    const { body: made } = await both.post(`/v1/merchants/${merchant.id}/adjustments`, body);
    expect(made).toMatchObject({ state: 'awaiting-approval', amount: 500 });
    const waiting = `/v1/adjustments?merchant=${merchant.id}&state=awaiting-approval`;
    expect((await checker.get(waiting)).body).toEqual({ items: [made], nextCursor: null });
    expect((await both.post(`/v1/adjustments/${made.id}/approve`)).body.code).toBe('adjustment.same-person');
    expect(await nonZero(merchant)).toEqual({});
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => checker.post(`/v1/adjustments/${made.id}/approve`)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 500 });
    const { body: back } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, { ...body, amount: -501 });
    expect((await checker.post(`/v1/adjustments/${back.id}/approve`)).body.code).toBe('ledger.insufficient-funds');
    expect((await checker.post(`/v1/adjustments/${back.id}/reject`)).body.state).toBe('rejected');
    expect((await maker.post(`/v1/adjustments/${made.id}/approve`)).status).toBe(403);
    expect((await checker.get(waiting)).body.items).toEqual([]);
    const first = await auditor.get(`/v1/adjustments?merchant=${merchant.id}&limit=1`);
    expect(first.body.items).toMatchObject([{ id: made.id, state: 'approved' }]);
    const next = await auditor.get(`/v1/adjustments?merchant=${merchant.id}&cursor=${first.body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ id: back.id, state: 'rejected' }], nextCursor: null });
    expect((await auditor.get(`/v1/adjustments/${made.id}`)).body).toEqual(first.body.items[0]);
    expect((await auditor.get('/v1/adjustments/adj_none')).body.code).toBe('adjustment.not-found');
    expect((await shop.sk.get('/v1/adjustments')).status).toBe(403);
  });

  it('known mistake: redemptions at once never overdraw, and a repeat answers the same', async () => {
    const merchant = await addMerchant(shop, 'redeemer');
    const { body: made } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, {
      asset: 'POINTS',
      amount: 100,
      reason: 'Points.',
    });
    await checker.post(`/v1/adjustments/${made.id}/approve`);
    const redeem = (redemptionId: string, amount: number) =>
      shop.sk.post(`/v1/merchants/${merchant.id}/redemptions`, { redemptionId, asset: 'POINTS', amount });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => redeem(`race-${i}`, 30)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3);
    expect(answers.filter((answer) => answer.body.code === 'ledger.insufficient-funds')).toHaveLength(17);
    const same = await Promise.all(Array.from({ length: 10 }, () => redeem('same', 10)));
    expect(new Set(same.map((answer) => answer.text)).size).toBe(1);
    expect(same[0]!.status).toBe(201);
    expect((await redeem('same', 9)).body.code).toBe('redemption.conflict');
    expect((await balances(merchant)).POINTS).toMatchObject({ available: 0 });
    expect((await redeem('cash', 0)).status).toBe(422);
  });
});

describe('statements', () => {
  it('shows every entry with its balance, page by page, and as CSV in which no text is a formula', async () => {
    const merchant = await addMerchant(shop, 'statement');
    for (const reason of ['=1+1', '@cmd', 'plain']) {
      const { body } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, {
        asset: 'CNY',
        amount: 10,
        reason,
      });
      await checker.post(`/v1/adjustments/${body.id}/approve`);
    }
    const { body: minus } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, {
      asset: 'CNY',
      amount: -5,
      reason: '-5',
    });
    await checker.post(`/v1/adjustments/${minus.id}/approve`);
    const path = `/v1/merchants/${merchant.id}/entries`;
    const first = await auditor.get(`${path}?limit=3`);
    const second = await auditor.get(`${path}?limit=3&cursor=${first.body.nextCursor}`);
    expect(
      [...first.body.items, ...second.body.items].map((entry: { balanceAfter: number }) => entry.balanceAfter),
    ).toEqual([10, 20, 30, 25]);
    expect(second.body.nextCursor).toBeNull();
    const csv = await auditor.with({ accept: 'text/csv' }).get(path);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const rows = csv.text.trim().split('\r\n');
    expect(rows).toHaveLength(5);
    expect(csv.text).toContain(",'=1+1,");
    expect(csv.text).toContain(",'@cmd,");
    expect(csv.text).toContain(",'-5,");
    expect(csv.text).toContain(',available,-5,25,');
  });

  it('adds up to zero for every asset', async () => {
    const { body } = await auditor.get('/v1/finance/trial-balance');
    expect(body.totals.length).toBeGreaterThan(0);
    for (const { sum } of body.totals) expect(sum).toBe(0);
  });
});

describe('reward rules', () => {
  it('are refused with a pointer to what cannot be meant', async () => {
    const refusals: [Record<string, unknown>, string][] = [
      [{ posting: 'pending', grants: [percent(1)] }, '/holdDays'],
      [{ posting: 'direct', holdDays: 1, grants: [percent(1)] }, '/holdDays'],
      [{ grants: [] }, '/grants'],
      [{ grants: [percent(10_001)] }, '/grants/0/rateBps'],
      [{ grants: [percent(1.5)] }, '/grants/0/rateBps'],
      [{ grants: [{ asset: 'POINTS', kind: 'percent', rateBps: 1 }] }, '/grants/0/asset'],
      [{ grants: [{ asset: 'CNY', kind: 'per-amount', per: 1, units: 1 }] }, '/grants/0/asset'],
      [{ grants: [{ asset: 'GOLD', kind: 'fixed', amount: 1 }] }, '/grants/0/asset'],
      [{ grants: [{ asset: 'CNY', kind: 'fixed' }] }, '/grants/0/amount'],
      [{ grants: [percent(1), percent(2)] }, '/grants/1/asset'],
      [{ grants: [{ ...percent(1), asset: 'USD' }], storefront: shop.storefront.id }, '/grants/0/asset'],
      [{ grants: [percent(1)], scope: { merchant: 'mer_01jqz7n5x4e7e8r9s0t1v2w3x4' } }, '/scope/merchant'],
      [{ grants: [percent(1)], surprise: 1 }, '/surprise'],
    ];
    for (const [rule, pointer] of refusals) {
      const answer = await shop.admin.post('/v1/reward-rules', { scope: {}, posting: 'direct', validFrom, ...rule });
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
    expect((await maker.get('/v1/reward-rules')).status).toBe(403);
  });

  it('are never edited: a new version holds from its moment on, and an end is final', async () => {
    const merchant = await addMerchant(shop, 'versions');
    const scope = { merchant: merchant.id };
    const rule = await addRule({ scope, grants: [percent(100)], name: 'One' });
    const now = new Date(Date.now() - 1000).toISOString();
    const next = { scope, posting: 'direct', validFrom: now, grants: [percent(200)] };
    const added = await shop.admin.post(`/v1/reward-rules/${rule.id}/versions`, next);
    expect([added.status, added.body.versions.length]).toEqual([201, 2]);
    expect((await shop.admin.post(`/v1/reward-rules/${rule.id}/versions`, next)).body.code).toBe(
      'reward-rule.version-exists',
    );
    const visit = await codeVisit(merchant);
    await complete(await buy(visit, 10_000), 10_000);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 200 });
    expect((await shop.admin.post(`/v1/reward-rules/${rule.id}/end`, {})).status).toBe(200);
    expect((await shop.admin.post(`/v1/reward-rules/${rule.id}/versions`, next)).body.code).toBe('reward-rule.ended');
    await complete(await buy(visit, 10_000), 10_000);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 200 });
  });
});

describe('known mistakes of others', () => {
  it('“The order stores its referrer, but payment credits the shopper’s current referrer”: the order’s snapshot decides', async () => {
    const [first, later] = [await addMerchant(shop, 'snapshot_1'), await addMerchant(shop, 'snapshot_2')];
    for (const { id } of [first, later]) await addRule({ scope: { merchant: id }, grants: [percent(1000)] });
    const orderId = await buy(await codeVisit(first), 1_000, { shopperRef: 'shopper-77' });
    await shop.pk.post('/v1/visits', { merchantCode: later.code, shopperRef: 'shopper-77' });
    await complete(orderId, 1_000);
    expect((await balances(first)).CNY).toMatchObject({ available: 100 });
    expect(await nonZero(later)).toEqual({});
  });

  it('“The same order posted again pays again, for want of a unique key”: fifty completions at once post once', async () => {
    const merchant = await addMerchant(shop, 'fifty_times');
    await addRule({ scope: { merchant: merchant.id }, grants: [percent(1000)] });
    const orderId = await buy(await codeVisit(merchant), 1_000);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1_000 })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect((await balances(merchant)).CNY).toMatchObject({ available: 100 });
  });

  it('“Several commissions for one order after a back button or a payment retry”: an order has one reward a rule', async () => {
    const [merchant, other] = [await addMerchant(shop, 'back_button'), await addMerchant(shop, 'next_tab_1')];
    for (const { id } of [merchant, other]) await addRule({ scope: { merchant: id }, grants: [percent(1000)] });
    const body = orderBody({
      visit: await codeVisit(merchant),
      lines: [{ sku: 'tea', quantity: 1, unitPrice: 1_000, lineTotal: 1_000 }],
    });
    const again = { ...body, visit: await codeVisit(other) };
    const placed = [await shop.sk.post('/v1/orders', body), await shop.sk.post('/v1/orders', body)];
    expect(placed.map(({ status }) => status)).toEqual([201, 201]);
    expect((await shop.sk.post('/v1/orders', again)).status).toBe(409);
    for (let retry = 0; retry < 3; retry += 1) await complete(body.orderId, 1_000);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 100 });
    expect(await nonZero(other)).toEqual({});
    expect((await order(body.orderId)).rewards).toHaveLength(1);
  });

  it('“Sign errors in clawbacks”: what a refund takes back leaves the merchant, and the cost becomes less', async () => {
    const merchant = await addMerchant(shop, 'which_sign');
    await addRule({ scope: { merchant: merchant.id }, grants: [percent(1000)] });
    const cost = async () => {
      const { body } = await auditor.get('/v1/finance/trial-balance');
      return body.items.find((item: any) => item.asset === 'CNY' && item.account === 'reward-cost')?.balance ?? 0;
    };
    const orderId = await buy(await codeVisit(merchant), 1_000);
    await complete(orderId, 1_000);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 100, owed: 0 });
    const before = await cost();
    await refund(orderId, 'R1', 300);
    expect((await balances(merchant)).CNY).toMatchObject({ available: 70, owed: 0 });
    expect((await cost()) - before).toBe(30);
    const { body } = await auditor.get(`/v1/merchants/${merchant.id}/entries`);
    expect(body.items.map(({ amount, balanceAfter }: any) => [amount, balanceAfter])).toEqual([
      [100, 100],
      [-30, 70],
    ]);
  });
});

it('whoever watches sees how long events wait and how many are parked', async () => {
  await settled(shop.testApp);
  const { text } = await shop.testApp.http.get('/metrics');
  expect(text).toMatch(/^yinke_order_events_oldest_unposted_seconds 0$/m);
  expect(text).toMatch(/^yinke_order_events\{state="parked"\} 0$/m);
});
