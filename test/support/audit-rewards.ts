import { COUPON } from './history/coupon-model.js';
import { Program } from './history/program.js';
import { insertRule } from './order-events.js';
import type { CouponId, MerchantId, RewardId } from '../../src/shared/ids.js';

const LINES = [{ sku: 'tea', quantity: 1, unitPrice: 5_000, lineTotal: 5_000 }];

/**
 * Rewards that budgets and volumes of a month end, points, coupons and holds that have come to every end. Everything is made
 * by the services of the program; what lapses has its day moved, and what was there before lots and coupons is called so.
 */
export async function rewardBooks(and: 'no more' | 'corrections' = 'no more'): Promise<Program> {
  const program = await Program.start();
  try {
    await addRules(program);
    const books = new Books(program);
    await books.points();
    await books.coupons();
    await books.holds();
    if (and === 'corrections') await books.corrections();
  } catch (error) {
    // Open, it would keep the tests from ending.
    await program.close();
    throw error;
  }
  return program;
}

/** With budgets of a rule and of a month, and for first orders alone. */
async function addRules({ dataSource, merchants: [, , merchant = 'mer_none'] }: Program): Promise<void> {
  const scope = { merchant };
  const percent = { asset: 'CNY', kind: 'percent', rateBps: 1_000 } as const;
  const bonus = { bonus: true };
  await insertRule(dataSource, [{ ...percent, budgets: { perRule: 900 } }], scope, undefined, bonus);
  const both = { perRule: 5_000, perMerchantMonth: 600 };
  const first = [{ ...percent, budgets: both }, { asset: 'POINTS', kind: 'fixed', amount: 3 } as const];
  await insertRule(dataSource, first, scope, undefined, { ...bonus, firstOrder: true });
}

class Books {
  private orders = 0;
  private readonly maker = this.program.staff('maker');
  private readonly checker = this.program.staff('checker');
  private readonly shop = this.program.storefront.id;
  private readonly merchants = this.program.merchants as unknown as readonly [MerchantId, MerchantId, MerchantId];

  constructor(private readonly program: Program) {}

  async points(): Promise<void> {
    const [one, , clara] = this.merchants;
    const bought = [];
    for (let order = 0; order < 6; order += 1) bought.push(await this.buy(one, 5_000));
    for (const shopperRef of ['anna', 'berta', 'clara'])
      await this.refund(await this.buy(clara, 4_000, shopperRef), 500);
    // One lot is taken back, one has lapsed, one and a half are used, and of those a part came back.
    await this.refund(bought[5], 5_000);
    const lots = await this.ids('SELECT id FROM points_lot WHERE merchant_id = ? ORDER BY id', one);
    await this.program.query('UPDATE points_lot SET expires_at = NOW(6) WHERE id = ?', [lots[4]]);
    await this.program.pointsExpiry.expirePoints();
    const redeem = (redemptionId: string, amount: number) =>
      this.program.redemptions.redeem(this.shop, one, { redemptionId, asset: 'POINTS', amount });
    await redeem('some', 10);
    await redeem('more', 2);
    const back = { amount: 3, reason: 'A mistake.' };
    await this.program.reversals.reverse(this.shop, one, 'some', { ...back, reversalId: 'r1' });
    await this.program.query(
      "UPDATE points_lot_move SET journal_id = 'opening', line = 1 WHERE lot_id = ? AND source = 'issued'",
      [lots[3]],
    );
  }

  async coupons(): Promise<void> {
    const [, two] = this.merchants;
    for (let order = 0; order < 8; order += 1) await this.buy(two, 1_000);
    const coupons = await this.program.query<{ id: CouponId; code: string }>(
      'SELECT id, code FROM coupon WHERE merchant_id = ? ORDER BY id',
      [two],
    );
    const code = (at: number) => coupons[at]?.code ?? '';
    const order = (orderId: string) => ({ orderId, currency: 'CNY', lines: LINES });
    await this.program.couponUse.redeem(this.shop, code(0), order('one'));
    await this.program.couponUse.reserve(this.shop, code(1), order('two'));
    await this.program.coupons.revokeCoupon(two, coupons[2]?.id ?? 'cpn_none', 'A mistake.', this.maker);
    await this.program.query('UPDATE coupon SET expires_at = NOW(6) WHERE id = ?', [coupons[3]?.id]);
    await this.program.couponExpiry.expireCoupons();
    await this.program.holds.holdBalance({ merchantId: two, asset: COUPON, amount: 1n }, 'Odd.', this.maker);
    const { redemptionId } = await this.program.couponUse.redeem(this.shop, code(7), order('three'));
    await this.program.reversals.reverse(this.shop, two, redemptionId, { reason: 'Cancelled.' });
    await this.program.query("UPDATE coupon_move SET journal_id = 'opening' WHERE coupon_id = ? AND source = 'new'", [
      coupons[6]?.id,
    ]);
  }

