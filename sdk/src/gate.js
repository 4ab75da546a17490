// @ts-check
import { Client, Refused } from './client.js';
import { CookieJar } from './cookie.js';
import { entrance, mayCarryCode } from './entrance.js';

/** @typedef {import('./cookie.js').Memory} Memory */
/** @typedef {import('./index.js').Judgement} Judgement */
/** @typedef {import('./index.js').ShopRequest} ShopRequest */

/** After Yinke was away it is left alone for this long: no shopper after the first waits for nothing. */
const PAUSE_MS = 1000;
/** For how long an address is kept whose code Yinke has not seen, and how long it may be. */
const PENDING_MS = 86_400_000;
const MAX_PENDING = 512;
/** Longest fields that Yinke takes. */
const MAX_URL = 2048;
const MAX_TOKEN = 4096;
const MAX_REFERENCE = 128;

/** @type {Judgement} At list prices: nothing is known. */
const NOTHING = { visit: null, attributed: false, merchant: null, ask: null, brought: null };

/** @param {import('./client.js').Visit} visit @param {number} at @returns {Memory} */
function memoryOf({ id, visit, attributed, merchant, ask, brought, expiresAt }, at) {
  const judgement = { visit, attributed, merchant, ask, brought };
  return { judgement, id, at, until: Date.parse(expiresAt), pending: null };
}

/** Judges requests: remembers shoppers in their cookie, and asks Yinke when one enters. Never throws. */
export class Gate {
  /** @param {import('./index.js').YinkeOptions<any>} options */
  constructor(options) {
    const { url, key, cookie = 'yinke', codeParameter = 'm', timeoutMs = 300, freshMinutes = 30 } = options;
    if (!URL.canParse(url)) throw new TypeError('url must say where Yinke is, such as https://yinke.example');
    if (!key) throw new TypeError('key must be the storefront’s secret key');
    this.client = new Client({ url, key, timeoutMs });
    this.jar = new CookieJar({ name: cookie, key });
    this.enters = entrance(options);
    this.codeParameter = codeParameter;
    this.freshMs = freshMinutes * 60_000;
    this.secure = options.secure;
    this.onError = options.onError ?? (() => undefined);
    this.pausedUntil = 0;
  }

  /**
   * @param {ShopRequest} request
   * @param {string | null} shopperRef
   * @returns {Promise<{ memory: Memory | null, cookie: string | null }>} a cookie when there is something new to remember
   */
  async judge(request, shopperRef) {
    const now = Date.now();
    const { token, memory } = this.#recall(request, now);
    const address = this.#addressToJudge(request, memory, now);
    if (address === null) return { memory, cookie: null };
    const visit = await this.#ask(() =>
      this.client.openVisit({
        url: address.slice(0, MAX_URL),
        previous: token,
        referrerUrl: referrerOf(request.headers),
        shopperRef: shopperRef?.trim().slice(0, MAX_REFERENCE) || null,
      }),
    );
    const next = this.#remembered(visit, memory, address, now);
    return { memory: next ?? memory, cookie: next && this.#cookie(next, request, now) };
  }

  /**
   * @param {Memory | null} memory
   * @param {import('./index.js').ReferrerAnswer} answer
   * @param {ShopRequest} request
   * @returns {Promise<{ memory: Memory | null, cookie: string | null }>}
   */
  async answer(memory, answer, request) {
    const visit = memory?.judgement.visit;
    if (!memory?.id || !visit) return { memory, cookie: null };
    const { id } = memory;
    const said = await this.#ask(() => this.client.answer(id, visit, answer));
    if (!said) return { memory, cookie: null };
    const next = memoryOf(said, memory.at);
    return { memory: next, cookie: this.#cookie(next, request, Date.now()) };
  }

  /** Tells the shop what went wrong; a fault of its own there stops nothing. @param {unknown} error */
  report(error) {
    try {
      this.onError(error);
    } catch {
      // There is no reader left.
    }
  }

  /** @param {Memory | null} memory @returns {Judgement} */
  judgementOf(memory) {
    return memory?.judgement ?? NOTHING;
  }

  /** @param {ShopRequest} request @param {number} now */
  #recall(request, now) {
    const { token, memory } = this.jar.read(request.headers.cookie);
    const short = token !== null && token.length <= MAX_TOKEN ? token : null;
    return { token: short, memory: memory && memory.until > now ? memory : null };
  }

  /**
   * The address with which Yinke is to be asked: this one when a shopper enters with it, or one that it has not seen.
   * @param {ShopRequest} request @param {Memory | null} memory @param {number} now
   */
  #addressToJudge(request, memory, now) {
    const enters = this.enters(request);
    if (enters && mayCarryCode(request.url, this.codeParameter)) return request.url;
    if (memory?.pending && (enters || request.method !== 'GET')) return memory.pending;
    const isFresh = memory !== null && memory.id !== null && now - memory.at < this.freshMs;
    return enters && !isFresh ? request.url : null;
  }

  /**
   * What Yinke answers; null when it is away, undefined when it refuses this request for good.
   * @template T @param {() => Promise<T>} call @returns {Promise<T | null | undefined>}
   */
  async #ask(call) {
    if (performance.now() < this.pausedUntil) return null;
    try {
      return await call();
    } catch (error) {
      this.report(error);
      if (error instanceof Refused && [404, 409, 422].includes(error.status)) return undefined;
      this.pausedUntil = performance.now() + PAUSE_MS;
      return null;
    }
  }

  /**
   * What is new to remember: the visit, or the address whose code Yinke could not be told of, for the shopper's next
   * request; or that Yinke does not want it.
   * @param {import('./client.js').Visit | null | undefined} visit
   * @param {Memory | null} memory
   * @param {string} address
   * @param {number} now
   * @returns {Memory | null}
   */
  #remembered(visit, memory, address, now) {
    if (visit) return memoryOf(visit, now);
    if (visit === undefined) return memory?.pending ? { ...memory, pending: null } : null;
    if (address.length > MAX_PENDING || !mayCarryCode(address, this.codeParameter)) return null;
    return { ...(memory ?? { judgement: NOTHING, id: null, at: now, until: now + PENDING_MS }), pending: address };
  }

  /** @param {Memory} memory @param {ShopRequest} request @param {number} now */
  #cookie(memory, request, now) {
    return this.jar.write(memory, { secure: this.secure ?? request.secure, now });
  }
}

/** Where the shopper came from, when that is another site. @param {import('node:http').IncomingHttpHeaders} headers */
function referrerOf({ referer, host }) {
  if (referer === undefined || referer.length > MAX_URL || !URL.canParse(referer)) return null;
  return new URL(referer).host === host ? null : referer;
}
