import type { Schema } from '../api/types.js';
import type { CommonWords } from '../messages/en/common.js';
import { amount, rate } from './format.js';
import { useLanguage, useLoadedWords } from './language.js';

/** What a coupon, or those of a template, take off, in words. */
export function useCouponWorth(): (worth: Schema<'CouponWorthDto'>) => string {
  const { couponWorth: texts } = useLoadedWords() as CommonWords;
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
