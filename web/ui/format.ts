/** What people see is in both. */
export type Language = 'zh-CN' | 'en';

const MINUS = '−';

/** How many digits a currency has after the point (ISO 4217, as the browser knows it). */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount in minor units as a decimal number, exactly: 123456 → `1234.56`. No floating point comes near it. */
export function decimal(minor: number | bigint, decimals: number): string {
  const negative = minor < 0;
  const digits = BigInt(negative ? -BigInt(minor) : minor)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals);
  return `${negative ? '-' : ''}${whole}${part && `.${part}`}`;
}

/** What a person typed as an amount, in minor units; null: it is not an amount of this currency. */
export function minorOf(text: string, currency: string): number | null {
  const decimals = decimalsOf(currency);
  const match = /^\s*([-−]?)(\d{1,13})(?:[.。](\d*))?\s*$/.exec(text.replace(/[,，\s]/g, ''));
  if (!match) return null;
  const [, sign, whole = '', part = ''] = match;
  if (part.length > decimals) return null;
  const minor = Number(`${whole}${part.padEnd(decimals, '0')}`);
  return Number.isSafeInteger(minor) ? (sign ? -minor : minor) : null;
}

/** Whether an asset is a currency; the others are points and coupons, in whole pieces. */
export function isMoney(asset: string): boolean {
  return /^[A-Z]{3}$/.test(asset);
}

/** An amount with its currency: `¥1,234.56`, with a true minus sign. Points and coupons are whole numbers. */
export function amount(minor: number, asset: string, language: Language): string {
  if (!isMoney(asset)) return count(minor, language);
  const text = decimal(minor, decimalsOf(asset)) as Intl.StringNumericLiteral;
  return trueMinus(
    new Intl.NumberFormat(language, { style: 'currency', currency: asset, currencyDisplay: 'narrowSymbol' }).format(
      text,
    ),
  );
}

/** An amount for a column whose heading says the currency: `1,234.56`; zero is `–`. */
export function bareAmount(minor: number, asset: string, language: Language): string {
  if (minor === 0) return '–';
  if (!isMoney(asset)) return count(minor, language);
  const decimals = decimalsOf(asset);
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return trueMinus(
    new Intl.NumberFormat(language, options).format(decimal(minor, decimals) as Intl.StringNumericLiteral),
  );
}

/** A whole number. */
export function count(number: number, language: Language): string {
  return trueMinus(new Intl.NumberFormat(language).format(number));
}

/** Basis points as a percentage: 1250 → `12.5%`. */
export function rate(basisPoints: number, language: Language): string {
  const options = { style: 'percent', maximumFractionDigits: 2 } as const;
  return trueMinus(
    new Intl.NumberFormat(language, options).format(decimal(basisPoints, 4) as Intl.StringNumericLiteral),
  );
}

function trueMinus(text: string): string {
  return text.replace('-', MINUS);
}

/** A moment to the minute, in the person's time zone or in the one named. */
export function moment(at: string, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at));
}

/** The day of a moment. */
export function day(at: string, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }).format(new Date(at));
}

/** A calendar day such as `2026-03-31`, which has no time zone. */
export function calendarDay(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
