import type { ModelReward } from './order-model.js';
import type { ModelPayout } from './payout-model.js';
import type { Taken } from './points-model.js';
import type { Who } from './steps.js';
import type { HoldId, MerchantId } from '../../../src/shared/ids.js';

export interface ModelHold {
  /** Known when a person made it. */
  id: HoldId | null;
  merchant: MerchantId;
  asset: string;
  cause: 'reward' | 'merchant-balance' | 'suspended-merchant' | 'bad-account' | 'returned-payout';
  amount: bigint;
  remaining: bigint;
  refunded: bigint;
  settled: bigint;
  state: 'open' | 'released' | 'voided' | 'emptied';
  heldBy: Who | null;
  reward: ModelReward | null;
  payout: ModelPayout | null;
  /** Of which points it is, when they were available. */
  taken: Taken | null;
  /** How many of what is stopped are coupons: what was never available has none yet. */
  coupons: bigint;
}

type Facts = Pick<ModelHold, 'merchant' | 'asset' | 'cause' | 'amount'> & Partial<ModelHold>;

/** What is held, and why. */
export class HoldsModel {
  readonly all: ModelHold[] = [];

  open(facts: Facts): void {
    const settled = { remaining: facts.amount, refunded: 0n, settled: 0n, state: 'open' as const };
    this.all.push({
      id: null,
      heldBy: null,
      reward: null,
      payout: null,
      taken: null,
      coupons: 0n,
      ...facts,
      ...settled,
    });
  }

  /** A refund takes back what is held of a reward, of the oldest hold first; `lose` learns what of which. */
  refund(reward: ModelReward, amount: bigint, lose: (hold: ModelHold, part: bigint) => void): void {
    let left = amount;
    for (const hold of this.all.filter((one) => one.reward === reward)) {
      const part = hold.remaining < left ? hold.remaining : left;
      hold.remaining -= part;
      hold.refunded += part;
      left -= part;
      lose(hold, part);
      if (part > 0n && hold.remaining === 0n) hold.state = 'emptied';
    }
  }

  lines(): string[] {
    return this.all.map(
      ({ merchant, asset, cause, amount, remaining, refunded, settled, state }) =>
        `${merchant} ${asset} ${cause} ${amount} = ${remaining} + ${refunded} + ${settled} ${state}`,
    );
  }
}
