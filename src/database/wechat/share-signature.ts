import { createHash } from 'node:crypto';

/** What a signature for WeChat's JS-SDK is made of. */
export interface SignedParts {
  ticket: string;
  nonce: string;
  /** Seconds since 1970. */
  timestamp: number;
  /** Of the page, without what follows a `#`. */
  url: string;
}

/** WeChat, JS-SDK 使用权限签名算法: SHA-1, in hex, of the four in the order of their names. */
export function shareSignature({ ticket, nonce, timestamp, url }: SignedParts): string {
  const said = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`;
  return createHash('sha1').update(said).digest('hex');
}