  async holds(): Promise<void> {
    const [one, two, three] = this.merchants;
    const reward = async (asset = 'CNY') =>
      (
        await this.ids<RewardId>(
          'SELECT r.id FROM reward r WHERE r.merchant_id = ? AND r.asset = ? AND r.pending > 0 AND r.held = 0 LIMIT 1',
          two,
          asset,
        )
      )[0] ?? 'rwd_none';
    const hold = async () => (await this.program.holds.holdReward(await reward(), 'Odd.', this.maker)).id;
    await hold();
    await this.program.holds.releaseHold(await hold(), 'Fine.', this.checker);
    await this.program.holds.voidHold(await hold(), 'It was.', this.checker);
    const order = await this.buy(two, 3_000);
    const [last = 'rwd_none'] = await this.ids<RewardId>(
      "SELECT r.id FROM reward r JOIN shop_order o ON o.id = r.order_pk WHERE o.order_id = ? AND r.asset = 'CNY'",
      order,
    );
    await this.program.holds.holdReward(last, 'Odd.', this.maker);
    await this.refund(order, 3_000);
    for (const asset of ['CNY', 'POINTS'])
      await this.program.holds.holdBalance({ merchantId: one, asset, amount: 2n }, 'Stop.', this.maker);
    // What a bank refuses because of the account is held too, by nobody.
    const draft = { currency: 'CNY', rail: 'http-bank' as const, minAmount: 1n, merchants: [three] };
    const batch = await this.program.drafts.draftBatch(this.maker, draft);
    await this.program.batches.requestApproval(this.maker, batch);
    await this.program.batches.approveBatch(this.checker, batch);
    await this.program.batches.submitBatch(this.maker, batch);
    this.program.rail.says = () => ({ submit: 'bad-account', status: 'bad-account' });
    await this.program.delivery.pollOpenPayouts();
  }

  /** What people corrected, a debt, a suspended merchant, an order told again otherwise, and orders that are not posted yet. */
  async corrections(): Promise<void> {
    const { adjustments, orders, caller, storefront } = this.program;
    const [one, two, three] = this.merchants;
    const old = await this.buy(one, 5_000);
    const spent = { asset: 'CNY', amount: -1_200, reason: 'Spent.' };
    const { id } = await adjustments.proposeAdjustment(one, spent, this.maker);
    await adjustments.approveAdjustment(id, this.checker);
    await adjustments.proposeAdjustment(one, { ...spent, amount: 1 }, this.maker);
    await this.refund(old, 5_000);
    await this.program.query(
      "UPDATE reward SET mature_at = NOW(6) WHERE merchant_id = ? AND asset = 'CNY' AND pending > 0 LIMIT 1",
      [three],
    );
    await this.program.maturity.matureRewards();
    await this.program.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [two]);
    await this.buy(two, 1_000);
    const twice = await this.buy(three, 1_000);
    for (const amount of [100, 200]) await this.refund(twice, amount);
    await this.buy(null, 1_000);
    await orders.completeOrder(caller, old, { amountPaid: 4_999 }).catch(() => undefined);
    await this.place(caller, 'waits', one, 1_000);
    await orders.completeOrder(caller, 'waits', { amountPaid: 1_000 });
    await this.place(caller, 'placed', one, 1_000);
    await this.place({ ...caller, storefront: { ...storefront, id: 'sto_other' } }, old, null, 1_000);
  }

  private async buy(merchantId: MerchantId | null, amount: number, shopperRef?: string): Promise<string> {
    this.orders += 1;
    const orderId = `order-${String(this.orders)}`;
    await this.place(this.program.caller, orderId, merchantId, amount, shopperRef);
    await this.program.orders.completeOrder(this.program.caller, orderId, { amountPaid: amount });
    await this.post();
    return orderId;
  }

  private async place(
    caller: Program['caller'],
    orderId: string,
    merchantId: MerchantId | null,
    amount: number,
    shopperRef?: string,
  ): Promise<void> {
    const lines = [{ sku: 'sku1', quantity: 1, unitPrice: amount, lineTotal: amount }];
    const visit = merchantId === null ? null : this.program.visitOf(merchantId);
    const request = { orderId, currency: 'CNY', lines, shipping: 0, tax: 0, visit, ...(shopperRef && { shopperRef }) };
    await this.program.orders.placeOrder(caller, request);
  }

  private async refund(orderId = '', amount = 0): Promise<void> {
    this.orders += 1;
    const refundId = `refund-${String(this.orders)}`;
    await this.program.orders.recordRefund(this.program.caller, orderId, { refundId, amount });
    await this.post();
  }

  private async post(): Promise<void> {
    await this.program.posting.postOrderEvents(this.program.takeAnnounced());
  }

  private async ids<Id = string>(sql: string, ...parameters: string[]): Promise<Id[]> {
    return (await this.program.query<{ id: Id }>(sql, parameters)).map(({ id }) => id);
  }
}
