// @ts-check
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../scripts/lib/say.mjs';

/** An answer that the demo did not expect; the message says what was asked and what the service answered. */
export class ApiError extends Refusal {
  /** @param {string} call @param {number} status @param {any} problem */
  constructor(call, status, problem) {
    const fields = (problem?.errors ?? []).slice(0, 3).map((/** @type {any} */ e) => ` ${e.pointer}: ${e.detail}`);
    super(`${call} → ${status} ${problem?.code ?? ''} ${problem?.detail ?? ''}${fields.join(';')}`);
    this.status = status;
    this.code = problem?.code;
  }
}

const agent = new Agent({ keepAlive: true });

/** How often a request that the service asks us to send again (429, 503) is sent in all. */
const TRIES = 8;

/** @typedef {{ type: string, content: string | Buffer }} Body */

/** One caller of the public API: a storefront's key, a member of staff, or nobody in particular. */
export class Client {
  /**
   * @param {string} baseUrl
   * @param {AbortSignal} signal no request starts after it
   * @param {string} [token]
   */
  constructor(baseUrl, signal, token) {
    this.baseUrl = baseUrl;
    this.signal = signal;
    /** @type {Record<string, string>} */
    this.headers = token ? { authorization: `Bearer ${token}` } : {};
  }

  /** @param {string} token @returns {Client} the same service, called by somebody else */
  as(token) {
    return new Client(this.baseUrl, this.signal, token);
  }

  /** @param {string} path @returns {Promise<any>} */
  async get(path) {
    return JSON.parse((await this.#call('GET', path)).toString());
  }

  /** @param {string} path @returns {Promise<Buffer>} */
  async download(path) {
    return this.#call('GET', path);
  }

  /** @param {string} path @param {object} [body] @returns {Promise<any>} */
  async post(path, body) {
    const json = body && { type: 'application/json', content: JSON.stringify(body) };
    const answer = await this.#call('POST', path, json);
    return answer.length === 0 ? undefined : JSON.parse(answer.toString());
  }

  /** @param {string} path @param {Buffer} content an XML document @returns {Promise<any>} */
  async upload(path, content) {
    return JSON.parse((await this.#call('POST', path, { type: 'application/xml', content })).toString());
  }

  /** Every item of a list. @param {string} path without a query @returns {Promise<any[]>} */
  async all(path) {
    const items = [];
    /** @type {string | null} */
    let cursor = null;
    do {
      /** @type {{ items: any[], nextCursor: string | null }} */
      const page = await this.get(`${path}?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  /** @param {string} method @param {string} path @param {Body} [body] @returns {Promise<Buffer>} */
  async #call(method, path, body) {
    for (let attempt = 1; ; attempt += 1) {
      this.signal.throwIfAborted();
      const { status, retryAfter, content } = await this.#send(method, path, body);
      if (status < 300) return content;
      if ((status !== 429 && status !== 503) || attempt === TRIES) {
        throw new ApiError(`${method} ${path}`, status, parsed(content.toString()));
      }
      const seconds = retryAfter === undefined ? 0.1 * 2 ** attempt : Number(retryAfter);
      await sleep(Math.min(seconds, 30) * 1000, undefined, { signal: this.signal });
    }
  }

  /**
   * One request. Node's `fetch` would take four times the processor time, on the processors that the service runs on.
   * @param {string} method
   * @param {string} path
   * @param {Body} [body]
   * @returns {Promise<{ status: number, retryAfter?: string, content: Buffer }>}
   */
  #send(method, path, body) {
    const headers = { ...this.headers };
    if (body !== undefined) {
      headers['content-type'] = body.type;
      headers['content-length'] = String(Buffer.byteLength(body.content));
    }
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.baseUrl), { method, headers, agent }, (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, headers: answered } = response;
          resolve({ status, retryAfter: answered['retry-after'], content: Buffer.concat(chunks) });
        });
      });
      sent.on('error', reject);
      sent.end(body?.content);
    });
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 300) };
  }
}
