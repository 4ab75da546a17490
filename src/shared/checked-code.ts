import { randomInt } from 'node:crypto';

/** Letters that are told apart when read aloud or copied: no 0 O, no 1 I L. 31 of them, a prime. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = CODE_ALPHABET.length;

/** Random letters of {@link CODE_ALPHABET}, and at the end a check letter that makes the weighted sum 0 modulo 31. At most 30 letters. */
export function newCheckedCode(length: number, pick: (letters: number) => number = randomInt): string {
  const body = Array.from({ length: length - 1 }, () => CODE_ALPHABET.charAt(pick(BASE))).join('');
  const check = Array.from(CODE_ALPHABET).find((letter) => weightedSum(body + letter) === 0);
  if (check === undefined) throw new RangeError('a code has fewer letters than its alphabet');
  return body + check;
}

/**
 * The code as stored, from what was typed: case, white space and dashes do not matter. Null when it cannot be a
 * code: modulo a prime, with a weight of its own for each place, every one wrong letter and every two letters swapped
 * change the sum, so such mistakes are known without a look-up.
 */
export function parseCheckedCode(typed: string, length: number): string | null {
  if (typed.length > 64) return null;
  const compact = typed.replace(/[\s\-‐-―－]/g, '');
  // Only ASCII is put into capitals: elsewhere, ſ would become S.
  if (compact.length !== length || !/^[0-9A-Za-z]+$/.test(compact)) return null;
  const code = compact.toUpperCase();
  return Array.from(code).every((letter) => CODE_ALPHABET.includes(letter)) && weightedSum(code) === 0 ? code : null;
}

function weightedSum(letters: string): number {
  let sum = 0;
  for (let place = 0; place < letters.length; place += 1)
    sum += (place + 1) * CODE_ALPHABET.indexOf(letters.charAt(place));
  return sum % BASE;
}
