import { currencyDecimals, formatMinor, isCurrency } from './money.js';
import { decimalText, type Fraction } from './fraction.js';

export type Language = 'en' | 'zh-CN';

/** How a grant can be reckoned: a share of what was paid, a fixed number, or some for each whole amount paid. */
export type GrantKind = 'percent' | 'tiered' | 'fixed' | 'per-amount';

/** All that differs from one kind of asset to the next; a new kind is one more of these. */
interface AssetKind {
  /** Whether an asset is of this kind. */
  is(asset: string): boolean;
  /** How its assets are written, for people who name one. */
  form: string;
  /** How a grant of it may be reckoned. */
  grants: readonly GrantKind[];
  /** Only in orders of this very asset. */
  money: boolean;
  /** Merchants redeem it at a storefront. */
  redeemable: boolean;
  words(amount: bigint, asset: string, language: Language): string;
  /** An amount that is not whole, `text` its decimals. */
  partWords(text: string, asset: string, language: Language): string;
}

/** Points have no decimals and no currency. */
export const POINTS = 'POINTS';

const COUPON_PREFIX = 'COUPON:';
const COUPON = /^COUPON:[A-Za-z0-9][A-Za-z0-9._-]{0,55}$/;

/** The asset of a template's coupons. */
export function couponAsset(template: string): string {
  return COUPON_PREFIX + template;
}

/** The template of a coupon asset. */
export function templateOf(asset: string): string {
  return asset.slice(COUPON_PREFIX.length);
}

export function isCoupon(asset: string): boolean {
  return COUPON.test(asset);
}

const pointsWords = (count: string, language: Language) => (language === 'en' ? `${count} points` : `${count} 积分`);

const KINDS: Readonly<Record<'currency' | 'points' | 'coupon', AssetKind>> = {
  currency: {
    is: isCurrency,
    form: 'a currency',
    grants: ['percent', 'tiered', 'fixed'],
    money: true,
    redeemable: false,
    words: (amount, asset) => `${formatMinor(amount, asset)} ${asset}`,
    partWords: (text, asset, language) => {
      const decimals = currencyDecimals(asset);
      if (decimals === 0) return `${text} ${asset}`;
      if (decimals === 2) return language === 'en' ? `${text} cents (${asset})` : `${text} 分(${asset})`;
      return language === 'en' ? `${text} of the smallest unit of ${asset}` : `${text} 个 ${asset} 最小单位`;
    },
  },
  points: {
    is: (asset) => asset === POINTS,
    form: POINTS,
    grants: ['fixed', 'per-amount'],
    money: false,
    redeemable: true,
    words: (amount, _asset, language) => pointsWords(amount.toString(), language),
    partWords: (text, _asset, language) => pointsWords(text, language),
  },
  coupon: {
    is: isCoupon,
    form: `${COUPON_PREFIX}<template>`,
    grants: ['fixed'],
    money: false,
    redeemable: true,
    words: (amount, asset, language) => {
      const template = templateOf(asset);
      return language === 'en' ? `${amount} × coupon ${template}` : `优惠券 ${template} ${amount} 张`;
    },
    partWords: (text, asset, language) => {
      const template = templateOf(asset);
      return language === 'en' ? `${text} × coupon ${template}` : `优惠券 ${template} ${text} 张`;
    },
  },
};

const ALL = Object.values(KINDS);

/** How assets are written, for messages: "a currency, POINTS or COUPON:<template>". */
export const ASSET_FORMS = inWords(ALL.map(({ form }) => form));
/** Those that merchants redeem. */
export const REDEEMABLE_FORMS = inWords(ALL.filter(({ redeemable }) => redeemable).map(({ form }) => form));

/** Those that a grant of this kind may give. */
export function grantableForms(grant: GrantKind): string {
  return inWords(ALL.filter(({ grants }) => grants.includes(grant)).map(({ form }) => form));
}

/** Whether `asset` is something a reward can be. */
export function isAsset(asset: string): boolean {
  return ALL.some((kind) => kind.is(asset));
}

/** What is true of an asset's kind. Throws RangeError for what is none. */
export function assetKind(asset: string): AssetKind {
  const kind = ALL.find((one) => one.is(asset));
  if (!kind) throw new RangeError(`${asset} is no asset`);
  return kind;
}

/** Whether merchants redeem it; not what is none. */
export function isRedeemable(asset: string): boolean {
  return isAsset(asset) && assetKind(asset).redeemable;
}

/** An amount for people: "12.50 CNY", "30 points", "1 × coupon SPRING". */
export function assetWords(amount: bigint, asset: string, language: Language): string {
  return assetKind(asset).words(amount, asset, language);
}

/** An amount before it is rounded: whole ones as {@link assetWords}, others in the smallest unit, "20.19 cents". */
export function exactWords(exact: Fraction, asset: string, language: Language): string {
  if (exact.denominator === 1n) return assetWords(exact.numerator, asset, language);
  return assetKind(asset).partWords(decimalText(exact), asset, language);
}

function inWords(forms: readonly string[]): string {
  return forms.length < 2 ? forms.join() : `${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}`;
}
