import { minorFromWire } from '../../shared/money.js';
import { assetWords, type Language } from '../../shared/asset.js';
import { chineseMonth } from './names.js';
import type { RewardExplanation } from './reward-explanation.js';
import type { GrantTerms } from './reward-rule.js';
import type { TierMode } from './volume-tiers.js';

/** The sentences of an explanation about what a rule counts over many orders: tiers and budgets. */

/** "1.00 % from 0.00 CNY, 2.00 % from 1000.00 CNY of the month’s volume, each rate for its own part". */
export function tiersWords(terms: GrantTerms & { kind: 'tiered' }, language: Language): string {
  const english = language === 'en';
  const tiers = terms.tiers.map(({ from, rateBps }) => {
    const amount = assetWords(from, terms.asset, language);
    return english
      ? `${percentText(rateBps, 'en')} from ${amount}`
      : `满 ${amount} 起按 ${percentText(rateBps, 'zh-CN')}`;
  });
  const mode = MODE_WORDS[terms.mode][language];
  return english
    ? `${tiers.join(', ')} of the month’s volume, ${mode}`
    : `按当月累计计奖金额分档（${tiers.join('，')}；${mode}）`;
}

const MODE_WORDS: Record<TierMode, Record<Language, string>> = {
  marginal: { en: 'each rate for its own part', 'zh-CN': '各档分段计' },
  whole: { en: 'the reached rate for all of it', 'zh-CN': '按达到的档位全额计' },
};

/** Where the order stands in the month's volume, of a tiered grant. */
export function volumeWords({ arithmetic, commissionable }: RewardExplanation, language: Language): string[] {
  const { volume } = arithmetic;
  if (!volume) return [];
  const [before, after] = [volume.before, volume.after].map((amount) =>
    assetWords(minorFromWire(amount), commissionable.currency, language),
  );
  return [
    language === 'en'
      ? `In ${volume.month} this order takes the volume from ${before} to ${after}, and earns the difference.`
      : `${chineseMonth(volume.month)}累计计奖金额由 ${before} 增至 ${after}，分别计奖，本单奖励为两者差额。`,
  ];
}

/** That a budget had less left than the grant came to. */
export function budgetWords({ arithmetic, grant }: RewardExplanation, language: Language): string[] {
  const { clampedBy } = arithmetic;
  if (!clampedBy) return [];
  const [due, budget, left] = [clampedBy.amountBefore, clampedBy.budget, clampedBy.left].map((amount) =>
    assetWords(minorFromWire(amount), grant.asset, language),
  );
  const { month } = clampedBy;
  if (language === 'en') {
    const whose = month === null ? 'rule’s budget' : `merchant’s budget for ${month}`;
    return [`That is ${due}, but of the ${whose} of ${budget} only ${left} was left.`];
  }
  return [
    `应得 ${due}，但${month === null ? '本规则总预算' : `该微商${chineseMonth(month)}预算`} ${budget} 仅余 ${left}。`,
  ];
}

/** 290 → "2.90 %", in Chinese "2.90%". */
export function percentText(rateBps: number, language: Language): string {
  const digits = rateBps.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${language === 'en' ? ' %' : '%'}`;
}
