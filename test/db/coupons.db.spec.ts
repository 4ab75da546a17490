import type { Type } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { checkInvariant } from '../../src/finance/audit/all-invariants.js';
import { ledgerInvariants } from '../../src/finance/ledger/ledger-invariants.js';
import { MerchantRegistry } from '../../src/database/merchants/merchant-registry.js';
import { AssetsModule } from '../../src/finance/assets/assets.module.js';
import { CouponExpiryService } from '../../src/finance/assets/coupons/coupon-expiry.service.js';
import { couponInvariants } from '../../src/finance/assets/coupons/coupon-invariants.js';
import { CouponService } from '../../src/finance/assets/coupons/coupon.service.js';
import { CouponUseService } from '../../src/finance/assets/redemptions/coupon-use.service.js';
import type { CouponEntity } from '../../src/finance/assets/coupons/coupon.entity.js';
import { clawbackEntries, creditEntries, operatorEntry, type Book } from '../../src/finance/ledger/book.js';
import type { EntryDraft, JournalKind } from '../../src/finance/ledger/journal.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { payoutInvariants } from '../../src/finance/payouts/payout-invariants.js';
import { RedemptionReversalService } from '../../src/finance/assets/redemptions/redemption-reversal.service.js';
import { redemptionInvariants } from '../../src/finance/assets/redemptions/redemption-invariants.js';
import { RedemptionService } from '../../src/finance/assets/redemptions/redemption.service.js';
import {
  newId,
  type CouponId,
  type MerchantId,
  type OrderEventId,
  type RewardId,
  type StorefrontId,
} from '../../src/shared/ids.js';
import { AnyMerchant, roomsOf } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

const asset = 'COUPON:TEA';
const shop = 'sto_a';
const INVARIANTS = [...ledgerInvariants, ...payoutInvariants, ...redemptionInvariants, ...couponInvariants(600)];

let room: TestingModule;
let dataSource: DataSource;
let unitOfWork: UnitOfWork;
let ledger: Ledger;
let use: CouponUseService;
let coupons: CouponService;
let expiry: CouponExpiryService;
let redemptions: RedemptionService;
let reversals: RedemptionReversalService;

beforeAll(async () => {
  const config = testConfig(await createTestDatabase(), { YINKE_LOG_LEVEL: 'silent' });
  room = await roomsOf(config, [AssetsModule]).overrideProvider(MerchantRegistry).useValue(new AnyMerchant()).compile();
  await room.init();
  const get = <T>(type: Type<T>): T => room.get(type, { strict: false });
  dataSource = get(DataSource);
  unitOfWork = get(UnitOfWork);
  ledger = get(Ledger);
  use = get(CouponUseService);
  coupons = get(CouponService);
  expiry = get(CouponExpiryService);
  redemptions = get(RedemptionService);
  reversals = get(RedemptionReversalService);
  for (const [name, storefront] of [
    ['TEA', null],
    ['OTHERS', 'sto_b'],
  ])
    await dataSource.query(
      `INSERT INTO coupon_template (name, storefront_id, currency, kind, amount, categories, excluded_categories, valid_days, created_at)
       VALUES (?, ?, 'CNY', 'amount-off', 500, '[]', '[]', 30, NOW(6))`,
      [name, storefront],
    );
});
afterEach(async () => {
  expect(await offenders(dataSource.manager)).toEqual([]);
});
afterAll(() => room.close());

async function offenders(tx: EntityManager): Promise<string[]> {
  const found = [];
  for (const invariant of INVARIANTS) {
    const result = await checkInvariant((sql) => tx.query(sql), invariant);
    found.push(...result.offenders.map((offender) => `${result.title}: ${offender}`));
  }
  return found;
}

let keys = 0;
type Posting = { kind?: JournalKind; cause?: OrderEventId; of?: string; entries: (book: Book) => EntryDraft[] };
function post(merchantId: MerchantId, { kind = 'reward', cause, of = asset, entries }: Posting): Promise<unknown> {
  keys += 1;
  const key = `test:${keys}`;
  return unitOfWork.run((tx) =>
    ledger.post(tx, [{ merchantId, asset: of }], (book) =>
      book.post({
        businessKey: key,
        kind,
        description: 'A test.',
        occurredAt: new Date(),
        cause: { type: 'order-event', id: cause ?? `evt_${keys}` },
        entries: entries(book),
      }),
    ),
  );
}

