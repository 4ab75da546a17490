/** Refusals of rewards, the ledger and payouts. */
export type FinanceErrorCode =
  'reward-rule.not-found' | 'reward-rule.ended' | 'reward-rule.invalid' | 'ledger.insufficient-funds';
