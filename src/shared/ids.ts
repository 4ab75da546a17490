import { TypeID, typeidUnboxed } from 'typeid-js';

/** Every kind of id that Yinke makes. TypeID: prefix, `_`, a UUIDv7 in 26 base32 letters; sorts by time of making. */
export const ID_PREFIXES = {
  application: 'app',
  merchant: 'mer',
  bankAccount: 'bac',
  visit: 'vis',
  quote: 'quo',
  order: 'ord',
  orderEvent: 'evt',
  orderConflict: 'ocf',
  refund: 'rfd',
  priceRule: 'prl',
  rewardRule: 'rrl',
  reward: 'rwd',
  hold: 'hld',
  journal: 'jnl',
  adjustment: 'adj',
  pointsLot: 'lot',
  redemption: 'rdm',
  coupon: 'cpn',
  payoutBatch: 'pba',
  payout: 'pay',
  payoutSchedule: 'psc',
  payoutBatchRequest: 'pbr',
  payoutFailureStatement: 'pfs',
  payoutContradiction: 'pct',
  bankReport: 'bkr',
  storefront: 'sto',
  apiKey: 'key',
  staff: 'stf',
  staffChange: 'scg',
  session: 'ses',
  auditLog: 'aud',
  request: 'req',
  message: 'msg',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** The type of an id of that kind: text with its prefix, so that the compiler takes no kind for another. */
export type IdOf<Kind extends IdKind> = Kind extends IdKind ? `${(typeof ID_PREFIXES)[Kind]}_${string}` : never;

export type ApplicationId = IdOf<'application'>;
export type MerchantId = IdOf<'merchant'>;
export type BankAccountId = IdOf<'bankAccount'>;
export type VisitId = IdOf<'visit'>;
export type QuoteId = IdOf<'quote'>;
/** Our id of an order; `orderId` is the storefront's own. */
export type OrderPk = IdOf<'order'>;
export type OrderEventId = IdOf<'orderEvent'>;
export type OrderConflictId = IdOf<'orderConflict'>;
/** Our id of a refund; `refundId` is the storefront's own. */
export type RefundPk = IdOf<'refund'>;
export type PriceRuleId = IdOf<'priceRule'>;
export type RewardRuleId = IdOf<'rewardRule'>;
/** A rule of either kind. */
export type RuleId = PriceRuleId | RewardRuleId;
export type RewardId = IdOf<'reward'>;
export type HoldId = IdOf<'hold'>;
export type JournalId = IdOf<'journal'>;
export type AdjustmentId = IdOf<'adjustment'>;
export type PointsLotId = IdOf<'pointsLot'>;
/** Our id of a redemption; `redemptionId` is the storefront's own. */
export type RedemptionPk = IdOf<'redemption'>;
export type CouponId = IdOf<'coupon'>;
export type PayoutBatchId = IdOf<'payoutBatch'>;
export type PayoutId = IdOf<'payout'>;
export type PayoutScheduleId = IdOf<'payoutSchedule'>;
export type PayoutBatchRequestId = IdOf<'payoutBatchRequest'>;
export type PayoutFailureStatementId = IdOf<'payoutFailureStatement'>;
export type PayoutContradictionId = IdOf<'payoutContradiction'>;
export type BankReportId = IdOf<'bankReport'>;
export type StorefrontId = IdOf<'storefront'>;
export type ApiKeyId = IdOf<'apiKey'>;
export type StaffId = IdOf<'staff'>;
export type StaffChangeId = IdOf<'staffChange'>;
export type SessionId = IdOf<'session'>;
export type AuditLogId = IdOf<'auditLog'>;
export type RequestId = IdOf<'request'>;
export type MessageId = IdOf<'message'>;

/** A new id of that kind; ids made by one process ascend. */
export function newId<Kind extends IdKind>(kind: Kind): IdOf<Kind> {
  return typeidUnboxed(ID_PREFIXES[kind]) as string as IdOf<Kind>;
}

const suffix = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Whether `value` has the form of an id of that kind (it may still name nothing). */
export function isId<Kind extends IdKind>(kind: Kind, value: string): value is IdOf<Kind> {
  const prefix = `${ID_PREFIXES[kind]}_`;
  return value.startsWith(prefix) && suffix.test(value.slice(prefix.length));
}

/** Before every id of that kind made at that moment or later, and after every earlier one, since ids begin with their moment. */
export function firstIdAt<Kind extends IdKind>(kind: Kind, at: Date): IdOf<Kind> {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(at.getTime()) << 16n);
  return TypeID.fromUUIDBytes(ID_PREFIXES[kind], bytes).toString() as string as IdOf<Kind>;
}
