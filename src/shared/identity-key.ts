/** White space and invisible characters: zero-width characters, joiners, marks of direction, controls. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\u034f\u115f\u1160\u3164\uffa0]/gu;

/** Text in its compatibility form (Unicode NFKC: `Ａ` is `A`, `＝` is `=`), without white space and unseen characters. */
export function foldedText(text: string): string {
  const folded = text.normalize('NFKC').replace(UNSEEN, '');
  // What stood apart may be one character now: a letter, and an accent whose space is gone.
  return folded === text ? folded : foldedText(folded);
}

/**
 * What all spellings of one WeChat ID, or of one reference that is compared with it, have in common: {@link foldedText}
 * in lower case. The one place that says when two of them are the same.
 */
export function identityKey(text: string): string {
  const key = foldedText(text).toLowerCase();
  return key === text ? key : identityKey(key);
}
