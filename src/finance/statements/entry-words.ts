import { assetWords, type Language } from '../rewards/asset.js';
import type { StatementEntry } from './statement.repository.js';

type Said = Record<Language, string>;

/** What a journal is, for people. */
const KINDS: Record<string, Said> = {
  reward: { en: 'Reward', 'zh-CN': '奖励' },
  maturity: { en: 'End of the hold period', 'zh-CN': '预增期满' },
  refund: { en: 'Refund', 'zh-CN': '退款' },
  adjustment: { en: 'Correction', 'zh-CN': '人工调整' },
  'payout-reserved': { en: 'Payout approved', 'zh-CN': '付款已批准' },
  'payout-cancelled': { en: 'Payout cancelled', 'zh-CN': '付款已取消' },
  'payout-submitted': { en: 'Payout sent to the bank', 'zh-CN': '付款已提交银行' },
  'payout-paid': { en: 'Payout paid', 'zh-CN': '付款成功' },
  'payout-failed': { en: 'Payout failed', 'zh-CN': '付款失败' },
  'payout-returned': { en: 'Payout returned by the bank', 'zh-CN': '付款被退回' },
  redemption: { en: 'Used', 'zh-CN': '使用' },
  'redemption-reversed': { en: 'Use taken back', 'zh-CN': '撤销使用' },
  expiry: { en: 'Expired', 'zh-CN': '过期' },
  hold: { en: 'Stopped for a person to look at', 'zh-CN': '冻结待人工处理' },
  release: { en: 'Released by a person', 'zh-CN': '人工解冻' },
  void: { en: 'Voided by a person', 'zh-CN': '人工作废' },
};

/** What an entry did on an account: with what was added (`in`) and what was taken (`out`). */
const MOVES: Record<Exclude<StatementEntry['account'], 'owed'>, { in: Said; out: Said }> = {
  pending: {
    in: { en: 'became pending', 'zh-CN': '计入预增' },
    out: { en: 'left what is pending', 'zh-CN': '从预增中转出' },
  },
  available: {
    in: { en: 'became available', 'zh-CN': '计入可用余额' },
    out: { en: 'left what is available', 'zh-CN': '从可用余额中转出' },
  },
  reserved: {
    in: { en: 'was reserved for a payout', 'zh-CN': '为付款预留' },
    out: { en: 'is reserved no longer', 'zh-CN': '不再预留' },
  },
  held: {
    in: { en: 'was stopped', 'zh-CN': '被冻结' },
    out: { en: 'is stopped no longer', 'zh-CN': '不再冻结' },
  },
};

/**
 * An entry of a statement as a sentence. `occasion` says what happened, where more is known of it than the kind of
 * journal; the netting of a debt is told with what is owed afterwards.
 */
export function entryWords(
  entry: Pick<StatementEntry, 'asset' | 'account' | 'amount' | 'balanceAfter' | 'kind' | 'description'>,
  occasion: Said = {
    en: entry.description,
    'zh-CN': `${KINDS[entry.kind]?.['zh-CN'] ?? entry.kind}(${entry.description})`,
  },
): Said {
  return { en: sentence(entry, occasion, 'en'), 'zh-CN': sentence(entry, occasion, 'zh-CN') };
}

/** What a journal of this kind is. */
export function kindWords(kind: string): Said {
  return KINDS[kind] ?? { en: kind, 'zh-CN': kind };
}

function sentence(
  { asset, account, amount, balanceAfter }: Pick<StatementEntry, 'asset' | 'account' | 'amount' | 'balanceAfter'>,
  occasion: Said,
  language: Language,
): string {
  const sum = assetWords(amount < 0n ? -amount : amount, asset, language);
  const english = language === 'en';
  const begin = english ? `${occasion.en}: ${sum}` : `${occasion['zh-CN']}:${sum}`;
  if (account !== 'owed') {
    const move = MOVES[account][amount > 0n ? 'in' : 'out'][language];
    return english ? `${begin} ${move}.` : `${begin} ${move}。`;
  }
  const left = assetWords(-balanceAfter, asset, language);
  if (amount < 0n)
    return english
      ? `${begin} more was taken back than was available, and is owed; ${left} is owed now, and later credits pay it off first.`
      : `${begin} 超出可用余额,记为欠款;目前共欠 ${left},今后入账优先抵扣。`;
  if (balanceAfter === 0n)
    return english
      ? `${begin} of it paid off what was owed; nothing is owed any more.`
      : `${begin} 用于抵扣欠款;欠款已结清。`;
  return english
    ? `${begin} of it paid off what was owed; ${left} is still owed.`
    : `${begin} 用于抵扣欠款;尚欠 ${left}。`;
}
