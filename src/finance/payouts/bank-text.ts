import { transliterate } from 'transliteration';

/** Characters that every bank takes (EPC217-08): `a-z A-Z 0-9 / - ? : ( ) . , ' +` and space. */
export const BANK_TEXT = /^[a-zA-Z0-9/\-?:().,'+ ]*$/;

/** What a name or a town becomes in a bank file: transliterated (Chinese to pinyin), then within {@link BANK_TEXT}. May be empty. */
export function bankText(text: string): string {
  return (
    transliterate(text.normalize('NFKC'))
      .replace(/&/g, '+')
      .replace(/_/g, '-')
      .replace(/[^a-zA-Z0-9/\-?:().,'+ ]/g, ' ')
      .replace(/\s+/g, ' ')
      // A slash at either end, or two together, is read as a field separator by older systems.
      .replace(/\/{2,}/g, '/')
      .replace(/^[/ ]+|[/ ]+$/g, '')
  );
}
