import type { OrderEventView } from '../../detection/orders/index.js';

/** Why a completed order earns nothing, in the languages that people read it in. Order events keep the English sentence. */
export const NO_REWARD = {
  noMerchant: { en: 'No merchant brought this shopper.', 'zh-CN': '没有微商带来这位顾客。' },
  closed: {
    en: 'The merchant’s account was closed when the purchase was completed.',
    'zh-CN': '订单完成时，该微商的账户已关闭。',
  },
  ownPurchase: {
    en: 'The merchant bought this for themselves; own purchases are not rewarded.',
    'zh-CN': '微商为自己购买，自购不计奖励。',
  },
  nothingPaid: { en: 'Nothing was paid for merchandise.', 'zh-CN': '商品实付为零，因此没有奖励。' },
  lessThanExtras: {
    en: 'What was paid does not even cover shipping and tax: nothing was paid for merchandise.',
    'zh-CN': '实付金额不足以支付运费与税费：商品实付为零，因此没有奖励。',
  },
  noRule: {
    en: 'No reward rule covered this order when it was completed.',
    'zh-CN': '订单完成时没有适用的奖励规则。',
  },
  budgetUsed: {
    en: 'The budget of the rules that cover this order is used up.',
    'zh-CN': '适用规则的预算已用完。',
  },
  tooSmall: {
    en: 'The rules that cover this order come to nothing for an amount this small.',
    'zh-CN': '金额太小，按适用规则计算的奖励为零。',
  },
} as const;

/** The reason that an order event keeps, in every language; one that is not known stays as it is. */
export function noRewardWords(reason: string): { en: string; 'zh-CN': string } {
  const known = Object.values(NO_REWARD).find(({ en }) => en === reason);
  return known ?? { en: reason, 'zh-CN': reason };
}

/** Why the completion among these events earned nothing; null before it is posted, and when it earned something. */
export function noRewardOf(events: readonly OrderEventView[]): { en: string; 'zh-CN': string } | null {
  const completion = events.find(({ type }) => type === 'order.completed');
  return completion?.outcome === 'nothing' && completion.reason !== null ? noRewardWords(completion.reason) : null;
}
