import { minorFromWire } from '../../shared/money.js';
import { assetWords, exactWords, type Language } from '../../shared/asset.js';
import { attributionWords } from './attribution-words.js';
import { budgetWords, volumeWords } from './counted-words.js';
import { conditionWords } from './reward-conditions.js';
import { parseFraction } from '../../shared/fraction.js';
import type { RewardExplanation, WholeExplanation } from './reward-explanation.js';
import { grantFromJson } from './reward-rule.js';
import { contestWords, ruleName, scopeWords, termsWords } from './rule-words.js';

/** A sentence in the languages that people read it in. */
export type Words = Record<Language, string>;

/** What was explained when the reward was made, in sentences. `matureAt`: end of the hold; null with direct posting. */
export function rewardWords(explanation: WholeExplanation, matureAt: Date | null): Words {
  const inLanguage = (language: Language) =>
    [
      attributionWords(explanation, language),
      paidWords(explanation, language),
      ruleWords(explanation, language),
      ...contestWords(explanation, language),
      ...conditionWords(explanation.conditions, language),
      ...volumeWords(explanation, language),
      ...capWords(explanation, language),
      ...roundingWords(explanation, language),
      ...budgetWords(explanation, language),
      outcomeWords(explanation, matureAt, language),
    ].join(language === 'en' ? ' ' : '');
  return { en: inLanguage('en'), 'zh-CN': inLanguage('zh-CN') };
}

function paidWords({ basis, lines }: RewardExplanation, language: Language): string {
  const cash = (amount: number) => assetWords(minorFromWire(amount), basis.currency, language);
  const count = lines.length.toString();
  return language === 'en'
    ? `${cash(basis.amountPaid)} was paid, of it ${cash(basis.merchandise)} for merchandise and ${cash(basis.lines)} for the ${count} line(s) that this rule won.`
    : `实付 ${cash(basis.amountPaid)},其中商品 ${cash(basis.merchandise)},本规则适用的 ${count} 行商品 ${cash(basis.lines)}。`;
}

function ruleWords({ rule, grant, basis, arithmetic }: RewardExplanation, language: Language): string {
  const version = rule.version.toString();
  const terms = termsWords(grantFromJson(grant), basis.currency, language);
  const exact = exactWords(parseFraction(arithmetic.exact), grant.asset, language);
  const scope = scopeWords(rule.scope, language);
  return language === 'en'
    ? `${ruleName(rule, 'en')}, version ${version}, for ${scope}, gives ${terms}: ${exact}.`
    : `${ruleName(rule, 'zh-CN')}第 ${version} 版,适用于${scope},${terms}:${exact}。`;
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
      : `该资产各规则合计 ${all},一次性四舍五入为 ${rounded}。`,
  ];
}

function outcomeWords({ grant, arithmetic, posting }: RewardExplanation, at: Date | null, language: Language): string {
  const amount = assetWords(minorFromWire(arithmetic.amount), grant.asset, language);
  const until = at?.toISOString();
  if (language === 'en') {
    if (posting.held) return `The reward is ${amount}, held, because the merchant was suspended.`;
    return `The reward is ${amount}, ${until === undefined ? 'available at once' : `pending until ${until}`}.`;
  }
  if (posting.held) return `奖励 ${amount},因微商已被暂停,转入冻结余额待人工处理。`;
  return `奖励 ${amount},${until === undefined ? '直接计入可用余额' : `预增记录,${until} 到期转为可用`}。`;
}
