import { useMemo } from 'react';
import { amount } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { drawPoster } from './draw-poster.js';
import type { AskedPrice } from './merchant-price.js';

interface Props {
  link: string;
  /** The name of one product; empty: the shop as a whole. */
  product: string;
  price: AskedPrice;
}

/** A picture to save with a long press, which works in every app's browser where downloads do not. */
export function Poster({ link, product, price: { data } }: Props) {
  const texts = useWords().pages.share;
  const { language } = useLanguage();
  const { code, displayName } = useMe();
  const currency = data?.currency ?? '';
  const price = data ? amount(data.merchantPrice, currency, language) : null;
  const listPrice = data && data.merchantPrice < data.listPrice ? amount(data.listPrice, currency, language) : null;
  const picture = useMemo(
    () =>
      drawPoster({
        title: product || texts.posterTitle,
        price,
        listPrice,
        from: texts.posterFrom(displayName),
        scan: texts.posterScan,
        code: texts.posterCode(code),
        binding: price === null ? null : texts.binding,
        link,
      }),
    [texts, displayName, code, link, product, price, listPrice],
  );
  return (
    <img
      className="poster"
      src={picture}
      alt={[texts.posterAlt(code), product, price].filter(Boolean).join(' · ')}
      width={375}
      height={560}
    />
  );
}
