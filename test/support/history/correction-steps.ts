import { COUPON } from './coupon-model.js';
import { NOTHING, pick, type History, type Of } from './history.js';
import { IS_OLD, type Taken } from './points-model.js';
import type { AdjustmentId, MerchantId } from '../../../src/shared/ids.js';

export interface ModelAdjustment {
  id: AdjustmentId;
  merchant: MerchantId;
  asset: string;
  amount: bigint;
  state: string;
}

export interface ModelRedemption {
  merchant: MerchantId;
  dto: { redemptionId: string; asset: string; amount: number };
  taken: Taken;
  /** What can still be reversed. */
  left: bigint;
  reversals: { dto: { reversalId: string; amount: number; reason: string } }[];
}

/** What people correct, use up and decide about a merchant. */
export const correctionSteps = {
  adjust,
  decide,
  redeem,
  'redeem-otherwise': redeemOtherwise,
  reverse,
  lapse,
  expire,
  merchant: changeMerchant,
};

async function adjust(history: History, { merchant: who, asset, amount }: Of<'adjust'>): Promise<void> {
  const merchant = history.program.merchants[who] ?? 'mer_none';
  const dto = { asset, amount, reason: 'A correction.' };
  const { id } = await history.program.adjustments.proposeAdjustment(merchant, dto, history.program.staff('maker'));
  history.adjustments.push({ id, merchant, asset, amount: BigInt(amount), state: 'waiting' });
}

async function decide(history: History, step: Of<'decide'>): Promise<unknown> {
  const adjustment = pick(history.adjustments, step.adjustment);
  if (!adjustment) return NOTHING;
  const { id, merchant, asset, amount } = adjustment;
  const short = step.decision === 'approve' && history.books.of(merchant, asset, 'available') + amount < 0n;
  const refusal =
    step.who === 'maker'
      ? 'adjustment.same-person'
      : adjustment.state !== 'waiting'
        ? 'adjustment.wrong-state'
        : amount < 0n && short
          ? 'ledger.insufficient-funds'
          : null;
  const by = history.program.staff(step.who);
  await history.call(step.times, refusal, 'adjustment.wrong-state', () =>
    step.decision === 'approve'
      ? history.program.adjustments.approveAdjustment(id, by)
      : history.program.adjustments.rejectAdjustment(id, by),
  );
  if (refusal !== null) return;
  adjustment.state = step.decision;
  if (step.decision === 'reject') return;
  if (amount > 0n) history.books.credit(merchant, asset, amount, ['platform', 'adjustment']);
  else history.books.move(asset, -amount, [merchant, 'available'], ['platform', 'adjustment']);
}

async function redeem(history: History, step: Of<'redeem'>): Promise<void> {
  const merchant = history.program.merchants[step.merchant] ?? 'mer_none';
  const dto = { redemptionId: history.newId('redemption'), asset: 'POINTS', amount: step.amount };
  // What is past its day is nobody's, also before the sweep comes by.
  const points = history.books.points(merchant);
  const refusal = points.remaining('young', 'old') < BigInt(step.amount) ? 'ledger.insufficient-funds' : null;
  await history.call(step.times, refusal, null, () =>
    history.program.redemptions.redeem(history.program.storefront.id, merchant, dto),
  );
  if (refusal !== null) return;
  history.books.move('POINTS', points.due, [merchant, 'available'], ['platform', 'expired']);
  const left = BigInt(step.amount);
  const taken = history.books.takePoints(merchant, left, ['platform', 'redeemed']);
  history.redemptions.push({ merchant, dto, taken, left, reversals: [] });
}

async function redeemOtherwise(history: History, step: Of<'redeem-otherwise'>): Promise<unknown> {
  const known = pick(history.redemptions, step.redemption);
  if (!known) return NOTHING;
  const dto = { ...known.dto, amount: known.dto.amount + 1 };
  await history.call('once', 'redemption.conflict', null, () =>
    history.program.redemptions.redeem(history.program.storefront.id, known.merchant, dto),
  );
}

async function reverse(history: History, step: Of<'reverse'>): Promise<unknown> {
  const redemption = pick(history.redemptions, step.redemption);
  if (!redemption) return NOTHING;
  const { merchant, dto, taken, left, reversals } = redemption;
  const { program, books } = history;
  const call = (request: { reversalId: string; amount: number; reason: string }) =>
    program.reversals.reverse(program.storefront.id, merchant, dto.redemptionId, request);
  if (step.otherwise) {
    const [known] = reversals;
    if (!known) return NOTHING;
    return history.call('once', 'redemption.conflict', null, () => call({ ...known.dto, reason: 'Something else.' }));
  }
  const amount = BigInt(step.amount);
  const request = { reversalId: history.newId('reversal'), amount: step.amount, reason: 'Not used after all.' };
  const refusal = amount > left ? 'redemption.more-than-redeemed' : null;
  await history.call(step.times, refusal, null, () => call(request));
  if (refusal !== null) return;
  redemption.left -= amount;
  reversals.push({ dto: request });
  if (dto.asset === COUPON) books.freeCoupon(merchant, 'redeemed', ['platform', 'redeemed']);
  else books.givePointsBack(merchant, taken, amount, ['platform', 'redeemed'], true);
}

/** A merchant's points grow old, and, if the history says so, their day comes. */
async function lapse(history: History, step: Of<'lapse'>): Promise<void> {
  const merchant = history.program.merchants[step.merchant] ?? 'mer_none';
  const points = history.books.points(merchant);
  if (step.young) {
    const older = 'UPDATE points_lot SET expires_at = expires_at - INTERVAL 7 DAY WHERE merchant_id = ?';
    await history.program.query(older, [merchant]);
    points.grow();
  } else {
    const lapses = 'UPDATE points_lot SET expires_at = NOW(6) WHERE merchant_id = ? AND expires_at > NOW(6) AND ';
    await history.program.query(`${lapses} ${IS_OLD}`, [merchant]);
    points.lapse();
  }
}

async function expire(history: History, step: Of<'expire'>): Promise<void> {
  const { program, books } = history;
  await history.call(step.times, null, null, () => program.pointsExpiry.expirePoints());
  for (const merchant of program.merchants)
    books.move('POINTS', books.points(merchant).due, [merchant, 'available'], ['platform', 'expired']);
}

async function changeMerchant(history: History, { merchant, state }: Of<'merchant'>): Promise<unknown> {
  const id = history.program.merchants[merchant] ?? 'mer_none';
  if (history.stateOf(id) === 'closed') return NOTHING;
  await history.program.query('UPDATE merchant SET state = ? WHERE id = ?', [state, id]);
  history.states.set(id, state);
}