const credit = (merchantId: MerchantId, amount: bigint, rewardId?: RewardId, of = asset) =>
  post(merchantId, {
    of,
    entries: (book) => [
      ...creditEntries(book, { merchantId, asset: of, amount, ...(rewardId && { rewardId }) }),
      operatorEntry('reward-cost', { asset: of, amount: -amount }),
    ],
  });
const refund = (merchantId: MerchantId, amount: bigint, rewardId?: RewardId) =>
  post(merchantId, {
    kind: 'refund',
    entries: (book) => [
      ...clawbackEntries(book, { merchantId, asset, amount, ...(rewardId && { rewardId }) }),
      operatorEntry('reward-cost', { asset, amount }),
    ],
  });
const shift = (merchantId: MerchantId, kind: JournalKind, cause: OrderEventId, amount: bigint, rewardId?: RewardId) =>
  post(merchantId, {
    kind,
    cause,
    entries: () => [
      { owner: merchantId, asset, account: 'available', amount: -amount, ...(rewardId && { rewardId }) },
      { owner: merchantId, asset, account: 'held', amount, ...(rewardId && { rewardId }) },
    ],
  });

async function couponsOf(merchantId: MerchantId): Promise<CouponEntity[]> {
  return dataSource.query('SELECT * FROM coupon WHERE merchant_id = ? ORDER BY id', [merchantId]);
}
const states = async (merchantId: MerchantId) => (await couponsOf(merchantId)).map(({ state }) => state);

async function merchantWith(count: number): Promise<{ merchant: MerchantId; codes: string[] }> {
  const merchant = newId('merchant');
  for (let made = 0; made < count; made += 1) await credit(merchant, 1n, `rwd_${merchant}_${made}`);
  return { merchant, codes: (await couponsOf(merchant)).map(({ code }) => code) };
}
const account = async (merchantId: MerchantId) =>
  (
    await dataSource.query<Record<string, string>[]>(
      'SELECT available, reserved, held, owed FROM account WHERE merchant_id = ?',
      [merchantId],
    )
  ).map((row) => [row.available, row.reserved, row.held, row.owed].map(Number))[0];

const basket = (lineTotal = 2_000) => ({
  currency: 'CNY',
  lines: [{ sku: 'tea', quantity: 1, unitPrice: lineTotal, lineTotal }],
});
const reserve = (code: string, orderId: string, lineTotal?: number, storefront: StorefrontId = shop) =>
  use.reserve(storefront, code, { orderId, ...basket(lineTotal) });
const lapse = (merchant: string, column: 'expires_at' | 'reserved_until') =>
  dataSource.query(`UPDATE coupon SET ${column} = NOW(6) - INTERVAL 1 SECOND WHERE merchant_id = ?`, [merchant]);
const code = (name: string) => ({ code: `coupon.${name}` });

