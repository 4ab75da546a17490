import type { RewardState } from './reward.js';

/** A reward that a payout was the first to pay from. */
export class PayoutRewardDto {
  /** rwd_… */
  id!: string;
  /** sto_… */
  storefront!: string;
  /** The storefront's own order id. */
  orderId!: string;
  /** {@link ASSET_FORMS} */
  asset!: string;
  /** pending, held, matured, partly-reversed, reversed or void. */
  state!: RewardState;
  /** What of it became available here, minor units. */
  amount!: number;
  /** jnl_…, by which it became available. */
  journal!: string;
  /** RFC 3339: when it did. */
  availableAt!: string;
}

export class PayoutRewardPageDto {
  /** In the order in which they became available. */
  items!: PayoutRewardDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
