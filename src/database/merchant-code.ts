import { randomInt } from 'node:crypto';

/** Letters that are told apart when read aloud or copied: no 0 O, no 1 I L. 31 of them, a prime. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = CODE_ALPHABET.length;
const CODE = new RegExp(`^[${CODE_ALPHABET}]{8}$`);

/** Seven random letters, and a check letter that makes the weighted sum below 0 modulo 31. */
export function newMerchantCode(pick: (letters: number) => number = randomInt): string {
  const body = Array.from({ length: 7 }, () => CODE_ALPHABET.charAt(pick(BASE))).join('');
  // The check letter has weight 8, and 8 × 4 = 32 ≡ 1: to divide by 8 is to multiply by 4.
  const check = ((BASE - weightedSum(body)) * 4) % BASE;
  return body + CODE_ALPHABET.charAt(check);
}

/**
 * The code as stored, from what somebody typed: case, white space and dashes do not matter. Null when it cannot be a
 * code: modulo a prime, with a weight of its own for each place, every one wrong letter and every two letters swapped
 * change the sum, so such mistakes are known without a look-up.
 */
export function parseMerchantCode(typed: string): string | null {
  if (typed.length > 64) return null;
  const compact = typed.replace(/[\s\-‐-―－]/g, '');
  // Only ASCII is put into capitals: elsewhere, ſ would become S.
  if (!/^[0-9A-Za-z]{8}$/.test(compact)) return null;
  const code = compact.toUpperCase();
  return CODE.test(code) && weightedSum(code) === 0 ? code : null;
}

function weightedSum(letters: string): number {
  let sum = 0;
  for (let place = 0; place < letters.length; place += 1)
    sum += (place + 1) * CODE_ALPHABET.indexOf(letters.charAt(place));
  return sum % BASE;
}
