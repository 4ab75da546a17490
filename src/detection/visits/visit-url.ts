import { type DomainError, invalidFields } from '../../shared/domain-error.js';
import { foldedText } from '../../shared/identity-key.js';

/** Only a base for addresses without an origin; nothing of it is kept. */
const BASE = 'http://shop.invalid';

/** Values of one parameter that are looked at, at most. */
const MAX_VALUES = 20;
/** Longest value that can be a code or a token. */
const MAX_LENGTH = 256;

/**
 * The values of a parameter anywhere in an address: in its query, in its fragment (`#/p?m=CODE` of a hash router), or in
 * an address inside it. They are found as they stand first, then with percent-encoding undone once, then twice; in
 * full-width letters, too; and without the punctuation, spaces and unseen characters that copying adds around them.
 * Never throws.
 */
export function valuesInUrl(url: string, parameter: string): string[] {
  const name = parameter.replace(/[^A-Za-z0-9_]/g, '\\$&');
  const pattern = new RegExp(`(?:^|[?&#;])${name}=([^?&#;/]*)`, 'g');
  const values = new Set<string>();
  for (const text of readings(url))
    for (const [, written = ''] of text.matchAll(pattern)) {
      for (const value of spellings(percentDecoded(written))) values.add(value);
      if (values.size >= MAX_VALUES) return [...values];
    }
  return [...values];
}

/** A code as it was typed, given apart from an address: the same care as in {@link valuesInUrl}. */
export function typedCodes(typed: string): string[] {
  return spellings(percentDecoded(typed));
}

/** Throws `request.invalid` unless it is an address, as a whole or from its path on. */
export function assertAddress(url: string): void {
  if (!readings(url).some(isAddress)) throw notAnAddress('/url');
}

/** Where the shopper came from, without query and fragment: those belong to the shopper. Throws `request.invalid`. */
export function originAndPath(url: string | null | undefined): string | null {
  if (!url) return null;
  if (!URL.canParse(url)) throw notAnAddress('/referrerUrl');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`.slice(0, 512);
}

function isAddress(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|[/?#])/i.test(text) && URL.canParse(text, BASE);
}

/** An address as it stands, with its percent-encoding undone once, and twice; full-width letters are folded. */
function readings(url: string): string[] {
  const asWritten = foldedText(url);
  const once = foldedText(percentDecoded(asWritten));
  return [...new Set([asWritten, once, foldedText(percentDecoded(once))])];
}

/** Undoes percent-encoding where it is well formed, and leaves the rest as it stands. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** What a value may mean: its first run of letters and digits, and the ASCII that this begins with when words follow. */
function spellings(written: string): string[] {
  const folded = foldedText(written.replaceAll('+', ' ')).slice(0, MAX_LENGTH);
  const run = /[\p{L}\p{N}][\p{L}\p{N}\p{Pd}\p{M}_.~]*/u.exec(folded)?.[0].replace(/[^\p{L}\p{N}]+$/u, '') ?? '';
  const ascii = /^[0-9A-Za-z._-]*[0-9A-Za-z]/.exec(run)?.[0] ?? '';
  return [run, ascii].filter((value, index, all) => value !== '' && all.indexOf(value) === index);
}

function notAnAddress(pointer: string): DomainError {
  const detail = 'must be an address, such as https://shop.example/tea?m=ABCDEFGH';
  return invalidFields([{ pointer, detail }]);
}
