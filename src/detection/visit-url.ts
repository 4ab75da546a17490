import type { DomainError } from '../shared/domain-error.js';
import { invalidFields } from './errors.js';

/** Only a base for addresses without an origin; nothing of it is kept. */
const BASE = 'http://shop.invalid';

/** The merchant code in the query of the address that a shopper came to, '' when there is none. Throws `request.invalid`. */
export function codeInUrl(url: string, parameter: string): string {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(url);
  if ((!absolute && !/^[/?#]/.test(url)) || !URL.canParse(url, BASE)) throw notAnAddress('/url');
  const code = new URL(url, BASE).searchParams.get(parameter) ?? '';
  return code.slice(0, 64);
}

/** Where the shopper came from, without query and fragment: those belong to the shopper. Throws `request.invalid`. */
export function originAndPath(url: string | null | undefined): string | null {
  if (!url) return null;
  if (!URL.canParse(url)) throw notAnAddress('/referrerUrl');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`.slice(0, 512);
}

function notAnAddress(pointer: string): DomainError {
  const detail = 'must be an address, such as https://shop.example/tea?m=ABCDEFGH';
  return invalidFields([{ pointer, detail }]);
}
