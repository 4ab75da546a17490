import { inChinese, JOURNAL_NAMES, type Said } from '../journal-text.js';
import { assetWords, type Language } from '../../../shared/asset.js';
import type { StatementEntry } from './statement.repository.js';

/** What an entry did on an account: with what was added (`in`) and what was taken (`out`). */
const MOVES: Record<Exclude<StatementEntry['account'], 'owed'>, { in: Said; out: Said }> = {
  pending: {
    in: { en: 'became pending', 'zh-CN': '计入待结算' },
    out: { en: 'left what is pending', 'zh-CN': '从待结算中转出' },
  },
  available: {
    in: { en: 'became available', 'zh-CN': '计入可用余额' },
    out: { en: 'left what is available', 'zh-CN': '从可用余额中转出' },
  },
  reserved: {
    in: { en: 'was reserved', 'zh-CN': '锁定，待打款或核销' },
    out: { en: 'is reserved no longer', 'zh-CN': '解除锁定' },
  },
  held: {
    in: { en: 'went on hold', 'zh-CN': '被冻结' },
    out: { en: 'is on hold no longer', 'zh-CN': '不再冻结' },
  },
};

/**
 * An entry of a statement as a sentence. `occasion` says what happened, where more is known of it than the journal tells;
 * what settles a negative balance is told with what remains of it.
 */
export function entryWords(
  entry: Pick<StatementEntry, 'asset' | 'account' | 'amount' | 'balanceAfter' | 'kind' | 'description'>,
  occasion: Said = occasionOf(entry),
): Said {
  return { en: sentence(entry, occasion, 'en'), 'zh-CN': sentence(entry, occasion, 'zh-CN') };
}

/** What happened, as far as the journal tells; a person's own words stand as they were written. */
export function occasionOf({ kind, description }: Pick<StatementEntry, 'kind' | 'description'>): Said {
  const name = JOURNAL_NAMES[kind]['zh-CN'];
  const chinese = inChinese(description) ?? (kind === 'adjustment' ? `${name}（${description}）` : name);
  return { en: description, 'zh-CN': chinese };
}

function sentence(
  { asset, account, amount, balanceAfter }: Pick<StatementEntry, 'asset' | 'account' | 'amount' | 'balanceAfter'>,
  occasion: Said,
  language: Language,
): string {
  const sum = assetWords(amount < 0n ? -amount : amount, asset, language);
  const english = language === 'en';
  const begin = english ? `${occasion.en}: ${sum}` : `${occasion['zh-CN']}：${sum}`;
  if (account !== 'owed') {
    const move = MOVES[account][amount > 0n ? 'in' : 'out'][language];
    return english ? `${begin} ${move}.` : `${begin} ${move}。`;
  }
  const left = assetWords(-balanceAfter, asset, language);
  if (amount < 0n)
    return english
      ? `${begin} more was taken back than was available: the balance is negative, ${left} in all, and later credits settle it first.`
      : `${begin} 因扣回超出可用余额，记为欠款；目前共欠 ${left}，今后入账优先抵扣。`;
  if (balanceAfter === 0n)
    return english
      ? `${begin} of it settled the negative balance, which is zero now.`
      : `${begin} 用于抵扣欠款；欠款已结清。`;
  return english
    ? `${begin} of it settled a part of the negative balance; ${left} remains.`
    : `${begin} 用于抵扣欠款；尚欠 ${left}。`;
}
