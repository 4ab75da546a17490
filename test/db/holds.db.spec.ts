import { DomainError } from '../../src/shared/domain-error.js';
import { PLAIN_RULES, Program } from '../support/history/program.js';
import type { MerchantId, RewardId } from '../../src/shared/ids.js';

let program: Program;
let orders = 0;

const maker = () => program.staff('maker');
const checker = () => program.staff('checker');
/** Merchants of the program: 2.9 % direct and 7 points an order; 10 % held for seven days. */
const direct = () => program.merchants[0] ?? 'mer_none';
const patient = () => program.merchants[1] ?? 'mer_none';

/** A complete and posted purchase; its cash reward. `daysAgo`: when it was complete. */
async function buy(merchantId: MerchantId, amount: number, daysAgo = 0) {
  orders += 1;
  const orderId = `order-${orders}`;
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: amount, lineTotal: amount }];
  const completedAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const when = { placedAt: completedAt, history: true };
  const request = { orderId, currency: 'CNY', lines, shipping: 0, tax: 0, visit: program.visitOf(merchantId), ...when };
  await program.orders.placeOrder(program.caller, request);
  await program.orders.completeOrder(program.caller, orderId, { amountPaid: amount, completedAt });
  await program.posting.postOrderEvents(program.takeAnnounced());
  return { orderId, rewardId: await rewardOf(orderId) };
}

async function rewardOf(orderId: string, asset = 'CNY'): Promise<RewardId> {
  const [row] = await program.query<{ id: RewardId }>(
    'SELECT r.id FROM reward r JOIN shop_order o ON o.id = r.order_pk WHERE o.order_id = ? AND r.asset = ?',
    [orderId, asset],
  );
  return row?.id ?? 'rwd_none';
}

async function refund(orderId: string, amount: number): Promise<void> {
  orders += 1;
  await program.orders.recordRefund(program.caller, orderId, { refundId: `refund-${orders}`, amount });
  await program.posting.postOrderEvents(program.takeAnnounced());
}

const one = async <T>(sql: string, parameters: unknown[]) => (await program.query<T>(sql, parameters))[0];
const account = async (merchantId: MerchantId, asset = 'CNY') =>
  Object.fromEntries(
    Object.entries(
      (await one<Record<string, string>>(
        'SELECT pending, available, held, owed FROM account WHERE merchant_id = ? AND asset = ?',
        [merchantId, asset],
      )) ?? {},
    ).map(([name, value]) => [name, Number(value)]),
  );
const reward = (id: string) => one<Record<string, string>>('SELECT * FROM reward WHERE id = ?', [id]);
const hold = (id: string) => one<Record<string, string>>('SELECT * FROM hold WHERE id = ?', [id]);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

beforeAll(async () => {
  program = await Program.start(PLAIN_RULES);
});
afterEach(async () => {
  expect(await program.offenders()).toEqual([]);
  await program.forget();
});
afterAll(() => program.close());

