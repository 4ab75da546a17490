import { pinyin } from 'pinyin-pro';
import { identityKey } from '../../shared/identity-key.js';
import { isId } from '../../shared/ids.js';
import { parseMerchantCode } from './merchant-code.js';
import type { MerchantCard } from './merchant-directory.js';

/** Characters of what is looked for that count. */
const MAX_LENGTH = 64;
const HAN = /\p{Script=Han}/u;

/** What a merchant's name can be found by: the name itself, and how its Chinese characters are read. */
type Spellings = readonly string[];

/** Finds merchants by name, WeChat ID, code or id. Each name is read once, when it is first looked at. */
export class MerchantSearch {
  private readonly spellings = new WeakMap<MerchantCard, Spellings>();

  /**
   * Whether a merchant fits what was typed: a part of the display name in either script (李伟 by 李, by "li wei" and by
   * "liwei"), the beginning of the WeChat ID, or the whole code or id. Case, width and spaces make no difference, and no
   * character stands for others.
   */
  matcher(typed: string): (card: MerchantCard) => boolean {
    const text = identityKey(typed.slice(0, MAX_LENGTH));
    if (isId('merchant', text)) return ({ id }) => id === text;
    if (text === '') return () => false;
    const code = parseMerchantCode(typed);
    return (card) =>
      card.code === code ||
      identityKey(card.wechatId).startsWith(text) ||
      this.spellingsOf(card).some((spelling) => spelling.includes(text));
  }

  private spellingsOf(card: MerchantCard): Spellings {
    const known = this.spellings.get(card);
    if (known) return known;
    const name = identityKey(card.displayName);
    const spellings = HAN.test(name) ? [name, ...readings(card.displayName)] : [name];
    this.spellings.set(card, spellings);
    return spellings;
  }
}

/** How a Chinese name is read, as a surname and as any other word. */
function readings(name: string): string[] {
  const read = (surname: 'all' | 'off') =>
    identityKey(pinyin(name, { toneType: 'none', type: 'array', surname, v: true }).join(''));
  return [...new Set([read('off'), read('all')])];
}
