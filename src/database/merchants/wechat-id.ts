import { identityKey } from '../../shared/identity-key.js';

/** 6–20 characters, a letter first, then letters, digits, `-`, `_`: ASCII, as WeChat gives them out. */
export const WECHAT_ID_PATTERN = '^[A-Za-z][A-Za-z0-9_\\-]{5,19}$';
const WECHAT_ID = new RegExp(WECHAT_ID_PATTERN, 'u');

/** What all spellings of one WeChat ID have in common ({@link identityKey}; WeChat ignores case); null when it cannot be one. */
export function wechatKey(typed: string): string | null {
  const key = identityKey(typed);
  return WECHAT_ID.test(key) ? key : null;
}
