// @ts-check
/** Sends requests as they are, however wrong, and waits for each only so long. */
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { hasHalfPair } from './text.mjs';

/**
 * @typedef {object} Answer
 * @property {number} status 0: none came
 * @property {Record<string, string>} headers
 * @property {string} text
 * @property {number} ms
 * @property {string} [failure] why none came
 */

/** How long an answer may take, whatever was asked. */
export const LIMIT_MS = 20_000;
/** What reads all books, one caller after the other. @type {Record<string, number>} */
const LONGER_MS = { runAudit: 180_000 };

/** With these a connection cannot be used again, or is not to be trusted. */
const ALONE = /^(connection|content-length|expect|host|te|upgrade)$/i;

/** What turns callers away when too many come at once (`service.busy`) is called by so few at the same time. */
const NARROW = 3;

export class Sender {
  /** @param {string} baseUrl @param {number} connections */
  constructor(baseUrl, connections) {
    this.baseUrl = new URL(baseUrl);
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
    /** The last call in each of the narrow lanes. @type {Promise<unknown>[]} */
    this.narrow = Array(NARROW).fill(Promise.resolve());
    this.turn = 0;
  }

  close() {
    this.agent.destroy();
  }

  /** @param {import('./base.mjs').Request} request @param {[string, string][]} credentials @returns {Promise<Answer>} */
  async send(request, credentials) {
    if (!request.operation.codes['503']?.has('service.busy')) return this.#send(request, credentials);
    const lane = this.turn++ % NARROW;
    const answer = /** @type {Promise<unknown>} */ (this.narrow[lane]).then(() => this.#send(request, credentials));
    this.narrow[lane] = answer;
    return answer;
  }

  /** @param {import('./base.mjs').Request} request @param {[string, string][]} credentials @returns {Promise<Answer>} */
  async #send(request, credentials) {
    const start = performance.now();
    const answer = await (request.bytes ? this.#raw(request.bytes) : this.#http(request, credentials));
    return { ...answer, ms: performance.now() - start };
  }

  /** @param {import('./base.mjs').Request} request @param {[string, string][]} credentials @returns {Promise<Omit<Answer, 'ms'>>} */
  #http(request, credentials) {
    const body = bodyOf(request);
    /** @type {Record<string, string | string[]>} */
    const headers = {};
    if (body !== undefined && request.json !== undefined) headers['content-type'] = 'application/json';
    for (const [name, value] of [...credentials, ...request.headers]) {
      const known = headers[name];
      headers[name] = known === undefined || name === 'content-type' ? value : [known, value].flat();
    }
    if (body !== undefined && !('content-length' in headers))
      headers['content-length'] = String(Buffer.byteLength(body));
    const alone =
      Object.keys(headers).some((name) => name !== 'content-length' && ALONE.test(name)) ||
      headers['content-length'] === '0';
    const { hostname, port } = this.baseUrl;
    return new Promise((resolve) => {
      /** @type {NodeJS.Timeout} */
      let timer;
      const done = (/** @type {Omit<Answer, 'ms'>} */ answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      try {
        const sent = httpRequest({
          hostname,
          port,
          method: request.method,
          path: targetOf(request),
          headers,
          agent: alone ? false : this.agent,
        });
        const limitMs = LONGER_MS[request.operation.id] ?? LIMIT_MS;
        timer = setTimeout(() => {
          done(none(`no answer in ${limitMs / 1000} s`));
          sent.destroy();
        }, limitMs);
        sent.on('error', (error) => done(none(String(/** @type {any} */ (error).code ?? error.message))));
        sent.on('upgrade', (_, socket) => {
          socket.destroy();
          done(none('the protocol was changed'));
        });
        sent.on('response', (response) => {
          /** @type {Buffer[]} */
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', (error) => done(none(`the answer ended before its time: ${error.message}`)));
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              headers: plain(response.headers),
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        });
        sent.end(body);
      } catch (error) {
        done(none(`cannot be sent: ${/** @type {Error} */ (error).message}`));
      }
    });
  }

  /** @param {Buffer} bytes @returns {Promise<Omit<Answer, 'ms'>>} */
  #raw(bytes) {
    return new Promise((resolve) => {
      const socket = connect(Number(this.baseUrl.port), this.baseUrl.hostname, () => socket.write(bytes));
      let text = '';
      // What is not complete is waited for; whoever has sent all of it does not wait long.
      const timer = setTimeout(() => socket.destroy(), 1_000);
      socket.setEncoding('latin1').on('data', (chunk) => {
        text += chunk;
        if (/\r\n\r\n[^]*[}\]>]$/.test(text)) socket.end();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearTimeout(timer);
        resolve(parsed(text));
      });
    });
  }
}

/** @param {string} failure */
const none = (failure) => ({ status: 0, headers: {}, text: '', failure });

/** @param {string} text the first answer of a connection */
function parsed(text) {
  if (text === '') return { status: -1, headers: {}, text };
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
  );
  const length = Number(headers['content-length'] ?? Infinity);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0),
    headers,
    text: Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString('utf8').slice(0, length),
  };
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
const plain = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join('\n')]));

/** @param {import('./base.mjs').Request} request */
export function bodyOf(request) {
  if (request.body !== undefined) return request.body;
  return request.json === undefined ? undefined : JSON.stringify(request.json);
}

/** The address as it is sent. @param {import('./base.mjs').Request} request */
export function targetOf({ operation, path, query, target }) {
  if (target !== undefined) return target;
  const address = operation.path.replace(/\{(\w+)\}/g, (_, /** @type {string} */ name) => escaped(path[name] ?? ''));
  if (query.length === 0) return address;
  return `${address}?${query.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')}`;
}

/** Half of a pair, which UTF-8 cannot say, is sent as CESU-8 would. @param {string} text */
function escaped(text) {
  if (!hasHalfPair(text)) return encodeURIComponent(text);
  return [...text].map((c) => (!hasHalfPair(c) ? encodeURIComponent(c) : '%ED%A0%80')).join('');
}
