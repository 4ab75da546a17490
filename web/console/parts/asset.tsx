import { amount, isMoney } from '../../ui/format.js';
import { useLanguage } from '../../ui/language.js';
import { useWords } from '../words.js';

/** What an amount is of, for people: a currency's code, points, or the name of a coupon. */
export function useAssetName(): (asset: string) => string {
  const { points, coupon } = useWords().pages.shared;
  return (asset) => (isMoney(asset) ? asset : asset === 'POINTS' ? points : coupon(asset.replace(/^COUPON:/, '')));
}

/** An amount with what it is of: money with its currency, points and coupons with their name. */
export function AssetAmount({ minor, asset }: { minor: number; asset: string }) {
  const { language } = useLanguage();
  const { pieces, countOfPoints } = useWords().pages.shared;
  const name = useAssetName()(asset);
  const text = amount(minor, asset, language);
  return (
    <span className="amount">
      {isMoney(asset) ? text : asset === 'POINTS' ? countOfPoints(text) : pieces(text, name)}
    </span>
  );
}
