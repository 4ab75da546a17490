import type { RowOf } from '../../core/table.js';
import { newId } from '../../shared/ids.js';
import type { RewardGrant } from './reward-calculation.js';
import type { RewardableOrder } from './reward-selection.js';
import { explainReward } from './reward-explanation.js';
import type { RewardState } from './reward-state.js';
import type { RewardEntity } from './reward.entity.js';

export * from './reward-state.js';

export type Reward = RowOf<RewardEntity>;

type Amounts = Pick<Reward, 'pending' | 'held' | 'matured' | 'voided' | 'clawedBack'>;

/** Which state may follow which; a reward that stays as it is needs no leave. */
export const transitions: Record<RewardState, readonly RewardState[]> = {
  pending: ['held', 'matured', 'void'],
  held: ['pending', 'matured', 'partly-reversed', 'reversed', 'void'],
  matured: ['held', 'partly-reversed', 'reversed'],
  'partly-reversed': ['held', 'reversed'],
  reversed: [],
  void: [],
};

/** The reward of a grant: pending, held, or matured at once when it is posted directly. */
export function newReward(order: RewardableOrder, grant: RewardGrant, now: Date): Reward {
  const { amount } = grant;
  const amounts = { pending: 0n, held: 0n, matured: 0n, voided: 0n, clawedBack: 0n };
  if (grant.held) amounts.held = amount;
  else if (grant.matureAt === null) amounts.matured = amount;
  else amounts.pending = amount;
  return {
    id: newId('reward'),
    merchantId: order.attribution.merchantId,
    orderPk: order.id,
    storefrontId: order.storefrontId,
    asset: grant.asset,
    ruleId: grant.rule.ruleId,
    ruleVersion: grant.rule.version,
    posting: grant.rule.posting.posting,
    granted: amount,
    ...amounts,
    state: stateOf(amounts),
    matureAt: grant.matureAt,
    explanation: explainReward(order, grant),
    createdAt: now,
    version: 1,
  };
}

/** Takes back parts of a reward: void what had not matured, claw back what had. */
export function reverse(reward: Reward, from: { pending: bigint; held: bigint; matured: bigint }): Reward {
  return changed(reward, {
    pending: reward.pending - from.pending,
    held: reward.held - from.held,
    matured: reward.matured,
    voided: reward.voided + from.pending + from.held,
    clawedBack: reward.clawedBack + from.matured,
  });
}

/** What remains pending becomes the merchant's. */
export function mature(reward: Reward): Reward {
  return changed(reward, { ...reward, pending: 0n, matured: reward.matured + reward.pending });
}

/** A part of a reward goes on hold pending review. */
export function stop(reward: Reward, from: 'pending' | 'available', amount: bigint): Reward {
  const part = from === 'pending' ? 'pending' : 'matured';
  return changed(reward, { ...reward, [part]: reward[part] - amount, held: reward.held + amount });
}

/** A person releases a part on hold: it is pending again, or the merchant's. */
export function release(reward: Reward, to: 'pending' | 'available', amount: bigint): Reward {
  const part = to === 'pending' ? 'pending' : 'matured';
  return changed(reward, { ...reward, [part]: reward[part] + amount, held: reward.held - amount });
}

/** A person voids a part on hold for good. */
export function voidHeld(reward: Reward, amount: bigint): Reward {
  return changed(reward, { ...reward, held: reward.held - amount, voided: reward.voided + amount });
}

/** What has been taken back so far, by refunds or by people. */
export function reversedSoFar(reward: Reward): bigint {
  return reward.voided + reward.clawedBack;
}

function changed(reward: Reward, amounts: Amounts): Reward {
  const { pending, held, matured, voided, clawedBack } = amounts;
  const sum = pending + held + matured + voided;
  if (
    sum !== reward.granted ||
    clawedBack > matured ||
    [pending, held, matured, voided, clawedBack].some((a) => a < 0n)
  )
    throw new RangeError(`the parts of ${reward.id} do not add up`);
  const state = stateOf(amounts);
  if (state !== reward.state && !transitions[reward.state].includes(state))
    throw new RangeError(`${reward.id} cannot go from ${reward.state} to ${state}`);
  return { ...reward, pending, held, matured, voided, clawedBack, state, version: reward.version + 1 };
}

function stateOf({ pending, held, matured, clawedBack }: Amounts): RewardState {
  if (pending > 0n) return 'pending';
  if (held > 0n) return 'held';
  if (matured === 0n) return 'void';
  if (clawedBack === 0n) return 'matured';
  return clawedBack < matured ? 'partly-reversed' : 'reversed';
}