describe('a reward on hold', () => {
  it('does not mature, and is pending again when it is released inside its hold period', async () => {
    const { rewardId } = await buy(patient(), 10_000);
    const { id } = await program.holds.holdReward(rewardId, 'Looks odd.', maker());
    expect(await account(patient())).toMatchObject({ pending: 0, held: 1_000 });
    expect(await reward(rewardId)).toMatchObject({ state: 'held', pending: '0', held: '1000' });
    await program.query('UPDATE reward SET mature_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ?', [rewardId]);
    expect(await program.maturity.matureRewards()).toBe(0);
    await program.query('UPDATE reward SET mature_at = NOW(6) + INTERVAL 1 DAY WHERE id = ?', [rewardId]);
    await program.holds.releaseHold(id, 'It is fine.', checker());
    expect(await account(patient())).toMatchObject({ pending: 1_000, held: 0, available: 0 });
    expect(await reward(rewardId)).toMatchObject({ state: 'pending', pending: '1000', held: '0' });
    await program.query('UPDATE reward SET mature_at = NOW(6) WHERE id = ?', [rewardId]);
    expect(await program.maturity.matureRewards()).toBe(1);
    expect(await account(patient())).toMatchObject({ pending: 0, available: 1_000 });
  });

  it('is available when it is released after its hold period, and pays off what is owed first', async () => {
    const { rewardId } = await buy(patient(), 10_000);
    const { id } = await program.holds.holdReward(rewardId, 'Looks odd.', maker());
    const other = await buy(patient(), 4_000, 8);
    await program.maturity.matureRewards();
    const spent = await program.adjustments.proposeAdjustment(
      patient(),
      { asset: 'CNY', amount: -300, reason: 'Spent.' },
      maker(),
    );
    await program.adjustments.approveAdjustment(spent.id, checker());
    await refund(other.orderId, 4_000);
    expect(await account(patient())).toMatchObject({ available: 0, owed: -300, held: 1_000 });
    await program.query('UPDATE reward SET mature_at = NOW(6) WHERE id = ?', [rewardId]);
    await program.holds.releaseHold(id, 'It is fine.', checker());
    expect(await account(patient())).toMatchObject({ available: 700, owed: 0, held: 0, pending: 0 });
    expect(await reward(rewardId)).toMatchObject({ state: 'matured', matured: '1000' });
  });

  it('that has matured is stopped as far as the money is still there, and voided it is no cost any more', async () => {
    const { orderId, rewardId } = await buy(direct(), 10_000);
    const spent = { asset: 'CNY', amount: -90, reason: 'Spent.' };
    const { id: adjustment } = await program.adjustments.proposeAdjustment(direct(), spent, maker());
    await program.adjustments.approveAdjustment(adjustment, checker());
    const { id, amount } = await program.holds.holdReward(rewardId, 'Bought back by a friend.', maker());
    expect(amount).toBe(200n);
    expect(await reward(rewardId)).toMatchObject({ state: 'held', matured: '90', held: '200' });
    expect(await codeOf(program.holds.holdReward(rewardId, 'Again.', maker()))).toBe('hold.nothing-to-hold');
    await program.holds.voidHold(id, 'It was.', checker());
    expect(await account(direct())).toMatchObject({ available: 0, held: 0, owed: 0 });
    expect(await reward(rewardId)).toMatchObject({ state: 'matured', matured: '90', voided: '200' });
    // What was voided counts as taken back: half the order refunded asks for less than that, all of it for the rest.
    await refund(orderId, 5_000);
    expect(await reward(rewardId)).toMatchObject({ voided: '200', clawed_back: '0' });
    await refund(orderId, 5_000);
    expect(await reward(rewardId)).toMatchObject({ state: 'reversed', clawed_back: '90' });
    expect(await account(direct())).toMatchObject({ owed: -90 });
  });

  it('shrinks with each refund, and what is left is released; refunded whole there is nothing left to decide', async () => {
    const first = await buy(patient(), 10_000);
    const { id } = await program.holds.holdReward(first.rewardId, 'Looks odd.', maker());
    await refund(first.orderId, 2_500);
    expect(await hold(id)).toMatchObject({ state: 'open', amount: '1000', remaining: '750', refunded: '250' });
    await program.holds.releaseHold(id, 'Fine.', checker());
    expect(await hold(id)).toMatchObject({ state: 'released', remaining: '0', settled: '750' });
    expect(await account(patient())).toMatchObject({ pending: 750, held: 0 });
    const second = await buy(patient(), 10_000);
    const emptied = await program.holds.holdReward(second.rewardId, 'Looks odd.', maker());
    await refund(second.orderId, 10_000);
    expect(await hold(emptied.id)).toMatchObject({ state: 'emptied', remaining: '0', refunded: '1000' });
    expect(await reward(second.rewardId)).toMatchObject({ state: 'void' });
    expect(await codeOf(program.holds.releaseHold(emptied.id, 'Late.', checker()))).toBe('hold.wrong-state');
  });

  it('is decided once when it is released and voided by many at once', async () => {
    const { rewardId } = await buy(patient(), 10_000);
    const { id } = await program.holds.holdReward(rewardId, 'Looks odd.', maker());
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        codeOf(
          i % 2 === 0 ? program.holds.releaseHold(id, 'Yes.', checker()) : program.holds.voidHold(id, 'No.', checker()),
        ),
      ),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'hold.wrong-state')).toHaveLength(7);
    const { pending, held } = await account(patient());
    expect([pending, held]).toEqual([(await hold(id))?.state === 'released' ? 1_000 : 0, 0]);
  });

  it('ends right when refunds and the release come at the same time', async () => {
    const bought = [];
    for (let count = 0; count < 4; count += 1) bought.push(await buy(patient(), 10_000));
    const held = await Promise.all(bought.map(({ rewardId }) => program.holds.holdReward(rewardId, 'Odd.', maker())));
    await Promise.all([
      ...bought.map(({ orderId }) => refund(orderId, 3_000)),
      ...held.map(({ id }) => program.holds.releaseHold(id, 'Fine.', checker())),
    ]);
    expect(await account(patient())).toMatchObject({ pending: 2_800, held: 0, available: 0, owed: 0 });
  });

  it('of a suspended merchant gets its hold with the reward, also when a refund comes in the same moment', async () => {
    await program.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [patient()]);
    const { orderId, rewardId } = await buy(patient(), 10_000);
    await program.query("UPDATE merchant SET state = 'active' WHERE id = ?", [patient()]);
    const made = await one<Record<string, string>>('SELECT * FROM hold WHERE reward_id = ?', [rewardId]);
    expect(made).toMatchObject({ cause: 'suspended-merchant', amount: '1000', held_by: null, source: 'reward-cost' });
    await refund(orderId, 1_000);
    expect(await hold(made?.id ?? '')).toMatchObject({ remaining: '900', refunded: '100' });
    await buy(direct(), 10_000);
    expect(await program.holds.releaseAll(patient(), 'returned-payout', 'Fine.', checker())).toBe(0);
    expect(await program.holds.releaseAll(patient(), 'suspended-merchant', 'Fine.', checker())).toBe(1);
    expect(await account(patient())).toMatchObject({ pending: 900, held: 0 });
  });
});

