import { pinyin } from 'pinyin-pro';
import { transliterate } from 'transliteration';
import { asSurname, isPersonsName } from './chinese-names.js';

/** Characters that every bank takes (EPC217-08): `a-z A-Z 0-9 / - ? : ( ) . , ' +` and space. */
export const BANK_TEXT = /^[a-zA-Z0-9/\-?:().,'+ ]*$/;

/** What a text becomes in a bank file: Chinese in pinyin, German as Germans write it, within {@link BANK_TEXT}. May be empty. */
export function bankText(text: string): string {
  return written(text, (chinese) => syllables(chinese, 'off'));
}

/**
 * What a payee's name becomes in a bank file. `latin`, as the holder wrote it, wins; else the name is read, and of a
 * person's name in Chinese the surname as one: 曾 Zeng, 单 Shan, 尉迟 Yuchi. May be empty.
 */
export function bankName(holder: string, latin: string | null): string {
  if (latin !== null) return bankText(latin);
  const name = holder.normalize('NFKC').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  if (!isPersonsName(name)) return bankText(holder);
  const { surname, given } = asSurname(name);
  const [whole, first] = [syllables(surname + given, 'head'), syllables(surname, 'head')];
  // 尉迟 is one word: GB/T 28039-2011, 5.1.
  return written(name, () => [first.join(''), ...whole.slice(first.length)]);
}

/** `read` gives the words of a run of Chinese characters. */
function written(text: string, read: (chinese: string) => string[]): string {
  const latin = german(text.normalize('NFKC')).replace(
    /\p{Script=Han}+/gu,
    (chinese) => ` ${read(chinese).map(capitalised).join(' ')} `,
  );
  return (
    transliterate(latin)
      .replace(/&/g, '+')
      .replace(/_/g, '-')
      .replace(/[^a-zA-Z0-9/\-?:().,'+ ]/g, ' ')
      .replace(/\s+/g, ' ')
      // A slash at either end, or two together, is read as a field separator by older systems.
      .replace(/\/{2,}/g, '/')
      .replace(/^[/ ]+|[/ ]+$/g, '')
  );
}

/** The syllables of Chinese characters; ü is yu, as in passports (GB/T 28039-2011, 5.4). What has none stays as it is. */
function syllables(chinese: string, surname: 'head' | 'off'): string[] {
  return pinyin(chinese, { toneType: 'none', type: 'array', surname }).map((one) => one.replaceAll('ü', 'yu'));
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

const GERMAN: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ẞ: 'SS',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
};

/** ä ö ü ß as ae oe ue ss (DIN 5007-2), in capitals among capitals. */
function german(text: string): string {
  return text.replace(/[äöüßẞÄÖÜ]/g, (letter, at: number) => {
    const pair = GERMAN[letter] ?? letter;
    const among =
      /\p{Lu}/u.test(text.charAt(at + 1)) ||
      (at > 0 && /^\P{L}*$/u.test(text.charAt(at + 1)) && /\p{Lu}/u.test(text.charAt(at - 1)));
    return among && letter !== letter.toLowerCase() ? pair.toUpperCase() : pair;
  });
}
