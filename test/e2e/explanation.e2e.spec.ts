import type { INestApplicationContext } from '@nestjs/common';
import { createStaff } from '../support/actors.js';
import { chineseFaults } from '../support/chinese-texts.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, type Shop } from '../support/shop.js';
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
  await worker.close();
  await shop.testApp.close();
});

async function correct(merchant: string, amount: number): Promise<void> {
  const correction = { asset: 'CNY', amount, reason: 'Paid in cash.' };
  const { body } = await maker.post(`/v1/merchants/${merchant}/adjustments`, correction);
  await checker.post(`/v1/adjustments/${body.id}/approve`);
}

it('an exchange leaves a trail that can be read: order, refund, debt, new order, netting', async () => {
  const merchant = await addMerchant(shop, 'exchange_01', 'gold');
  const rule = (scope: unknown, rateBps: number, name: string) =>
    shop.admin.post('/v1/reward-rules', {
      scope,
      name,
      posting: 'direct',
      validFrom: '2020-01-01T00:00:00Z',
      grants: [{ asset: 'CNY', kind: 'percent', rateBps }],
    });
  await rule({ group: 'gold' }, 290, 'Gold');
  await rule({}, 100, 'All');
  const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  const buy = async (amount: number): Promise<string> => {
    const lines = [{ sku: 'pot', quantity: 1, unitPrice: amount, lineTotal: amount }];
    const order = orderBody({ visit: visit.visit, lines });
    await shop.sk.post('/v1/orders', order);
    await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: amount });
    await settled(shop.testApp);
    return order.orderId;
  };
  const refund = async (orderId: string, refundId: string, amount: number): Promise<void> => {
    await shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId, amount });
    await settled(shop.testApp);
  };
  const debts = async () => (await auditor.get(`/v1/merchants/${merchant.id}/debts`)).body.items;

  const wrongSize = await buy(10_050);
  await refund(wrongSize, 'scratch', 1_050);
  await correct(merchant.id, -200);
  await refund(wrongSize, 'exchange', 9_000);
  const [open] = await debts();
  const orderOf = (orderId: string) => ({ storefront: shop.storefront.id, orderId });
  expect(open).toMatchObject({
    asset: 'CNY',
    owed: 200,
    debts: [{ remaining: 200, paidOff: [], order: orderOf(wrongSize) }],
  });
  const theirs = await auditor.get(`/v1/merchants/${merchant.id}/orders?orderId=${wrongSize}`);
  expect(theirs.body.items.map((order: any) => order.orderId)).toEqual([wrongSize]);
  const rightSize = await buy(5_000);

  const { body: first } = await shop.sk.get(`/v1/orders/${wrongSize}`);
  const [reward] = first.rewards;
  expect(reward.words.en).toContain(`The merchant is 店 exchange_01: the shopper came with the merchant’s code`);
  expect(reward.words.en).toContain('inside the window of 30 days');
  expect(reward.words.en).toContain('no other merchant brought this shopper in that time');
  expect(reward.words.en).toContain('Rule “Gold”, version 1, for group gold and everything, gives 2.90 %');
  expect(reward.words.en).toContain('291.45 cents (CNY)');
  expect(reward.words.en).toContain(
    'Rule “All”, version 1, for everyone and everything: lost, because it is less specific',
  );
  expect(reward.words['zh-CN']).toContain('规则“All”（第1版，适用于所有微商、全部商品）：适用范围不够具体，未采用');
  expect(reward.words['zh-CN']).toContain('按计奖金额（商品实付 ¥100.50）的 2.90% 计：¥2.9145。');
  const told = [reward.words, ...reward.changes.map(({ words }: any) => words)].map((words) => words['zh-CN']);
  const data = ['exchange_01', 'Gold', 'gold', 'All', 'scratch', 'exchange', wrongSize];
  expect(told.flatMap((words) => chineseFaults(words, data))).toEqual([]);
  expect(reward.explanation.attribution.decision).toEqual({ touch: 'last', windowDays: 30, touches: 1 });
  expect(reward.changes.map(({ words }: any) => words.en)).toEqual([
    `Order ${wrongSize} complete: 2.91 CNY became available.`,
    `Refund 1 (scratch) of order ${wrongSize}: 0.30 CNY left what is available.`,
    `Refund 2 (exchange) of order ${wrongSize}: 0.61 CNY left what is available.`,
    `Refund 2 (exchange) of order ${wrongSize}: 2.00 CNY more was taken back than was available: the balance is negative, 2.00 CNY in all, and later credits settle it first.`,
  ]);
  const { body: second } = await shop.sk.get(`/v1/orders/${rightSize}`);
  expect(second.rewards[0].changes.map(({ words }: any) => words['zh-CN'])).toEqual([
    `订单 ${rightSize} 完成：¥1.45 用于抵扣欠款；尚欠 ¥0.55。`,
  ]);

  const [netted] = await debts();
  expect(netted).toMatchObject({
    owed: 55,
    debts: [
      {
        entry: { amount: -200, journal: { kind: 'refund', description: `Refund exchange of order ${wrongSize}` } },
        remaining: 55,
        order: orderOf(wrongSize),
        paidOff: [{ amount: 145, entry: { cause: { reward: second.rewards[0].id } }, order: orderOf(rightSize) }],
      },
    ],
  });
  await correct(merchant.id, 100);
  expect(await debts()).toEqual([]);
  expect((await shop.sk.get(`/v1/merchants/${merchant.id}/debts`)).status).toBe(403);
  expect((await auditor.get('/v1/merchants/mer_unknown/debts')).status).toBe(404);
});

it('a person’s hold, release and void stand in the reward’s history', async () => {
  const merchant = await addMerchant(shop, 'history_01');
  const { body: rule } = await shop.admin.post('/v1/reward-rules', {
    scope: { merchant: merchant.id },
    posting: 'pending',
    holdDays: 7,
    validFrom: '2020-01-01T00:00:00Z',
    grants: [{ asset: 'CNY', kind: 'percent', rateBps: 1_000 }],
  });
  expect(rule.id).toBeDefined();
  const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  const order = orderBody({ visit: visit.visit });
  await shop.sk.post('/v1/orders', order);
  await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: 1_000 });
  await settled(shop.testApp);
  const read = async () => (await shop.sk.get(`/v1/orders/${order.orderId}`)).body.rewards[0];
  const { id: reward } = await read();
  for (const decision of ['release', 'void']) {
    const { body: hold, status } = await maker.post('/v1/holds', { reward, reason: 'Odd.' });
    expect(status).toBe(201);
    expect((await checker.post(`/v1/holds/${hold.id}/${decision}`, { reason: 'Seen.' })).status).toBe(200);
  }
  const { state, voided, changes } = await read();
  expect([state, voided]).toEqual(['void', 100]);
  expect(changes.map(({ words }: any) => words['zh-CN'])).toEqual([
    `订单 ${order.orderId} 完成：¥1.00 计入待结算。`,
    '冻结，待人工审核：¥1.00 从待结算中转出。',
    '冻结，待人工审核：¥1.00 被冻结。',
    '人工解冻：¥1.00 不再冻结。',
    '人工解冻：¥1.00 计入待结算。',
    '冻结，待人工审核：¥1.00 从待结算中转出。',
    '冻结，待人工审核：¥1.00 被冻结。',
    '人工作废：¥1.00 不再冻结。',
  ]);
});
