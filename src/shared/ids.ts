import { typeidUnboxed } from 'typeid-js';

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
  session: 'ses',
  auditLog: 'aud',
  request: 'req',
  message: 'msg',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** A new id of that kind; ids made by one process ascend. */
export function newId(kind: IdKind): string {
  return typeidUnboxed(ID_PREFIXES[kind]);
}

const suffix = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Whether `value` has the form of an id of that kind (it may still name nothing). */
export function isId(kind: IdKind, value: string): boolean {
  const prefix = `${ID_PREFIXES[kind]}_`;
  return value.startsWith(prefix) && suffix.test(value.slice(prefix.length));
}
