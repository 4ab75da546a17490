export const HOLD_STATES = ['open', 'released', 'voided', 'emptied'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** Why money is on hold: a person put a reward or a merchant's balance on hold, or one of three things happened. */
export const HOLD_CAUSES = [
  'reward',
  'merchant-balance',
  'suspended-merchant',
  'bad-account',
  'returned-payout',
] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];

/** Where the money was before it went on hold. */
export type HoldSource = 'pending' | 'available' | 'reward-cost' | 'in-transit' | 'bank';
