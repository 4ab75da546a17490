import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { SslOptions } from 'mysql2';
import { addressesOf } from './store-addresses.js';

/** The one parameter that the URL of a database takes. */
const PARAMETER = 'tls';
const ON = 'on';

/** The file of the authority by which a URL of a database wants TLS; null: by those that the system knows; undefined: without TLS. */
export function tlsAuthorityOf(url: string): string | null | undefined {
  const asked = new URL(url).searchParams.get(PARAMETER);
  if (asked === null) return undefined;
  return asked === ON ? null : asked;
}

/** What the driver has to be told besides the URL; the certificate has to be of this host. */
export function tlsOf(url: string): { ssl?: SslOptions & { verifyIdentity: boolean } } {
  const authority = tlsAuthorityOf(url);
  if (authority === undefined) return {};
  const ca = authority === null ? {} : { ca: readFileSync(authority, 'utf8') };
  return { ssl: { ...ca, minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true } };
}

/** A connection of its own, for a URL whose parameters the driver does not know. */
export function connectionTo(url: string): { uri: string } & ReturnType<typeof tlsOf> {
  return { uri: Object.assign(new URL(url), { search: '' }).href, ...tlsOf(url) };
}

/** The URL of a database; of a cluster with the addresses of its servers. A mistyped parameter must not mean a connection without TLS. */
export function databaseUrl(text: string): string {
  const addresses = addressesOf(text);
  for (const address of addresses) oneDatabaseUrl(address);
  if (addresses.length > 1 && tlsAuthorityOf(addresses[0]) !== undefined)
    throw new Error('with tls takes one host: the certificate is held against its name');
  return text;
}

/** The URL of one server of a database. */
export function oneDatabaseUrl(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'mysql:')
    throw new Error('must be a URL that begins with mysql://');
  const { searchParams, hostname } = new URL(text);
  for (const name of searchParams.keys())
    if (name !== PARAMETER) throw new Error(`has the parameter ${name}; the only one is ${PARAMETER}`);
  if (tlsAuthorityOf(text) === undefined) return text;
  if (isIP(hostname.replace(/^\[|\]$/g, '')))
    throw new Error('with tls needs the name of the host, as its certificate has it');
  try {
    tlsOf(text);
  } catch {
    throw new Error(
      'with tls names a file that cannot be read: it takes on, or the file of the authority’s certificate',
    );
  }
  return text;
}
