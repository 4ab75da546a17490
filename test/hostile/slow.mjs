// @ts-check
/** Senders who stop, or send letter by letter: each has to be cut off. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialsOf } from './callers.mjs';

/** What the service is told; a request has to be there within so many seconds. */
export const REQUEST_SECONDS = 5;
/** How much later than that a connection may still be there: the service looks for them from time to time. */
const SPARE_MS = 15_000;
/** Operations that are tried. */
const TRIED = 16;

/**
 * @param {import('./operations.mjs').Operation[]} operations
 * @param {{ baseUrl: string, callers: import('./callers.mjs').Callers, callerOf: (operation: import('./operations.mjs').Operation) => string, chance: import('./chance.mjs').Chance }} given
 */
export async function sendSlowly(operations, { baseUrl, callers, callerOf, chance }) {
  const withBody = operations.filter(({ types, id }) => types.length > 0 && id !== 'signIn' && id !== 'signInMerchant');
  const streams = withBody.filter(({ types }) => types[0] !== 'application/json');
  const tried = [
    ...streams,
    ...Array.from({ length: TRIED - streams.length }, () =>
      chance.of(withBody.filter((one) => !streams.includes(one))),
    ),
  ];
  /** @type {string[]} */
  const faults = [];
  /** @type {number[]} */
  const times = [];
  const port = Number(new URL(baseUrl).port);
  const attempt = async (
    /** @type {string} */ what,
    /** @type {string} */ first,
    /** @type {string | null} */ more,
    /** @type {RegExp} */ wanted,
  ) => {
    const { text, ms } = await dribble(port, first, more);
    if (ms === null) faults.push(`slowly sent: ${what} was not cut off`);
    else times.push(ms);
    if (!wanted.test(text)) faults.push(`slowly sent: ${what} was answered ${text.slice(0, 200)}`);
  };
  await Promise.all([
    attempt('nothing', '', null, /^HTTP\/1\.1 408 /),
    attempt('headers without end', 'GET /v1/staff HTTP/1.1\r\nHost: a\r\n', 'X: a\r\n', /^HTTP\/1\.1 408 /),
    ...tried.map((operation) => {
      const isStream = streams.includes(operation);
      const credentials = credentialsOf(callerOf(operation), callers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `${operation.method} ${operation.path.replace(/\{\w+\}/g, 'x')} HTTP/1.1\r\nHost: a\r\n${credentials.join('')}`;
      const first = `${head}Content-Type: ${operation.types[0]}\r\nContent-Length: 100000\r\n\r\n{"a":"`;
      // An import has answered 200 by then, and ends early.
      return attempt(
        operation.id,
        first,
        isStream || chance.happens(0.5) ? null : 'a',
        isStream ? /^$|^HTTP\/1\.1 (200|408) / : /^HTTP\/1\.1 4\d\d /,
      );
    }),
  ]);
  const longest = times.length > 0 ? (Math.max(...times) / 1000).toFixed(1) : '–';
  return {
    faults,
    told: [
      `${tried.length + 2} senders who stopped or sent letter by letter, of whom a request has to be there in ${REQUEST_SECONDS} s: all were cut off, the last after ${longest} s.`,
    ],
  };
}

/** @param {number} port @param {string} first @param {string | null} more @returns {Promise<{ text: string, ms: number | null }>} */
async function dribble(port, first, more) {
  const start = performance.now();
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let closed = false;
  socket.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  socket.on('error', () => undefined);
  socket.on('close', () => (closed = true));
  socket.write(first);
  while (!closed && performance.now() - start < REQUEST_SECONDS * 1000 + SPARE_MS) {
    await sleep(200);
    if (more !== null && socket.writable) socket.write(more);
  }
  socket.destroy();
  return { text, ms: closed ? performance.now() - start : null };
}
