import { newCheckedCode, parseCheckedCode } from '../../shared/checked-code.js';

const LETTERS = 8;

/** Seven random letters and a check letter. */
export function newMerchantCode(pick?: (letters: number) => number): string {
  return newCheckedCode(LETTERS, pick);
}

/** The code as stored, from what was typed; null when it cannot be a merchant's code. */
export function parseMerchantCode(typed: string): string | null {
  return parseCheckedCode(typed, LETTERS);
}
