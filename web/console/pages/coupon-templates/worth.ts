import type { Schema } from '../../../api/client.js';
import { amount, rate } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

/** What a coupon of a template takes off, in words. */
export function useWorth(): (template: Schema<'CouponTemplateDto'>) => string {
  const texts = useWords().pages.couponTemplates;
  const { language } = useLanguage();
  return ({ amount: face, rateBps, maxAmount, minimumSpend, currency }) => {
    const money = (minor: number) => amount(minor, currency, language);
    const off = face !== null ? texts.amountOff(money(face)) : texts.rateOff(rate(rateBps ?? 0, language));
    return [
      off,
      maxAmount !== null && texts.atMost(money(maxAmount)),
      minimumSpend !== null && texts.from(money(minimumSpend)),
    ]
      .filter((part) => part !== false)
      .join(texts.and);
  };
}
