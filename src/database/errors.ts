/** Refusals of the merchant registry. */
export type DatabaseErrorCode =
  | 'application.not-found'
  | 'application.wechat-id-taken'
  | 'application.wrong-state'
  | 'merchant.not-found'
  | 'merchant.wrong-state'
  | 'bank-account.not-found'
  | 'bank-account.change-waiting'
  | 'bank-account.wrong-state'
  | 'bank-account.same-person';
