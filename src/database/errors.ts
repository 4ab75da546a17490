/** Refusals of the merchant registry. */
export type DatabaseErrorCode =
  | 'application.not-found'
  | 'application.wechat-id-taken'
  | 'application.wrong-state'
  | 'merchant.not-found'
  | 'merchant.wrong-state';
