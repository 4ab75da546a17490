import type { JournalKind } from './journal.js';

/** A text in the languages that Yinke speaks. */
export type Said = Record<'en' | 'zh-CN', string>;

/** What a journal of each kind is, for people. */
export const JOURNAL_NAMES: Readonly<Record<JournalKind, Said>> = {
  reward: { en: 'Reward', 'zh-CN': '奖励' },
  maturity: { en: 'End of the waiting period', 'zh-CN': '待结算期满' },
  refund: { en: 'Refund', 'zh-CN': '退款' },
  adjustment: { en: 'Correction', 'zh-CN': '人工调整' },
  'payout-reserved': { en: 'Payout approved', 'zh-CN': '打款已批准' },
  'payout-cancelled': { en: 'Payout cancelled', 'zh-CN': '打款已取消' },
  'payout-submitted': { en: 'Payout sent to the bank', 'zh-CN': '打款已提交银行' },
  'payout-paid': { en: 'Payout paid', 'zh-CN': '打款成功' },
  'payout-failed': { en: 'Payout failed', 'zh-CN': '打款失败' },
  'payout-withdrawn': { en: 'Payout withdrawn', 'zh-CN': '打款已撤回' },
  'payout-returned': { en: 'Payout returned by the bank', 'zh-CN': '打款退汇' },
  'payout-charged': { en: 'Charged by the bank', 'zh-CN': '银行手续费' },
  redemption: { en: 'Redeemed', 'zh-CN': '核销' },
  'redemption-reversed': { en: 'Redemption reversed', 'zh-CN': '撤销核销' },
  expiry: { en: 'Expired', 'zh-CN': '过期' },
  'coupon-reserved': { en: 'Coupon reserved', 'zh-CN': '优惠券已锁定' },
  'coupon-released': { en: 'Coupon released', 'zh-CN': '优惠券解除锁定' },
  'coupon-revoked': { en: 'Coupon revoked', 'zh-CN': '优惠券作废' },
  hold: { en: 'On hold pending review', 'zh-CN': '冻结，待人工审核' },
  release: { en: 'Released by a person', 'zh-CN': '人工解冻' },
  void: { en: 'Voided by a person', 'zh-CN': '人工作废' },
};

/** What a journal can say of itself: the description that is stored with it, and the same in Chinese. `{…}` are names and numbers. */
const TEXTS = {
  reward: ['Reward for order {order}', '订单 {order} 的奖励'],
  refund: ['Refund {refund} of order {order}', '订单 {order} 的退款（{refund}）'],
  maturity: ['Waiting period over', '待结算期满'],
  reserved: ['Payout {reference} of batch {batch} reserved', '批次 {batch} 的打款 {reference} 已锁定'],
  cancelled: ['Payout {reference} of batch {batch} cancelled', '批次 {batch} 的打款 {reference} 已取消'],
  submitted: ['Payout {reference} of batch {batch} submitted', '批次 {batch} 的打款 {reference} 已提交'],
  withdrawn: ['Payout {reference} of batch {batch} withdrawn', '批次 {batch} 的打款 {reference} 已撤回'],
  paid: ['Payout {reference} paid', '打款 {reference} 成功'],
  failed: ['Payout {reference} failed', '打款 {reference} 失败'],
  failedBecause: ['Payout {reference} failed ({code})', '打款 {reference} 失败（{code}）'],
  returned: ['Payout {reference} returned', '打款 {reference} 退汇'],
  returnedBecause: ['Payout {reference} returned ({code})', '打款 {reference} 退汇（{code}）'],
  charged: ['Payout {reference} charged by the bank', '银行对打款 {reference} 收取的手续费'],
  redeemedForOrder: ['Redeemed, {redemption}, for order {order}', '订单 {order} 核销（{redemption}）'],
  redeemed: ['Redeemed, {redemption}', '核销（{redemption}）'],
  redemptionReversed: ['Redemption {redemption} reversed', '核销 {redemption} 已撤销'],
  pointsExpired: ['Points expired', '积分过期'],
  couponExpired: ['Coupon expired', '优惠券过期'],
  couponReserved: ['Coupon reserved for order {order}', '优惠券为订单 {order} 锁定'],
  couponReleased: ['Coupon released by order {order}', '订单 {order} 的优惠券解除锁定'],
  couponUnused: ['Coupon released, its order never came', '未等到订单，优惠券解除锁定'],
  held: ['On hold pending review', '冻结，待人工审核'],
  released: ['Released after review', '审核后解冻'],
  voided: ['Voided after review', '审核后作废'],
} as const;

type Text = keyof typeof TEXTS;
type Slots<T extends string> = T extends `${string}{${infer Slot}}${infer Rest}` ? Slot | Slots<Rest> : never;

/** The description of a journal, in English as it is stored. */
export function journalText<T extends Text>(
  text: T,
  ...[facts]: [Slots<(typeof TEXTS)[T][0]>] extends [never] ? [] : [Record<Slots<(typeof TEXTS)[T][0]>, string>]
): string {
  return filled(TEXTS[text][0], facts ?? {});
}

/** A stored description in Chinese; null when a person wrote it, or an earlier version of the program. */
export function inChinese(description: string): string | null {
  for (const { pattern, chinese } of PATTERNS) {
    const found = pattern.exec(description);
    if (found) return filled(chinese, found.groups ?? {});
  }
  return null;
}

const PATTERNS = Object.values(TEXTS).map(([english, chinese]) => ({
  pattern: new RegExp(`^${english.replace(/[()]/g, String.raw`\$&`).replace(/\{(\w+)\}/g, '(?<$1>.+?)')}$`, 'u'),
  chinese,
}));

function filled(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_slot, name: string) => facts[name] ?? '');
}

/** Every text, for tests. */
export const JOURNAL_TEXTS: Readonly<Record<string, readonly [english: string, chinese: string]>> = TEXTS;
