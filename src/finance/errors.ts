/** Refusals of rewards, the ledger and payouts. */
export type FinanceErrorCode =
  | 'reward-rule.not-found'
  | 'reward-rule.ended'
  | 'reward-rule.version-exists'
  | 'reward.not-found'
  | 'adjustment.not-found'
  | 'adjustment.same-person'
  | 'adjustment.wrong-state'
  | 'redemption.conflict'
  | 'ledger.insufficient-funds';