describe('a merchant’s balance on hold', () => {
  it('is never more than there is, however many stop it at once', async () => {
    await buy(direct(), 10_000);
    const ask = (amount: bigint | null) =>
      codeOf(program.holds.holdBalance({ merchantId: direct(), asset: 'CNY', amount }, 'Stop.', maker()));
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(100n)));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(2);
    expect(answers.filter((answer) => answer === 'ledger.insufficient-funds')).toHaveLength(6);
    expect([await ask(null), await ask(null)]).toEqual(['done', 'hold.nothing-to-hold']);
    expect(await account(direct())).toMatchObject({ available: 0, held: 290 });
    const dollars = { merchantId: direct(), asset: 'USD', amount: 1n };
    expect(await codeOf(program.holds.holdBalance(dollars, 'Stop.', maker()))).toBe('ledger.insufficient-funds');
    const nobody = { merchantId: 'mer_nobody' as const, asset: 'CNY', amount: 1n };
    expect(await codeOf(program.holds.holdBalance(nobody, 'Stop.', maker()))).toBe('merchant.not-found');
  });

  it('is decided about by somebody else, also in bulk, and voided it is a correction', async () => {
    await buy(direct(), 10_000);
    const both = { ...maker(), roles: [] };
    const wanted = { merchantId: direct(), asset: 'CNY', amount: 200n };
    const { id } = await program.holds.holdBalance(wanted, 'Stop.', both);
    expect(await codeOf(program.holds.releaseHold(id, 'Mine.', both))).toBe('hold.same-person');
    expect(await codeOf(program.holds.voidHold(id, 'Mine.', both))).toBe('hold.same-person');
    expect(await program.holds.releaseAll(direct(), 'merchant-balance', 'Mine.', both)).toBe(0);
    await program.holds.voidHold(id, 'Agreed with the merchant.', checker());
    expect(await account(direct())).toMatchObject({ available: 90, held: 0 });
    expect(await one('SELECT SUM(amount) sum FROM entry WHERE account = ?', ['adjustment'])).toEqual({ sum: '200' });
  });

  it('is released in bulk once, however many do it at once', async () => {
    await buy(direct(), 10_000);
    for (let n = 0; n < 5; n += 1)
      await program.holds.holdBalance({ merchantId: direct(), asset: 'CNY', amount: 10n }, 'Stop.', maker());
    const released = await Promise.all(
      [1, 2, 3].map(() => program.holds.releaseAll(direct(), 'merchant-balance', 'Fine.', checker())),
    );
    expect(released.reduce((a, b) => a + b, 0)).toBe(5);
    expect(await account(direct())).toMatchObject({ available: 290, held: 0 });
  });

  it('stays as it was when its decision dies half-way, and can be decided afterwards', async () => {
    await buy(direct(), 10_000);
    const { id } = await program.holds.holdBalance({ merchantId: direct(), asset: 'CNY', amount: null }, 'S.', maker());
    await program.query(
      `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
       VALUES ('jnl_squatter', ?, 'release', 'In the way.', 'x', 'x', NOW(6))`,
      [`hold.released:${id}`],
    );
    expect(await codeOf(program.holds.releaseHold(id, 'Fine.', checker()))).toContain('Duplicate entry');
    expect(await hold(id)).toMatchObject({ state: 'open', remaining: '290', decided_by: null });
    expect(await account(direct())).toMatchObject({ available: 0, held: 290 });
    await program.query("DELETE FROM journal WHERE id = 'jnl_squatter'");
    expect(await codeOf(program.holds.releaseHold(id, 'Fine.', checker()))).toBe('done');
  });
});

