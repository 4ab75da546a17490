import type { RuleScope } from '../../shared/rule.js';
import { assetWords, type Language } from '../../shared/asset.js';
import { minorFromWire } from '../../shared/money.js';
import { percentText, tiersWords } from './counted-words.js';
import { UNMET_WORDS } from './reward-conditions.js';
import type { RewardExplanation } from './reward-explanation.js';
import type { GrantTerms } from './reward-rule.js';
import type { Loss } from './rule-candidates.js';
import type { RewardRuleId } from '../../shared/ids.js';

/** A rule's version by its name, or by its id when it has none, with what it is for. */
export function ruleVersionWords(
  { id, name, version, scope }: { id: RewardRuleId; name: string | null; version: number; scope: RuleScope },
  language: Language,
): string {
  const number = version.toString();
  const which = ruleName({ id, name }, language);
  const scoped = scopeWords(scope, language);
  return language === 'en'
    ? `${which}, version ${number}, for ${scoped}`
    : `${which}（第${number}版，适用于${scoped}）`;
}

function ruleName({ id, name }: { id: RewardRuleId; name: string | null }, language: Language): string {
  if (language === 'en') return name === null ? `Rule ${id}` : `Rule “${name}”`;
  return name === null ? `规则 ${id}` : `规则“${name}”`;
}

/** What a grant gives: "2.90 % of the commissionable amount (500.00 CNY paid for these products)". */
export function termsWords(
  terms: GrantTerms,
  commissionable: RewardExplanation['commissionable'],
  language: Language,
): string {
  const english = language === 'en';
  const amount = commissionableWords(commissionable, language);
  switch (terms.kind) {
    case 'percent': {
      const rate = percentText(terms.rateBps, language);
      return english ? `${rate} of ${amount}` : `按${amount}的 ${rate} 计`;
    }
    case 'fixed': {
      const fixed = assetWords(terms.amount, terms.asset, language);
      return english ? `${fixed} an order` : `每单 ${fixed}`;
    }
    case 'per-amount': {
      const units = assetWords(terms.units, terms.asset, language);
      const per = assetWords(terms.per, commissionable.currency, language);
      return english ? `${units} for every full ${per} of ${amount}` : `${amount}每满 ${per} 得 ${units}`;
    }
    case 'tiered':
      return tiersWords(terms, language);
  }
}

/** What rates apply to, named exactly: the amount that was paid for the products that the rule won. */
function commissionableWords(commissionable: RewardExplanation['commissionable'], language: Language): string {
  const amount = assetWords(minorFromWire(commissionable.lines), commissionable.currency, language);
  if (language === 'en') return `the commissionable amount (${amount} paid for these products)`;
  return `计奖金额（${commissionable.lines === commissionable.merchandise ? '' : '适用'}商品实付 ${amount}）`;
}

/** Whom and what a rule is for: "group gold and category drinks". */
function scopeWords({ merchant, group, product, category }: RuleScope, language: Language): string {
  const [who, what] = language === 'en' ? englishScope : chineseScope;
  const whom = merchant !== undefined ? who.merchant : group !== undefined ? `${who.group}${group}` : who.everyone;
  const which =
    product !== undefined
      ? `${what.product}${product}`
      : category !== undefined
        ? `${what.category}${category}`
        : what.everything;
  return language === 'en' ? `${whom} and ${which}` : `${whom}、${which}`;
}

const englishScope = [
  { merchant: 'this merchant', group: 'group ', everyone: 'everyone' },
  { product: 'product ', category: 'category ', everything: 'everything' },
] as const;
const chineseScope = [
  { merchant: '该微商', group: '分组 ', everyone: '所有微商' },
  { product: '商品 ', category: '类别 ', everything: '全部商品' },
] as const;

/** Which other rules covered these lines, and why each lost; says so, too, when there was none. A bonus competes with none. */
export function candidateWords({ candidates, conditions }: RewardExplanation, language: Language): string[] {
  const english = language === 'en';
  if (conditions.bonus)
    return [english ? 'It is a bonus: it adds to the rule that won.' : '本规则为叠加奖励规则，在中选规则之外另加。'];
  if (candidates.length === 0) return [english ? 'No other rule covered these lines.' : '没有其他规则适用于这些商品。'];
  const each = candidates.map(({ rule, version, name, scope, loss }) => {
    const which = ruleVersionWords({ id: rule, name, version, scope }, language);
    return english ? `${which}: ${LOSS_WORDS[loss].en}` : `${which}：${LOSS_WORDS[loss]['zh-CN']}`;
  });
  return [
    english
      ? `Other rules covered these lines too, and the most specific one wins. ${each.join('; ')}.`
      : `另有规则也适用于这些商品，最具体的规则优先：${each.join('；')}。`,
  ];
}

const LOSS_WORDS: Record<Loss, Record<Language, string>> = {
  ...UNMET_WORDS,
  'less-specific': { en: 'lost, because it is less specific', 'zh-CN': '适用范围不够具体，未采用' },
  'valid-earlier': { en: 'lost, because it began earlier', 'zh-CN': '生效时间较早，未采用' },
  'made-earlier': { en: 'lost, because it is the older one', 'zh-CN': '创建时间较早，未采用' },
};
