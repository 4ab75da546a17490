import { minorFromWire } from '../../shared/money.js';
import { assetWords, exactWords, type Language } from '../../shared/asset.js';
import { attributionWords } from './attribution-words.js';
import { budgetWords, volumeWords } from './counted-words.js';
import { conditionWords } from './reward-conditions.js';
import { parseFraction } from '../../shared/fraction.js';
import type { RewardExplanation, WholeExplanation } from './reward-explanation.js';
import { grantFromJson } from './reward-rule.js';
import { chineseTime, type Names } from './names.js';
import { candidateWords, ruleVersionWords, termsWords } from './rule-words.js';

/** A sentence in the languages that people read it in. */
export type Words = Record<Language, string>;

/** What was explained when the reward was made, in sentences. `matureAt`: end of the waiting period; null with direct posting. */
export function rewardWords(explanation: WholeExplanation, matureAt: Date | null, names: Names): Words {
  const inLanguage = (language: Language) =>
    [
      attributionWords(explanation, names, language),
      paidWords(explanation, language),
      ruleWords(explanation, language),
      ...candidateWords(explanation, language),
      ...conditionWords(explanation.conditions, language),
      ...volumeWords(explanation, language),
      ...capWords(explanation, language),
      ...roundingWords(explanation, language),
      ...budgetWords(explanation, language),
      outcomeWords(explanation, matureAt, names, language),
    ].join(language === 'en' ? ' ' : '');
  return { en: inLanguage('en'), 'zh-CN': inLanguage('zh-CN') };
}

function paidWords({ commissionable, lines }: RewardExplanation, language: Language): string {
  const cash = (amount: number) => assetWords(minorFromWire(amount), commissionable.currency, language);
  const count = lines.length.toString();
  return language === 'en'
    ? `${cash(commissionable.amountPaid)} was paid, of it ${cash(commissionable.merchandise)} for merchandise and ${cash(commissionable.lines)} for the ${count} line(s) that this rule won.`
    : `订单实付 ${cash(commissionable.amountPaid)}，其中商品实付 ${cash(commissionable.merchandise)}；适用本规则的商品共${count}行，实付 ${cash(commissionable.lines)}。`;
}

function ruleWords({ rule, grant, commissionable, arithmetic }: RewardExplanation, language: Language): string {
  const which = ruleVersionWords(rule, language);
  const terms = termsWords(grantFromJson(grant), commissionable, language);
  const exact = exactWords(parseFraction(arithmetic.exact), grant.asset, language);
  return language === 'en' ? `${which}, gives ${terms}: ${exact}.` : `${which}${terms}：${exact}。`;
}

function capWords({ grant, arithmetic }: RewardExplanation, language: Language): string[] {
  if (arithmetic.cappedAt === null) return [];
  const cap = assetWords(minorFromWire(arithmetic.cappedAt), grant.asset, language);
  return [language === 'en' ? `The cap of ${cap} was applied.` : `已按上限 ${cap} 封顶。`];
}

/** The one rounding of all rules of the asset together; nothing to say when it changes nothing. */
function roundingWords({ grant, arithmetic }: RewardExplanation, language: Language): string[] {
  const exact = parseFraction(arithmetic.assetExact);
  if (exact.denominator === 1n) return [];
  const rounded = assetWords(minorFromWire(arithmetic.assetRounded), grant.asset, language);
  const all = exactWords(exact, grant.asset, language);
  return [
    language === 'en'
      ? `All rules of this asset come to ${all}, rounded once, half away from zero, to ${rounded}.`
      : `同类奖励各规则合计 ${all}，一次性四舍五入为 ${rounded}。`,
  ];
}

function outcomeWords(
  { grant, arithmetic, posting }: RewardExplanation,
  at: Date | null,
  names: Names,
  language: Language,
): string {
  const amount = assetWords(minorFromWire(arithmetic.amount), grant.asset, language);
  if (language === 'en') {
    if (posting.held) return `The reward is ${amount}, on hold pending review, because the merchant was suspended.`;
    return `The reward is ${amount}, ${at === null ? 'available at once' : `pending until ${at.toISOString()}`}.`;
  }
  if (posting.held) return `奖励 ${amount}：微商已被暂停，因此冻结，待人工审核。`;
  if (at === null) return `奖励 ${amount}，直接计入可用余额。`;
  return `奖励 ${amount}，先记入预增（待结算），${chineseTime(at, names.timeZone)}（门店时区）到期后转入可用余额。`;
}
