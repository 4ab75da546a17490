import type { Schema } from '../../../api/client.js';
import { amount, isMoney, rate } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useAssetName } from '../../parts/asset.js';
import { useWords } from '../../words.js';

type Terms = Pick<
  Schema<'RewardRuleVersionDto'>,
  'posting' | 'holdDays' | 'grants' | 'minPaid' | 'include' | 'exclude' | 'firstOrder' | 'bonus'
>;
type Grant = Schema<'GrantDto'>;

/** What a reward rule gives, grant by grant, and its conditions, in words. */
export function useRewardWords() {
  const texts = useWords().pages.rewardRules;
  const { language } = useLanguage();
  const name = useAssetName();
  const of = (minor: number, asset: string) =>
    isMoney(asset) ? amount(minor, asset, language) : texts.pieces(amount(minor, asset, language), name(asset));

  const grantWords = (grant: Grant, currency: string): string => {
    const { asset, kind, rateBps, amount: fixed, per, units, mode, tiers, cap, budgets } = grant;
    const money = isMoney(asset) ? asset : currency;
    const what = {
      percent: () => texts.percent(rate(rateBps ?? 0, language), name(asset)),
      fixed: () => texts.fixed(of(fixed ?? 0, asset)),
      'per-amount': () => texts.perAmount(of(units ?? 0, asset), amount(per ?? 0, money, language)),
      tiered: () =>
        texts.tiered(
          (tiers ?? []).map(({ from, rateBps: bps }) => texts.tier(amount(from, money, language), rate(bps, language))),
          mode === 'whole',
        ),
    }[kind]();
    return [
      what,
      cap != null && texts.cap(of(cap, asset)),
      budgets?.perMerchantMonth != null && texts.monthBudget(of(budgets.perMerchantMonth, asset)),
      budgets?.perRule != null && texts.ruleBudget(of(budgets.perRule, asset)),
    ]
      .filter((part) => part !== false)
      .join(texts.and);
  };

  const conditionWords = (terms: Terms, currency: string): string[] => {
    const listed = (filter: Schema<'LineFilterDto'>) =>
      [...(filter.categories ?? []), ...(filter.products ?? [])].join(', ');
    return [
      terms.bonus && texts.isBonus,
      terms.firstOrder && texts.firstOrderOnly,
      terms.minPaid !== null && texts.minPaidOf(amount(terms.minPaid, currency, language)),
      terms.include !== null && texts.only(listed(terms.include)),
      terms.exclude !== null && texts.not(listed(terms.exclude)),
      terms.posting === 'direct' ? texts.atOnce : texts.after(terms.holdDays ?? 0),
    ].filter((part) => part !== false);
  };
  return { grantWords, conditionWords };
}
