import { amount, bareAmount } from './format.js';
import { useLanguage } from './language.js';

interface Props {
  /** Minor units of a currency, or whole points or coupons. */
  minor: number;
  /** A currency, `POINTS` or `COUPON:<template>`. */
  asset: string;
}

/** An amount with its currency. */
export function Amount({ minor, asset }: Props) {
  const { language } = useLanguage();
  return <span className="amount">{amount(minor, asset, language)}</span>;
}

/** An amount of a column that says its currency once, in the heading. */
export function BareAmount({ minor, asset }: Props) {
  const { language } = useLanguage();
  return <span className="amount">{bareAmount(minor, asset, language)}</span>;
}
