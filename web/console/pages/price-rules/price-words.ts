import type { Schema } from '../../../api/client.js';
import { amount, rate } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

type Terms = Pick<Schema<'PriceRuleVersionDto'>, 'kind' | 'rateBps' | 'amount' | 'currency' | 'floor'>;

/** What a price rule does to the price of one piece, in words. */
export function usePriceWords(): (terms: Terms) => string {
  const texts = useWords().pages.priceRules;
  const { language } = useLanguage();
  return ({ kind, rateBps, amount: minor, currency, floor }) => {
    const money = (value: number) => amount(value, currency ?? 'CNY', language);
    const effect =
      kind === 'percent-off'
        ? texts.percentOff(rate(rateBps ?? 0, language))
        : kind === 'amount-off'
          ? texts.amountOff(money(minor ?? 0))
          : texts.fixed(money(minor ?? 0));
    // Without a currency of its own the rule is for all of them, and so is its floor.
    if (floor === null) return effect;
    return effect + texts.notBelow(currency ? money(floor) : texts.minorUnits(floor.toString()));
  };
}
