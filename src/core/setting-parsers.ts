import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TokenKey } from '../shared/signed-token.js';
import { addressesOf } from './store-addresses.js';
import { isTimeZone } from '../shared/calendar.js';

/** How the text of a setting is read. Each throws an Error that says what the text must be. */

/** A verifying key and the id that its owner signs under. */
export interface NamedKey {
  id: string;
  key: KeyObject;
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) throw new Error(`must be a whole number ${min}–${max}`);
    return value;
  };
}

/** A URL of one of these protocols, as it is written. */
export function url(...protocols: string[]) {
  return (text: string): string => {
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
      throw new Error(`must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return text;
  };
}

/** A URL of one of these protocols whose host may be a list, `first:port,second:port`, as it is written. */
export function storeUrl(...protocols: string[]) {
  const one = url(...protocols);
  return (text: string): string => {
    for (const address of addressesOf(text)) one(address);
    return text;
  };
}

/** Empty text is null. */
export function optional<T>(parse: (text: string) => T) {
  return (text: string): T | null => (text === '' ? null : parse(text));
}

/** `1` is true, `0` false. */
export function flag(text: string): boolean {
  if (text !== '0' && text !== '1') throw new Error('must be 0 or 1');
  return text === '1';
}

/** One of these words. */
export function oneOf<T extends string>(...values: T[]) {
  return (text: string): T => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new Error(`must be one of ${values.join(', ')}`);
    return found;
  };
}

/** 32 bytes in base64. */
export function secret(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32) throw new Error('must be 32 bytes in base64 (openssl rand -base64 32)');
  return bytes;
}

/** Keys with their ids, `id:base64`, the newest first. */
export function keys(text: string): TokenKey[] {
  const found = text.split(',').map((part) => {
    const [id, ...rest] = part.split(':');
    if (!id || !/^[A-Za-z0-9-]{1,16}$/.test(id)) throw new Error('must be id:base64[,id:base64], the newest first');
    return { id, secret: secret(rest.join(':')) };
  });
  if (new Set(found.map((key) => key.id)).size !== found.length) throw new Error('names a key id twice');
  return found;
}

/** An IANA time zone. */
export function timeZone(text: string): string {
  if (!isTimeZone(text)) throw new Error('must be an IANA time zone');
  return text;
}

/** An e-mail address, in lower case. */
export function email(text: string): string {
  if (!/^[^@\s]+@[^@\s]+$/.test(text)) throw new Error('must be an e-mail address');
  return text.toLowerCase();
}

/** At least 12 characters. */
export function password(text: string): string {
  if (text.length < 12) throw new Error('must have at least 12 characters');
  return text;
}

/** Text that matches; `about` says what it must be. */
export function matching(pattern: RegExp, about: string) {
  return (text: string): string => {
    if (!pattern.test(text)) throw new Error(`must be ${about}`);
    return text;
  };
}

/** A key from PEM text (line breaks may be written as \\n), or from the file at a path. */
export function pem(parse: (text: string) => KeyObject) {
  return (text: string): KeyObject => {
    try {
      return parse(text.startsWith('-----BEGIN') ? text.replaceAll('\\n', '\n') : readFileSync(text, 'utf8'));
    } catch {
      throw new Error('must be a key in PEM, or the path of a file with one');
    }
  };
}

/** Keys with the ids under which another party signs; ids are compared without case. */
export function namedKeys(parse: (text: string) => KeyObject) {
  const read = pem(parse);
  return (text: string): [NamedKey, ...NamedKey[]] => {
    const [first, ...others] = text.split(',').map((part): NamedKey => {
      const [, id, key] = /^\s*(\w{1,64}):([^]+)$/.exec(part) ?? [];
      if (id === undefined || key === undefined) throw new Error('must be id:key[,id:key]');
      return { id, key: read(key.trim()) };
    });
    if (first === undefined) throw new Error('must be id:key[,id:key]');
    if (new Set([first, ...others].map(({ id }) => id.toUpperCase())).size !== others.length + 1)
      throw new Error('names a key id twice');
    return [first, ...others];
  };
}

/** The address of an OpenID Connect issuer; without https only on this machine. */
export function issuer(text: string): string {
  const found = url('https:', 'http:')(text);
  const { protocol, hostname } = new URL(found);
  if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) throw new Error('must be https');
  return found;
}

/** A claim and its value, `name=value`. */
export function claim(text: string): { name: string; value: string } {
  const [, name, value] = /^([^=\s]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Error('must be name=value');
  return { name, value };
}
