import { Amount } from '../../ui/amount.js';
import { count, isMoney } from '../../ui/format.js';
import { useLanguage } from '../../ui/language.js';
import { useWords } from '../words.js';

/** An amount of money, points or coupons, with what it is of. */
export function Quantity({ minor, asset }: { minor: number; asset: string }) {
  const { assets } = useWords();
  const { language } = useLanguage();
  if (isMoney(asset)) return <Amount minor={minor} asset={asset} />;
  const of = asset === 'POINTS' ? assets.points : assets.coupons;
  return <span className="amount">{of(minor, count(minor, language))}</span>;
}
