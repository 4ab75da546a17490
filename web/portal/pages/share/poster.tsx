import { useMemo } from 'react';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { drawPoster } from './draw-poster.js';

/** A picture to save with a long press, which works in every app's browser where downloads do not. */
export function Poster({ link }: { link: string }) {
  const texts = useWords().pages.share;
  const { code, displayName } = useMe();
  const picture = useMemo(
    () =>
      drawPoster({
        title: texts.posterTitle,
        from: texts.posterFrom(displayName),
        scan: texts.posterScan,
        code: texts.posterCode(code),
        link,
      }),
    [texts, displayName, code, link],
  );
  return <img className="poster" src={picture} alt={texts.posterAlt(code)} width={375} height={560} />;
}
