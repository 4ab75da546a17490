// @ts-check

/** Yinke answered, and not with what was asked for. */
export class Refused extends Error {
  /** @param {number} status @param {string} text */
  constructor(status, text) {
    super(`Yinke answered ${status}: ${text.slice(0, 500)}`);
    this.name = 'Refused';
    this.status = status;
  }
}

/**
 * A visit as Yinke answers it.
 * @typedef {import('./index.js').Judgement & { id: string, visit: string, expiresAt: string }} Visit
 */

/** The two calls that a shop's entrance needs. Each is given up after `timeoutMs`. */
export class Client {
  /** @param {{ url: string, key: string, timeoutMs: number }} options */
  constructor({ url, key, timeoutMs }) {
    this.base = url.replace(/\/+$/, '');
    this.headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    this.timeoutMs = timeoutMs;
  }

  /** @param {{ url: string, previous: string | null, referrerUrl: string | null, shopperRef: string | null }} arrival */
  openVisit(arrival) {
    return this.#post('/v1/visits', arrival);
  }

  /** @param {string} id @param {string} visit @param {import('./index.js').ReferrerAnswer} answer */
  answer(id, visit, { wechatId, brought }) {
    return this.#post(`/v1/visits/${encodeURIComponent(id)}/referrer`, { visit, wechatId, brought });
  }

  /** @param {string} path @param {object} body @returns {Promise<Visit>} */
  async #post(path, body) {
    const response = await fetch(this.base + path, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, text);
    return JSON.parse(text);
  }
}
