import { currencyDecimals, formatMinor, isCurrency } from './money.js';
import { decimalText, fraction, type Fraction } from './fraction.js';

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
  /** An amount that is not whole. */
  partWords(exact: Fraction, asset: string, language: Language): string;
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

const KINDS: Readonly<Record<'currency' | 'points' | 'coupon', AssetKind>> = {
  currency: {
    is: isCurrency,
    form: 'a currency',
    grants: ['percent', 'tiered', 'fixed'],
    money: true,
    redeemable: false,
    words: (amount, asset, language) => {
      const text = formatMinor(amount, asset);
      return language === 'en' ? `${text} ${asset}` : inChineseMoney(text, asset);
    },
    partWords: (exact, asset, language) => {
      const decimals = currencyDecimals(asset);
      if (language === 'zh-CN') {
        const whole = fraction(exact.numerator, exact.denominator * 10n ** BigInt(decimals));
        return inChineseMoney(decimalText(whole, decimals), asset);
      }
      const text = decimalText(exact);
      if (decimals === 0) return `${text} ${asset}`;
      if (decimals === 2) return `${text} cents (${asset})`;
      return `${text} of the smallest unit of ${asset}`;
    },
  },
  points: {
    is: (asset) => asset === POINTS,
    form: POINTS,
    grants: ['fixed', 'per-amount'],
    money: false,
    redeemable: true,
    words: (amount, _, language) => pointsWords(amount.toString(), language),
    partWords: (exact, _, language) => pointsWords(decimalText(exact), language),
  },
  coupon: {
    is: isCoupon,
    form: `${COUPON_PREFIX}<template>`,
    grants: ['fixed'],
    money: false,
    redeemable: true,
    words: (amount, asset, language) => couponWords(amount.toString(), asset, language),
    partWords: (exact, asset, language) => couponWords(decimalText(exact), asset, language),
  },
};

function pointsWords(count: string, language: Language): string {
  return language === 'en' ? `${count} points` : `${count}积分`;
}

function couponWords(count: string, asset: string, language: Language): string {
  const template = templateOf(asset);
  return language === 'en' ? `${count} × coupon ${template}` : `${count}张“${template}”优惠券`;
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

/** An amount for people: "12.50 CNY", "30 points", "1 × coupon SPRING"; in Chinese "¥12.50", "30积分", "1张“SPRING”优惠券". */
export function assetWords(amount: bigint, asset: string, language: Language): string {
  return assetKind(asset).words(amount, asset, language);
}

/** An amount before it is rounded: whole ones as {@link assetWords}, others in the smallest unit, "20.19 cents"; in Chinese "¥0.2019". */
export function exactWords(exact: Fraction, asset: string, language: Language): string {
  if (exact.denominator === 1n) return assetWords(exact.numerator, asset, language);
  return assetKind(asset).partWords(exact, asset, language);
}

function inWords(forms: readonly string[]): string {
  return forms.length < 2 ? forms.join() : `${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}`;
}
