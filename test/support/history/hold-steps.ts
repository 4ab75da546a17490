import type { Hold } from '../../../src/finance/decisions/holds/hold.js';
import { COUPON } from './coupon-model.js';
import type { ModelHold } from './hold-model.js';
import { NOTHING, pick, type History, type Of } from './history.js';
import type { HoldId, MerchantId, RewardId } from '../../../src/shared/ids.js';

/** What people stop, and what other people decide about it. */
export const holdSteps = {
  'hold-reward': holdReward,
  'hold-balance': holdBalance,
  'decide-hold': decideHold,
  'release-all': releaseAll,
};

async function holdReward(history: History, step: Of<'hold-reward'>): Promise<unknown> {
  const { program, books } = history;
  const reward = pick(history.rewards(), step.reward);
  if (!reward) return NOTHING;
  const { merchant, asset } = reward.rule;
  const available = books.of(merchant, asset, 'available');
  const matured = reward.matured - reward.clawedBack;
  const source = reward.pending > 0n ? 'pending' : 'available';
  const amount = reward.pending > 0n ? reward.pending : matured < available ? matured : available;
  const refusal = amount === 0n ? 'hold.nothing-to-hold' : null;
  const [row] = await program.query<{ id: RewardId }>(
    'SELECT r.id FROM reward r JOIN shop_order o ON o.id = r.order_pk WHERE o.order_id = ? AND r.rule_id = ? AND r.asset = ?',
    [reward.order.orderId, reward.rule.id, asset],
  );
  const id = await made(history, step, refusal, () =>
    program.holds.holdReward(row?.id ?? 'rwd_none', 'It looks odd.', program.staff(step.who)),
  );
  if (refusal !== null) return;
  reward[source === 'pending' ? 'pending' : 'matured'] -= amount;
  reward.held += amount;
  const taken = stop(history, merchant, asset, source, amount);
  const coupons = couponsOf(asset, source, amount);
  books.holds.open({ id, merchant, asset, cause: 'reward', amount, heldBy: step.who, reward, taken, coupons });
}

async function holdBalance(history: History, step: Of<'hold-balance'>): Promise<void> {
  const { program, books } = history;
  const { asset } = step;
  const merchant = program.merchants[step.merchant] ?? 'mer_none';
  const available = books.of(merchant, asset, 'available');
  const amount = step.amount === null ? available : BigInt(step.amount);
  const refusal = amount === 0n ? 'hold.nothing-to-hold' : amount > available ? 'ledger.insufficient-funds' : null;
  // Another call for a sum stops another sum; only "all" is the same when it is said again.
  const times = step.amount === null ? step.times : 'once';
  const wanted = { merchantId: merchant, asset, amount: step.amount === null ? null : amount };
  const id = await made(history, { times }, refusal, () =>
    program.holds.holdBalance(wanted, 'It looks odd.', program.staff(step.who)),
  );
  if (refusal !== null) return;
  const taken = stop(history, merchant, asset, 'available', amount);
  const coupons = couponsOf(asset, 'available', amount);
  books.holds.open({ id, merchant, asset, cause: 'merchant-balance', amount, heldBy: step.who, taken, coupons });
}

async function decideHold(history: History, step: Of<'decide-hold'>): Promise<unknown> {
  const { program, books } = history;
  const hold = pick(books.holds.all, step.hold);
  if (!hold) return NOTHING;
  const refusal =
    hold.heldBy === step.who
      ? 'hold.same-person'
      : hold.state !== 'open'
        ? 'hold.wrong-state'
        : step.decision === 'void' && ['bad-account', 'returned-payout'].includes(hold.cause)
          ? 'hold.not-voidable'
          : null;
  const id = await idOf(history, hold);
  const by = program.staff(step.who);
  await history.call(step.times, refusal, 'hold.wrong-state', () =>
    step.decision === 'void'
      ? program.holds.voidHold(id, 'It was odd.', by)
      : program.holds.releaseHold(id, 'It was not odd.', by),
  );
  if (refusal !== null) return;
  if (step.decision === 'release') release(history, hold);
  else {
    const { merchant, asset, remaining, reward } = hold;
    books.move(asset, remaining, [merchant, 'held'], ['platform', reward ? 'reward-cost' : 'adjustment']);
    if (reward) reward.voided += remaining;
    books.loseCoupons(hold, remaining);
    settle(hold, 'voided');
  }
}

async function releaseAll(history: History, step: Of<'release-all'>): Promise<void> {
  const { program, books } = history;
  const merchant = program.merchants[step.merchant] ?? 'mer_none';
  await history.call(step.times, null, null, () =>
    program.holds.releaseAll(merchant, step.cause, 'It was not odd.', program.staff(step.who)),
  );
  for (const hold of books.holds.all)
    if (hold.merchant === merchant && hold.cause === step.cause && hold.state === 'open' && hold.heldBy !== step.who)
      release(history, hold);
}

/** Makes a hold and tells its id, if it was made. */
async function made(
  history: History,
  { times }: Pick<Of<'hold-reward'>, 'times'>,
  refusal: string | null,
  call: () => Promise<Hold>,
): Promise<HoldId | null> {
  let id: HoldId | null = null;
  await history.call(times, refusal, 'hold.nothing-to-hold', async () => {
    id = (await call()).id;
  });
  return id;
}

function stop(
  { books }: History,
  merchant: MerchantId,
  asset: string,
  source: 'pending' | 'available',
  amount: bigint,
) {
  if (source === 'available' && asset === 'POINTS') return books.takePoints(merchant, amount, [merchant, 'held']);
  if (source === 'available' && asset === COUPON) books.stopCoupons(merchant, amount);
  else books.move(asset, amount, [merchant, source], [merchant, 'held']);
  return null;
}

function couponsOf(asset: string, source: 'pending' | 'available', amount: bigint): bigint {
  return asset === COUPON && source === 'available' ? amount : 0n;
}

function release({ books }: History, hold: ModelHold): void {
  const { merchant, asset, remaining, reward, taken } = hold;
  const held: [string, string] = [merchant, 'held'];
  if (reward) reward.held -= remaining;
  if (reward?.rule.hold && !reward.due) {
    reward.pending += remaining;
    books.move(asset, remaining, held, [merchant, 'pending']);
  } else {
    if (reward) reward.matured += remaining;
    if (asset === COUPON) books.releaseCoupons(hold);
    else if (taken) books.givePointsBack(merchant, taken, remaining, held, false);
    else books.credit(merchant, asset, remaining, held);
  }
  settle(hold, 'released');
}

function settle(hold: ModelHold, state: 'released' | 'voided'): void {
  if (state === 'voided' && hold.reward) hold.reward.held -= hold.remaining;
  hold.settled = hold.remaining;
  hold.remaining = 0n;
  hold.state = state;
}

/** A hold that the program made is known by what made it. */
async function idOf({ program }: History, { id, cause, reward, payout }: ModelHold): Promise<HoldId> {
  if (id !== null) return id;
  const [row] = await program.query<{ id: HoldId }>(
    `SELECT h.id FROM hold h LEFT JOIN reward r ON r.id = h.reward_id LEFT JOIN shop_order o ON o.id = r.order_pk
      WHERE h.cause = ? AND (h.payout_id = ? OR (o.order_id = ? AND r.rule_id = ? AND r.asset = ?))`,
    [cause, payout?.id ?? null, reward?.order.orderId ?? null, reward?.rule.id ?? null, reward?.rule.asset ?? null],
  );
  return row?.id ?? 'hld_none';
}
