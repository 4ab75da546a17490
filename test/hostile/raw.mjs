// @ts-check
/** What no client of HTTP would send: bytes on a connection of their own. */
import { MARK } from './strings.mjs';

/** Of all requests. */
export const RAW_SHARE = 0.01;

/** @type {[string, (line: string) => string][]} */
const WAYS = [
  [
    'a length and chunks at once',
    (line) => `${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{}`,
  ],
  ['two lengths', (line) => `${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  ['a length that is none', (line) => `${line} HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}`],
  ['a length without end', (line) => `${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}`],
  [
    'chunks that are none',
    (line) => `${line} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  ],
  [
    'a chunk without end',
    (line) => `${line} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{}\r\n`,
  ],
  [
    'an encoding of transfer that does not exist',
    (line) => `${line} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n{}`,
  ],
  ['a line end within a header', (line) => `${line} HTTP/1.1\r\nHost: a\r\nX: a\nx-${MARK}: 1\r\n\r\n`],
  ['a NUL within a header', (line) => `${line} HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n`],
  ['a folded header', (line) => `${line} HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n`],
  ['a space before the colon', (line) => `${line} HTTP/1.1\r\nHost : a\r\n\r\n`],
  ['no host', (line) => `${line} HTTP/1.1\r\n\r\n`],
  ['two hosts', (line) => `${line} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`],
  ['HTTP/0.9', (line) => `${line}\r\n\r\n`],
  ['HTTP/1.0', (line) => `${line} HTTP/1.0\r\n\r\n`],
  ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/9.9', (line) => `${line} HTTP/9.9\r\nHost: a\r\n\r\n`],
  ['an address with spaces', (line) => `${line} x y HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['bytes of 8 bits in the address', (line) => `${line}\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`],
  [
    'an absolute address',
    (line) => `${line.replace(' ', ' http://evil.example')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  ],
  ['a method that does not exist', (line) => `X${line} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['a tunnel', () => 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ['an asterisk', () => 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  [
    'a request within a request',
    (line) =>
      `${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\nGET /v1/staff HTTP/1.1\r\nHost: a\r\n\r\n`,
  ],
  ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.padEnd(200, '\x7f')],
  ['noise', () => '\x00\xff\x01\xfe'.repeat(100)],
  ['an address of 100 kB', (line) => `${line}${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['a header of 100 kB', (line) => `${line} HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
  ['ten thousand headers', (line) => `${line} HTTP/1.1\r\nHost: a\r\n${'X: a\r\n'.repeat(10_000)}\r\n`],
];

/** @param {import('./base.mjs').Request} request @param {import('./chance.mjs').Chance} chance @returns {import('./base.mjs').Request} */
export function rawRequest(request, chance) {
  const [how, bytes] = chance.of(WAYS);
  const line = `${request.method} ${request.operation.path.replace(/\{\w+\}/g, 'x')}`;
  return {
    ...request,
    kind: 'bytes that are not HTTP',
    how,
    caller: 'nobody',
    bytes: Buffer.from(bytes(line), 'latin1'),
  };
}
