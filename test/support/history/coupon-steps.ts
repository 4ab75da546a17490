import type { CouponState } from '../../../src/finance/assets/coupons/coupon.js';
import { COUPON } from './coupon-model.js';
import { NOTHING, pick, type History, type Of } from './history.js';
import type { CouponId, MerchantId } from '../../../src/shared/ids.js';

/** What single coupons go through. */
export const couponSteps = {
  coupon: useCoupon,
  'coupons-late': late,
};

interface Row {
  id: CouponId;
  code: string;
  merchant_id: MerchantId;
  state: CouponState;
  order_id: string | null;
  past: string | null;
  overdue: string | null;
}

const CURRENCY = 'CNY';
const LINES = [{ sku: 'sku0', quantity: 1, unitPrice: 5_000, lineTotal: 5_000 }];

async function useCoupon(history: History, step: Of<'coupon'>): Promise<unknown> {
  const { program, books } = history;
  const coupon = pick(await coupons(history), step.coupon);
  if (!coupon) return NOTHING;
  const { id, code, merchant_id: merchant, state } = coupon;
  const orderId = `shop-${step.order}`;
  const mine = coupon.order_id === orderId;
  const because = `coupon.${state}`;
  const unusable = state !== 'issued' ? because : coupon.past === '1' ? 'coupon.expired' : null;
  const move = (from: CouponState, to: CouponState, target: [string, string]) =>
    books.moveCoupon(merchant, [from, from === 'issued' ? 'available' : from], [to, target]);
  switch (step.action) {
    case 'reserve': {
      const known = state === 'reserved' && mine;
      const refusal = known ? null : unusable;
      await history.call(step.times, refusal, null, () =>
        program.couponUse.reserve(program.storefront.id, code, { orderId, currency: CURRENCY, lines: LINES }),
      );
      if (refusal === null && !known) move('issued', 'reserved', [merchant, 'reserved']);
      return;
    }
    case 'redeem': {
      const done = state === 'redeemed' && mine;
      const kept = state === 'reserved' && mine;
      const refusal = done || kept ? null : (unusable ?? (step.lines ? null : 'coupon.not-reserved'));
      let redemptionId = '';
      await history.call(step.times, refusal, null, async () => {
        const use = { orderId, ...(step.lines && { currency: CURRENCY, lines: LINES }) };
        ({ redemptionId } = await program.couponUse.redeem(program.storefront.id, code, use));
      });
      if (refusal !== null || done) return;
      move(kept ? 'reserved' : 'issued', 'redeemed', ['platform', 'redeemed']);
      const dto = { redemptionId, asset: COUPON, amount: 1 };
      history.redemptions.push({ merchant, dto, taken: new Map(), left: 1n, reversals: [] });
      return;
    }
    case 'release': {
      const kept = state === 'reserved' && mine;
      const refusal = kept || state === 'issued' ? null : because;
      const pays = books.of(merchant, COUPON, 'owed') < 0n;
      // What pays a debt is not the merchant's any more.
      await history.call(step.times, refusal, kept && pays ? 'coupon.revoked' : null, () =>
        program.couponUse.release(program.storefront.id, code, orderId),
      );
      if (kept) books.freeCoupon(merchant, 'reserved', [merchant, 'reserved']);
      return;
    }
    case 'revoke': {
      const live = state === 'issued' || state === 'reserved';
      const refusal = live || state === 'revoked' ? null : because;
      await history.call(step.times, refusal, null, () =>
        program.coupons.revokeCoupon(merchant, id, 'A mistake.', program.staff('maker')),
      );
      if (live) move(state, 'revoked', ['platform', 'adjustment']);
      return;
    }
  }
}

/** The day of a merchant's coupons comes, or the time of their reservations, and the sweep after it. */
async function late(history: History, step: Of<'coupons-late'>): Promise<void> {
  const { program, books } = history;
  const merchant = program.merchants[step.merchant] ?? 'mer_none';
  if (step.day) await program.query('UPDATE coupon SET expires_at = NOW(6) WHERE merchant_id = ?', [merchant]);
  if (step.reservations)
    await program.query("UPDATE coupon SET reserved_until = NOW(6) WHERE merchant_id = ? AND state = 'reserved'", [
      merchant,
    ]);
  const rows = await coupons(history);
  await history.call(step.times, null, null, () => program.couponExpiry.expireCoupons());
  for (const { merchant_id: one, state, past, overdue } of rows) {
    const freed = state === 'reserved' && overdue === '1' && books.freeCoupon(one, 'reserved', [one, 'reserved']);
    if ((freed || state === 'issued') && past === '1')
      books.moveCoupon(one, ['issued', 'available'], ['expired', ['platform', 'expired']]);
  }
}

/** The coupons as they stand: each is in the state that the counts of the model were compared with. */
function coupons({ program }: History): Promise<Row[]> {
  return program.query<Row>(
    `SELECT id, code, merchant_id, state, order_id, CAST(expires_at <= NOW(6) AS CHAR) past,
      CAST(reserved_until <= NOW(6) AS CHAR) overdue FROM coupon ORDER BY id`,
  );
}