describe('known mistake “The hold bypassed by a manual pay endpoint”: held money never pays out, by no path:', () => {
  const draft = () => program.drafts.draftBatch(maker(), { currency: 'CNY', rail: 'http-bank', minAmount: 1n });
  const stop = () => program.holds.holdBalance({ merchantId: direct(), asset: 'CNY', amount: 100n }, 'Stop.', maker());

  it('a draft leaves the merchant out and says why', async () => {
    await buy(direct(), 10_000);
    await stop();
    const batch = await draft();
    expect(await program.query('SELECT id FROM payout WHERE batch_id = ?', [batch])).toEqual([]);
    expect(
      await one('SELECT reason FROM payout_skip WHERE batch_id = ? AND merchant_id = ?', [batch, direct()]),
    ).toEqual({ reason: 'held' });
  });

  it('an approval of an earlier draft is refused', async () => {
    await buy(direct(), 10_000);
    const batch = await draft();
    await program.batches.requestApproval(maker(), batch);
    await stop();
    expect(await codeOf(program.batches.approveBatch(checker(), batch))).toBe('payout.insufficient-funds');
  });

  it('what is approved already is not stopped by halves: it is reserved, and cancelling brings it within reach', async () => {
    await buy(direct(), 10_000);
    const batch = await draft();
    await program.batches.requestApproval(maker(), batch);
    await program.batches.approveBatch(checker(), batch);
    expect(await codeOf(stop())).toBe('ledger.insufficient-funds');
    await program.batches.cancelBatch(maker(), batch);
    expect(await codeOf(stop())).toBe('done');
    expect(await codeOf(program.batches.submitBatch(maker(), batch))).toBe('payout.wrong-state');
  });

  it('neither a redemption nor a correction reaches it', async () => {
    await buy(direct(), 10_000);
    for (const asset of ['POINTS', 'CNY'])
      await program.holds.holdBalance({ merchantId: direct(), asset, amount: null }, 'Stop.', maker());
    const use = { redemptionId: 'use', asset: 'POINTS', amount: 1 };
    expect(await codeOf(program.redemptions.redeem(program.storefront.id, direct(), use))).toBe(
      'ledger.insufficient-funds',
    );
    const back = { asset: 'CNY', amount: -1, reason: 'Back.' };
    const { id } = await program.adjustments.proposeAdjustment(direct(), back, maker());
    expect(await codeOf(program.adjustments.approveAdjustment(id, checker()))).toBe('ledger.insufficient-funds');
    expect(await account(direct())).toMatchObject({ available: 0, held: 290 });
    expect(await account(direct(), 'POINTS')).toMatchObject({ available: 0, held: 7 });
  });
});
