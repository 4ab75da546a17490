import type { INestApplicationContext } from '@nestjs/common';
import { PointsExpiryService } from '../../src/finance/assets/points/points-expiry.service.js';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, type Shop, type TestMerchant } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let auditor: HttpClient;
let maker: HttpClient;

beforeAll(async () => {
  shop = await openShop({ YINKE_POINTS_LIFETIME_DAYS: '30' });
  worker = await startTestWorker(shop.testApp, { YINKE_POINTS_LIFETIME_DAYS: '30' });
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  maker = await createStaff(shop.testApp, shop.admin, ['finance-maker']);
  const grants = [{ asset: 'POINTS', kind: 'per-amount', per: 100, units: 1 }];
  await shop.admin.post('/v1/reward-rules', {
    scope: {},
    posting: 'direct',
    validFrom: '2020-01-01T00:00:00Z',
    grants,
  });
});
afterAll(async () => {
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

async function buy(merchant: TestMerchant, amount: number): Promise<string> {
  const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: merchant.code })).body;
  const line = { sku: 'tea', quantity: 1, unitPrice: amount, lineTotal: amount };
  const order = orderBody({ visit, lines: [line] });
  expect((await shop.sk.post('/v1/orders', order)).status).toBe(201);
  expect((await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: amount })).status).toBe(202);
  await settled(shop.testApp);
  return order.orderId;
}

const points = async (merchant: TestMerchant, query = '') =>
  (await auditor.get(`/v1/merchants/${merchant.id}/points${query}`)).body;

