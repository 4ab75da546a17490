import { currencyDecimals, formatMinor, isCurrency } from './money.js';
import { decimalText, fraction, type Fraction } from './fraction.js';

/** Points have no decimals and no currency. */
export const POINTS = 'POINTS';

const COUPON = /^COUPON:[A-Za-z0-9][A-Za-z0-9._-]{0,55}$/;

/** Whether `asset` is something a reward can be: an ISO 4217 currency, `POINTS` or `COUPON:<template>`. */
export function isAsset(asset: string): boolean {
  return asset === POINTS || isCoupon(asset) || isCurrency(asset);
}

export function isCoupon(asset: string): boolean {
  return COUPON.test(asset);
}

export type Language = 'en' | 'zh-CN';

/** An amount for people: "12.50 CNY", "30 points", "1 × coupon SPRING"; in Chinese "¥12.50", "30积分", "1张“SPRING”优惠券". */
export function assetWords(amount: bigint, asset: string, language: Language): string {
  const count = amount.toString();
  if (asset === POINTS) return language === 'en' ? `${count} points` : `${count}积分`;
  if (isCoupon(asset)) {
    const template = asset.slice('COUPON:'.length);
    return language === 'en' ? `${count} × coupon ${template}` : `${count}张“${template}”优惠券`;
  }
  const text = formatMinor(amount, asset);
  return language === 'en' ? `${text} ${asset}` : inChineseMoney(text, asset);
}

/** An amount before it is rounded: whole ones as {@link assetWords}, others in the smallest unit, "20.19 cents"; in Chinese "¥0.2019". */
export function exactWords(exact: Fraction, asset: string, language: Language): string {
  if (exact.denominator === 1n) return assetWords(exact.numerator, asset, language);
  const text = decimalText(exact);
  if (!isCurrency(asset)) return language === 'en' ? `${text} points` : `${text}积分`;
  const decimals = currencyDecimals(asset);
  if (language === 'zh-CN') {
    const whole = fraction(exact.numerator, exact.denominator * 10n ** BigInt(decimals));
    return inChineseMoney(decimalText(whole, decimals), asset);
  }
  if (decimals === 0) return `${text} ${asset}`;
  if (decimals === 2) return `${text} cents (${asset})`;
  return `${text} of the smallest unit of ${asset}`;
}

const symbols = new Map<string, string>();

/** "¥14.50", "€14.50", "CHF 14.50": the sign by which Chinese readers know a currency, or its code. */
function inChineseMoney(amount: string, currency: string): string {
  let symbol = symbols.get(currency);
  if (symbol === undefined) {
    const parts = new Intl.NumberFormat('zh-CN', { style: 'currency', currency }).formatToParts(0);
    symbol = parts.find(({ type }) => type === 'currency')?.value ?? currency;
    if (symbol === currency) symbol += ' ';
    symbols.set(currency, symbol);
  }
  return amount.startsWith('-') ? `-${symbol}${amount.slice(1)}` : `${symbol}${amount}`;
}
