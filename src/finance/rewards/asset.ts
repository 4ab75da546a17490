import { formatMinor, isCurrency } from '../../shared/money.js';

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
