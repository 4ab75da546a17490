import { currencyDecimals, formatMinor, isCurrency } from './money.js';
import { decimalText, type Fraction } from './fraction.js';

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

/** An amount for people: "12.50 CNY", "30 points", "1 × coupon SPRING". */
export function assetWords(amount: bigint, asset: string, language: Language): string {
  const count = amount.toString();
  if (asset === POINTS) return language === 'en' ? `${count} points` : `${count} 积分`;
  if (isCoupon(asset)) {
    const template = asset.slice('COUPON:'.length);
    return language === 'en' ? `${count} × coupon ${template}` : `优惠券 ${template} ${count} 张`;
  }
  return `${formatMinor(amount, asset)} ${asset}`;
}

/** An amount before it is rounded: whole ones as {@link assetWords}, others in the smallest unit, "20.19 cents". */
export function exactWords(exact: Fraction, asset: string, language: Language): string {
  if (exact.denominator === 1n) return assetWords(exact.numerator, asset, language);
  const text = decimalText(exact);
  if (!isCurrency(asset)) return language === 'en' ? `${text} points` : `${text} 积分`;
  const decimals = currencyDecimals(asset);
  if (decimals === 0) return `${text} ${asset}`;
  if (decimals === 2) return language === 'en' ? `${text} cents (${asset})` : `${text} 分(${asset})`;
  return language === 'en' ? `${text} of the smallest unit of ${asset}` : `${text} 个 ${asset} 最小单位`;
}
