// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** Longest that a shopper waits for Yinke. */
const TIMEOUT_MS = 5_000;

/** Yinke understood the call and said no; the same call will be refused again. */
export class Refused extends Error {
  /** @param {number} status @param {string} code @param {string} detail */
  constructor(status, code, detail) {
    super(`${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
  }
}

/** Yinke cannot be reached, or asks to be called later. The same call may be sent again. */
export class Away extends Error {}

/**
 * One call to Yinke and its answer, for people who look behind the shop.
 * @typedef {object} Exchange
 * @property {string} method
 * @property {string} path
 * @property {string} authorization of the key, only which kind it is
 * @property {unknown} request
 * @property {number} status 0: there was no answer
 * @property {unknown} answer
 */

/** Yinke as the shop's server calls it, with the secret key. The key never leaves the server. */
export class Yinke {
  /**
   * @param {{ url: string, secretKey: string }} access
   * @param {(exchange: Exchange) => void} [onExchange]
   */
  constructor(access, onExchange) {
    this.access = access;
    this.onExchange = onExchange;
  }

  /** The same, with somebody listening. @param {(exchange: Exchange) => void} onExchange */
  heardBy(onExchange) {
    return new Yinke(this.access, onExchange);
  }

  /** @param {string} path */
  get(path) {
    return this.#call('GET', path, undefined);
  }

  /** @param {string} path @param {object} body */
  post(path, body) {
    return this.#call('POST', path, body);
  }

  /** @param {string} method @param {string} path @param {object | undefined} body @returns {Promise<any>} */
  async #call(method, path, body) {
    const { url, secretKey } = this.access;
    let status = 0;
    /** @type {any} */
    let answer = null;
    try {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${secretKey}`, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      status = response.status;
      answer = await response.json();
    } catch (error) {
      throw new Away(`${method} ${path}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.onExchange?.({ method, path, authorization: 'Bearer sk_…', request: body ?? null, status, answer });
    }
    if (status < 300) return answer;
    // A limit and a conflict in time pass by; what is wrong with a call does not.
    if (status === 429 || status >= 500) throw new Away(`${method} ${path}: ${status}`);
    throw new Refused(status, answer.code, answer.detail);
  }
}

/**
 * What the shop has to tell Yinke about its orders. It is told at once where that is possible and again later where it
 * is not: every call may be repeated, since orders and refunds have ids. (A shop with a database keeps this list there.)
 */
export class Outbox {
  /** @param {Yinke} yinke @param {(error: unknown) => void} onError */
  constructor(yinke, onError) {
    this.yinke = yinke;
    this.onError = onError;
    /** @type {Map<string, { path: string, body: object }[]>} for each order, in this order */
    this.waiting = new Map();
    this.timer = setInterval(() => void this.#tellAll(), 5_000).unref();
    /** @type {Map<string, Promise<void>>} */
    this.telling = new Map();
  }

  /** @param {string} orderId @param {string} path @param {object} body */
  add(orderId, path, body) {
    this.waiting.set(orderId, [...(this.waiting.get(orderId) ?? []), { path, body }]);
  }

  /** Tells what waits of an order, one call after the other; never throws. @param {string} orderId @param {Yinke} [yinke] */
  async tell(orderId, yinke = this.yinke) {
    const before = this.telling.get(orderId) ?? Promise.resolve();
    const told = before.then(() => this.#tellNow(orderId, yinke));
    this.telling.set(orderId, told);
    await told;
    if (this.telling.get(orderId) === told) this.telling.delete(orderId);
  }

  /** Whether Yinke knows everything of an order. @param {string} orderId */
  isTold(orderId) {
    return !this.waiting.has(orderId);
  }

  /** @param {string} orderId @param {Yinke} yinke */
  async #tellNow(orderId, yinke) {
    for (let next; (next = this.waiting.get(orderId)?.[0]);) {
      try {
        await yinke.post(next.path, next.body);
      } catch (error) {
        this.onError(error);
        if (error instanceof Away) return;
      }
      const rest = this.waiting.get(orderId)?.slice(1) ?? [];
      if (rest.length > 0) this.waiting.set(orderId, rest);
      else this.waiting.delete(orderId);
    }
  }

  async #tellAll() {
    for (const orderId of [...this.waiting.keys()]) {
      await this.tell(orderId);
      await sleep(50); // one after the other, when Yinke has just come back
    }
  }

  stop() {
    clearInterval(this.timer);
  }
}