describe('a coupon', () => {
  it('is reserved by one of fifty orders at the same time', async () => {
    const { merchant, codes } = await merchantWith(1);
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => reserve(codes[0] ?? '', `order-${i}`)),
    );
    const won = answers.filter(({ status }) => status === 'fulfilled');
    const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    expect([won.length, new Set(lost)]).toEqual([1, new Set(['coupon.reserved'])]);
    expect(await account(merchant)).toEqual([0, 1, 0, 0]);
  });

  it('is used once by fifty calls at the same time, reserved or not', async () => {
    for (const reserved of [true, false]) {
      const { merchant, codes } = await merchantWith(1);
      const [mine = ''] = codes;
      if (reserved) await reserve(mine, 'order-1');
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => use.redeem(shop, mine, { orderId: 'order-1', ...basket() })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ discount: 500, coupon: { state: 'redeemed', orderId: 'order-1' } });
      await expect(use.redeem(shop, mine, { orderId: 'order-2', ...basket() })).rejects.toMatchObject(code('redeemed'));
      await expect(reserve(mine, 'order-1')).rejects.toMatchObject(code('redeemed'));
      expect(await account(merchant)).toEqual([0, 0, 0, 0]);
    }
  });

  it('answers a repeated reservation the same, and other lines or another storefront with a refusal', async () => {
    const { codes } = await merchantWith(1);
    const [mine = ''] = codes;
    const first = await reserve(mine, 'order-1', 300);
    expect(first).toMatchObject({ discount: 300, eligibleTotal: 300, lines: [{ sku: 'tea', discount: 300 }] });
    expect(await reserve(mine, 'order-1', 300)).toEqual(first);
    await expect(reserve(mine, 'order-1', 301)).rejects.toMatchObject(code('conflict'));
    await expect(reserve(mine, 'order-1', 300, 'sto_b')).rejects.toMatchObject(code('reserved'));
    await expect(use.release('sto_b', mine, 'order-1')).rejects.toMatchObject(code('reserved'));
    expect(await use.release(shop, mine, 'order-1')).toMatchObject({ state: 'issued', orderId: null });
    expect(await use.release(shop, mine, 'order-1')).toMatchObject({ state: 'issued' });
    await expect(use.redeem(shop, mine, { orderId: 'order-1' })).rejects.toMatchObject(code('not-reserved'));
    expect(await reserve(mine, 'order-2')).toMatchObject({ discount: 500 });
  });

  it('is a conflict with another basket of the same order, whatever field of it differs', async () => {
    const { codes } = await merchantWith(1);
    const [mine = ''] = codes;
    const tea = { sku: 'tea', category: 'drinks', quantity: 2, unitPrice: 300, lineTotal: 600 };
    const cup = { sku: 'cup', quantity: 1, unitPrice: 100, lineTotal: 100 };
    const known = { orderId: 'order-1', currency: 'CNY', lines: [tea, cup] };
    const first = await use.reserve(shop, mine, known);
    const others = [
      { currency: 'EUR' },
      { lines: [{ ...tea, sku: 'tee' }, cup] },
      { lines: [{ ...tea, category: 'food' }, cup] },
      { lines: [{ ...tea, category: null }, cup] },
      { lines: [{ ...tea, quantity: 3 }, cup] },
      { lines: [{ ...tea, unitPrice: 301 }, cup] },
      { lines: [{ ...tea, lineTotal: 599 }, cup] },
      { lines: [cup, tea] },
      { lines: [tea] },
    ];
    for (const other of others) {
      const differs = { ...known, ...other };
      await expect(use.reserve(shop, mine, differs)).rejects.toMatchObject(code('conflict'));
      await expect(use.redeem(shop, mine, differs)).rejects.toMatchObject(code('conflict'));
    }
    expect(await use.reserve(shop, mine, { ...known, lines: [tea, { ...cup, category: null }] })).toEqual(first);
    expect(await use.redeem(shop, mine, known)).toMatchObject({ coupon: { state: 'redeemed' } });
    await expect(use.redeem(shop, mine, { ...known, lines: [tea] })).rejects.toMatchObject(code('conflict'));
  });

  it('is not found by a code that is wrong, nobody’s, or another storefront’s, and all three look the same', async () => {
    const { merchant } = await merchantWith(1);
    await credit(merchant, 1n, undefined, 'COUPON:OTHERS');
    const foreign = (await couponsOf(merchant)).at(-1)?.code ?? '';
    expect(await reserve(foreign, 'order-1', 100, 'sto_b')).toMatchObject({ discount: 100 });
    const refusals = await Promise.all(
      ['nonsense', '2345678923456789234567', foreign].map((typed) =>
        reserve(typed, 'order-2').catch((error: unknown) => (error as Error).message),
      ),
    );
    expect(new Set(refusals)).toEqual(new Set(['coupon.not-found: There is no coupon of this code.']));
  });

  it('is taken back by the refund of the order that earned it; while it is reserved or used, one is owed', async () => {
    const { merchant, codes } = await merchantWith(3);
    await refund(merchant, 1n, `rwd_${merchant}_1`);
    expect(await states(merchant)).toEqual(['issued', 'revoked', 'issued']);
    await use.redeem(shop, codes[0] ?? '', { orderId: 'order-1', ...basket() });
    await reserve(codes[2] ?? '', 'order-2');
    await refund(merchant, 1n, `rwd_${merchant}_0`);
    expect([await states(merchant), await account(merchant)]).toEqual([
      ['redeemed', 'revoked', 'reserved'],
      [0, 1, 0, -1],
    ]);
    // What is owed takes the reserved one when its order does not come, and the next is the merchant's.
    await use.release(shop, codes[2] ?? '', 'order-2');
    await credit(merchant, 1n);
    expect([await states(merchant), await account(merchant)]).toEqual([
      ['redeemed', 'revoked', 'revoked', 'issued'],
      [1, 0, 0, 0],
    ]);
  });

  it('lapses when its day has come, once however many workers look, and not while it is reserved', async () => {
    const [one, two] = [await merchantWith(2), await merchantWith(1)];
    await reserve(two.codes[0] ?? '', 'order-1');
    for (const { merchant } of [one, two]) await lapse(merchant, 'expires_at');
    await expect(reserve(one.codes[0] ?? '', 'order-2')).rejects.toMatchObject(code('expired'));
    const counts = await Promise.all([1, 2, 3].map(() => expiry.expireCoupons()));
    expect(counts.reduce((a, b) => a + b, 0)).toBe(2);
    expect([await states(one.merchant), await states(two.merchant)]).toEqual([['expired', 'expired'], ['reserved']]);
    await lapse(two.merchant, 'reserved_until');
    expect(await expiry.expireCoupons()).toBe(2);
    expect(await states(two.merchant)).toEqual(['expired']);
  });

  it('is free again when the order that it is reserved for does not come in time', async () => {
    const { merchant, codes } = await merchantWith(1);
    await reserve(codes[0] ?? '', 'order-1');
    await lapse(merchant, 'reserved_until');
    expect(await expiry.expireCoupons()).toBe(1);
    expect([await states(merchant), await account(merchant)]).toEqual([['issued'], [1, 0, 0, 0]]);
    expect(await reserve(codes[0] ?? '', 'order-2')).toMatchObject({ coupon: { orderId: 'order-2' } });
  });

  it('comes back when its redemption is reversed, can be used again, and once used pays no debt twice', async () => {
    const { merchant, codes } = await merchantWith(1);
    const [mine = ''] = codes;
    for (const orderId of ['order-1', 'order-2']) {
      const { redemptionId } = await use.redeem(shop, mine, { orderId, ...basket() });
      await reversals.reverse(shop, merchant, redemptionId, { reason: 'The order was cancelled.' });
      expect([await states(merchant), await account(merchant)]).toEqual([['issued'], [1, 0, 0, 0]]);
    }
    const { redemptionId } = await use.redeem(shop, mine, { orderId: 'order-3', ...basket() });
    await refund(merchant, 1n, `rwd_${merchant}_0`);
    await reversals.reverse(shop, merchant, redemptionId, { reason: 'The order was cancelled.' });
    expect([await states(merchant), await account(merchant)]).toEqual([['revoked'], [0, 0, 0, 0]]);
  });

  it('is used by number too: the first to expire, and never one past its day', async () => {
    const { merchant } = await merchantWith(3);
    const [first, second, third] = await couponsOf(merchant);
    const expires = (id: string | undefined, days: number) =>
      dataSource.query('UPDATE coupon SET expires_at = NOW(6) + INTERVAL ? DAY WHERE id = ?', [days, id]);
    await expires(first?.id, 20);
    await expires(second?.id, -1);
    await expires(third?.id, 10);
    const redeem = (redemptionId: string, amount: number) =>
      redemptions.redeem(shop, merchant, { redemptionId, asset, amount, orderId: 'order-1' });
    await redeem(`${merchant}-1`, 1);
    expect(await states(merchant)).toEqual(['issued', 'expired', 'redeemed']);
    const refusal = { code: 'ledger.insufficient-funds' };
    await expect(redeem(`${merchant}-2`, 2)).rejects.toMatchObject(refusal);
    await redeem(`${merchant}-2`, 1);
    await reversals.reverse(shop, merchant, `${merchant}-2`, { reason: 'A mistake.' });
    expect(await states(merchant)).toEqual(['issued', 'expired', 'redeemed']);
  });

  it('is stopped by a hold and comes back from it with its code; what was never issued is issued then', async () => {
    const { merchant, codes } = await merchantWith(2);
    const before = await couponsOf(merchant);
    await shift(merchant, 'hold', 'evt_hold1', 2n);
    expect(await states(merchant)).toEqual(['held', 'held']);
    await expect(reserve(codes[0] ?? '', 'order-1')).rejects.toMatchObject(code('held'));
    await shift(merchant, 'release', 'evt_hold1', -2n);
    expect(await couponsOf(merchant)).toEqual(before);
    await shift(merchant, 'hold', 'evt_hold2', 1n);
    await post(merchant, {
      kind: 'refund',
      cause: 'evt_hold2',
      entries: () => [
        { owner: merchant, asset, account: 'held', amount: -1n },
        operatorEntry('reward-cost', { asset, amount: 1n }),
      ],
    });
    expect([...(await states(merchant))].sort()).toEqual(['issued', 'revoked']);
    await post(merchant, {
      entries: () => [
        { owner: merchant, asset, account: 'held', amount: 1n },
        operatorEntry('reward-cost', { asset, amount: -1n }),
      ],
    });
    expect(await couponsOf(merchant)).toHaveLength(2);
    await shift(merchant, 'release', 'evt_hold3', -1n);
    expect([...(await states(merchant))].sort()).toEqual(['issued', 'issued', 'revoked']);
  });

  it('is taken back from the hold of its reward, also when it had come with another reward', async () => {
    const { merchant, codes } = await merchantWith(3);
    const rewardId = `rwd_${merchant}_0` as const;
    await use.redeem(shop, codes[0] ?? '', { orderId: 'order-1', ...basket() });
    await shift(merchant, 'hold', 'evt_hold4', 1n);
    await shift(merchant, 'hold', 'evt_hold5', 1n, rewardId);
    expect(await states(merchant)).toEqual(['redeemed', 'held', 'held']);
    await post(merchant, {
      kind: 'refund',
      entries: () => [
        { owner: merchant, asset, account: 'held', amount: -1n, rewardId },
        operatorEntry('reward-cost', { asset, amount: 1n, rewardId }),
      ],
    });
    expect([await states(merchant), await account(merchant)]).toEqual([
      ['redeemed', 'held', 'revoked'],
      [0, 0, 1, 0],
    ]);
    const before = await couponsOf(merchant);
    await shift(merchant, 'release', 'evt_hold4', -1n);
    expect(await states(merchant)).toEqual(['redeemed', 'issued', 'revoked']);
    expect(await couponsOf(merchant)).toHaveLength(before.length);
  });

  it('comes back from the redemption that used it last, whichever used it before', async () => {
    const { merchant, codes } = await merchantWith(2);
    const redeem = (redemptionId: string, amount: number) =>
      redemptions.redeem(shop, merchant, { redemptionId: `${merchant}-${redemptionId}`, asset, amount });
    const reverse = (redemptionId: string, reversalId: string) =>
      reversals.reverse(shop, merchant, `${merchant}-${redemptionId}`, { reversalId, amount: 1, reason: 'A mistake.' });
    await redeem('both', 2);
    await reverse('both', 'one');
    await redeem('again', 1);
    await reverse('both', 'two');
    expect(await states(merchant)).toEqual(['redeemed', 'issued']);
    await reverse('again', 'one');
    expect(await states(merchant)).toEqual(['issued', 'issued']);
    expect((await couponsOf(merchant)).map((coupon) => coupon.code)).toEqual(codes);
  });

  it('of another storefront is not used by number either, and looks as if there were none', async () => {
    const merchant = newId('merchant');
    const others = 'COUPON:OTHERS';
    const redeem = (storefront: StorefrontId, redemptionId: string, wanted = others) =>
      redemptions.redeem(storefront, merchant, {
        redemptionId: `${merchant}-${redemptionId}`,
        asset: wanted,
        amount: 1,
      });
    const none = await redeem(shop, '1').catch((error: unknown) => (error as Error).message);
    await credit(merchant, 1n, undefined, others);
    expect(await redeem(shop, '1').catch((error: unknown) => (error as Error).message)).toBe(none);
    expect(await redeem('sto_b', '2')).toMatchObject({ amount: 1 });
  });

  it('is revoked by a person once, reserved or not, and a used one is not', async () => {
    const { merchant, codes } = await merchantWith(3);
    const [one, two, three] = await couponsOf(merchant);
    await reserve(codes[1] ?? '', 'order-1');
    await use.redeem(shop, codes[2] ?? '', { orderId: 'order-2', ...basket() });
    const revoke = (id: CouponId = 'cpn_none') => coupons.revokeCoupon(merchant, id, 'Stolen.', { kind: 'anonymous' });
    await Promise.all(Array.from({ length: 5 }, () => revoke(one?.id)));
    await revoke(two?.id);
    await expect(revoke(three?.id)).rejects.toMatchObject(code('redeemed'));
    await expect(
      coupons.revokeCoupon('mer_other', one?.id ?? 'cpn_none', 'x', { kind: 'anonymous' }),
    ).rejects.toMatchObject(code('not-found'));
    expect([await states(merchant), await account(merchant)]).toEqual([
      ['revoked', 'revoked', 'redeemed'],
      [0, 0, 0, 0],
    ]);
    await expect(reserve(codes[0] ?? '', 'order-3')).rejects.toMatchObject(code('revoked'));
  });

  it('is given in numbers by one journal, each with a code of its own', async () => {
    const merchant = newId('merchant');
    await credit(merchant, 100n);
    expect(new Set((await couponsOf(merchant)).map((coupon) => coupon.code)).size).toBe(100);
  });

  it('of no template is counted and cannot be used', async () => {
    const merchant = newId('merchant');
    await credit(merchant, 1n, undefined, 'COUPON:NOBODY');
    const [lost] = await couponsOf(merchant);
    await expect(reserve(lost?.code ?? '', 'order-1')).rejects.toMatchObject(code('not-found'));
  });
});
