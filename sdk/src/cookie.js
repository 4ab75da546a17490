// @ts-check
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What the shop knows of a shopper between two visits.
 * @typedef {object} Memory
 * @property {import('./index.js').Judgement} judgement
 * @property {string | null} id the visit; null while Yinke has not been reached
 * @property {number} at when the visit was opened, in milliseconds
 * @property {number} until when the token ends, in milliseconds
 * @property {string | null} pending an address with a code that Yinke has not seen yet
 */

/** Browsers drop a cookie that is longer with its name and attributes. */
const MAX_COOKIE = 3800;

/**
 * The memory of a shopper in their cookie: `token~memory~mac`. The mac lets the shop believe it without asking Yinke; the
 * token is Yinke's own and is checked there.
 */
export class CookieJar {
  /** @param {{ name: string, key: string }} options */
  constructor({ name, key }) {
    this.name = name;
    this.key = createHmac('sha256', key).update('yinke cookie').digest();
  }

  /**
   * @param {string | undefined} header
   * @returns {{ token: string | null, memory: Memory | null }} a token may be left when the mac is not ours: after a change of keys
   */
  read(header) {
    const [token = '', payload = '', mac = ''] = valueOf(header, this.name).split('~');
    const signed = this.#mac(`${token}~${payload}`);
    const given = Buffer.from(mac, 'base64url');
    if (given.length !== signed.length || !timingSafeEqual(given, signed))
      return { token: token || null, memory: null };
    const memory = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return { token: token || null, memory: { ...memory, judgement: { ...memory.judgement, visit: token || null } } };
  }

  /**
   * @param {Memory} memory
   * @param {{ secure: boolean, now: number }} options
   * @returns {string} for Set-Cookie
   */
  write(memory, { secure, now }) {
    const { visit, ...judgement } = memory.judgement;
    const value = this.#sign(visit ?? '', { ...memory, judgement });
    const fits = value.length <= MAX_COOKIE ? value : this.#sign(visit ?? '', { ...memory, judgement, pending: null });
    const seconds = Math.max(0, Math.floor((memory.until - now) / 1000));
    return `${this.name}=${fits}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  /** @param {string} token @param {object} rest */
  #sign(token, rest) {
    const content = `${token}~${Buffer.from(JSON.stringify(rest)).toString('base64url')}`;
    return `${content}~${this.#mac(content).toString('base64url')}`;
  }

  /** @param {string} content */
  #mac(content) {
    return createHmac('sha256', this.key).update(content).digest();
  }
}

/** @param {string | undefined} header @param {string} name */
function valueOf(header, name) {
  const pair = header?.split(';').find((each) => each.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1) ?? '';
}