describe('the life of points', () => {
  it('earned, used first to expire first, given back, taken back by a refund, and lapsed', async () => {
    const merchant = await addMerchant(shop, 'points_life');
    const first = await buy(merchant, 10_000);
    // Ten days later, as it were.
    await shop.db.query('UPDATE points_lot SET expires_at = expires_at - INTERVAL 10 DAY');
    await buy(merchant, 5_000);
    const before = await points(merchant, '?withinDays=25');
    expect(before).toMatchObject({ available: 150, expiringSoon: 100, withinDays: 25, nextCursor: null });
    expect(before.items.map((lot: { remaining: number }) => lot.remaining)).toEqual([100, 50]);

    const path = `/v1/merchants/${merchant.id}/redemptions`;
    expect((await shop.sk.post(path, { redemptionId: 'life-1', asset: 'POINTS', amount: 120 })).status).toBe(201);
    expect((await points(merchant)).items).toMatchObject([{ remaining: 30, redeemed: 20 }]);
    const back = { reversalId: 'back-1', amount: 60, reason: 'The order was cancelled.' };
    const answer = await shop.sk.post(`${path}/life-1/reverse`, back);
    expect([answer.status, answer.body]).toMatchObject([
      201,
      { ...back, redemptionId: 'life-1', merchant: merchant.id },
    ]);
    expect((await shop.sk.post(`${path}/life-1/reverse`, back)).body).toEqual(answer.body);
    expect((await points(merchant)).items).toMatchObject([
      { remaining: 40, redeemed: 60 },
      { remaining: 50, redeemed: 0 },
    ]);

    const refund = { refundId: `${first}-r`, amount: 1_000 };
    expect((await shop.sk.post(`/v1/orders/${first}/refunds`, refund)).status).toBe(202);
    await settled(shop.testApp);
    const { items } = await points(merchant);
    expect(items).toMatchObject([{ remaining: 30, takenBack: 10 }, { remaining: 50 }]);

    const soon = await auditor.get('/v1/finance/expiring-points?withinDays=25');
    expect(soon.body.items).toEqual([
      { merchant: merchant.id, amount: 30, lots: 1, firstExpiresAt: items[0].expiresAt },
    ]);
    await shop.db.query('UPDATE points_lot SET expires_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ?', [items[0].id]);
    // The worker's sweep does it too; once is enough.
    await worker.get(PointsExpiryService, { strict: false }).expirePoints();
    expect(await points(merchant)).toMatchObject({ available: 50, items: [{ remaining: 50 }] });
    const lot = (await auditor.get(`/v1/points-lots/${items[0].id}`)).body;
    expect(lot).toMatchObject({
      merchant: merchant.id,
      issued: 100,
      remaining: 0,
      redeemed: 60,
      expired: 30,
      takenBack: 10,
    });
    expect(lot.moves.map((move: { kind: string; amount: number }) => [move.kind, move.amount])).toEqual([
      ['reward', 100],
      ['redemption', 100],
      ['redemption-reversed', 40],
      ['refund', 10],
      ['expiry', 30],
    ]);
  });

  it('shows lots page by page in the order of their use', async () => {
    const merchant = await addMerchant(shop, 'points_pages');
    for (const amount of [300, 200, 100]) await buy(merchant, amount);
    const pages = async () => {
      const seen: number[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await points(merchant, `?limit=1${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map((lot: { issued: number }) => lot.issued));
        cursor = page.nextCursor;
      }
      return seen;
    };
    expect(await pages()).toEqual([3, 2, 1]);
    // Lots of one moment, and lots that never lapse, come in the order in which they were made.
    for (const day of ["TIMESTAMP'2099-01-01 00:00:00.123456'", 'NULL']) {
      await shop.db.query(`UPDATE points_lot SET expires_at = ${day} WHERE merchant_id = ?`, [merchant.id]);
      expect(await pages()).toEqual([3, 2, 1]);
    }
  });

  it('is spent where it was earned, first to expire first; what no order earned is spent anywhere', async () => {
    const merchant = await addMerchant(shop, 'points_own_shop');
    await buy(merchant, 3_000);
    const path = `/v1/merchants/${merchant.id}/redemptions`;
    const redeem = async (redemptionId: string, amount: number, by = shop.other.sk) => {
      const { status, body } = await by.post(path, { redemptionId, asset: 'POINTS', amount });
      return [status, body.code];
    };
    expect(await redeem('foreign-1', 1)).toEqual([409, 'ledger.insufficient-funds']);
    const checker = await createStaff(shop.testApp, shop.admin, ['finance-checker']);
    const gift = { asset: 'POINTS', amount: 10, reason: 'A gift.' };
    const { body } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, gift);
    expect((await checker.post(`/v1/adjustments/${body.id}/approve`)).status).toBe(200);
    expect(await redeem('foreign-2', 11)).toEqual([409, 'ledger.insufficient-funds']);
    expect(await redeem('foreign-3', 6)).toEqual([201, undefined]);
    expect((await points(merchant)).items).toMatchObject([{ remaining: 30 }, { remaining: 4, redeemed: 6 }]);
    expect(await redeem('own-1', 34, shop.sk)).toEqual([201, undefined]);
    expect((await points(merchant)).available).toBe(0);
  });

  it('refuses what cannot be', async () => {
    const merchant = await addMerchant(shop, 'points_bad');
    await buy(merchant, 1_000);
    const path = `/v1/merchants/${merchant.id}/redemptions`;
    await shop.sk.post(path, { redemptionId: 'bad-1', asset: 'POINTS', amount: 10 });
    const reverse = (body: unknown, id = 'bad-1') => shop.sk.post(`${path}/${id}/reverse`, body);
    const refusals: [Promise<{ status: number; body: { code: string } }>, number, string][] = [
      [reverse({ reason: 'r', amount: 11 }), 409, 'redemption.more-than-redeemed'],
      [reverse({ reason: 'r', amount: -1 }), 422, 'request.invalid'],
      [reverse({ reason: 'r', amount: 0 }), 422, 'request.invalid'],
      [reverse({ amount: 1 }), 422, 'request.invalid'],
      [reverse({ reason: 'r' }, 'unknown'), 404, 'redemption.not-found'],
      [shop.other.sk.post(`${path}/bad-1/reverse`, { reason: 'r' }), 404, 'redemption.not-found'],
      [maker.post(`${path}/bad-1/reverse`, { reason: 'r' }), 403, 'access.forbidden'],
      [auditor.get('/v1/points-lots/lot_unknown'), 404, 'points-lot.not-found'],
      [auditor.get('/v1/merchants/mer_unknown/points'), 404, 'merchant.not-found'],
      [auditor.get(`/v1/merchants/${merchant.id}/points?withinDays=x`), 422, 'request.invalid'],
    ];
    for (const [answer, status, code] of refusals) expect(await answer).toMatchObject({ status, body: { code } });
    expect((await points(merchant)).available).toBe(0);
  });
});
