// @ts-check
/** Makes what operations need to be accepted, between rounds of the walk: through the API, by people who may. */
import { credentialsOf } from '../callers.mjs';

/**
 * @typedef {import('../stock.mjs').Part} Part
 * @typedef {[string, string][]} Credentials
 */

/** How long a worker may take on a busy machine. */
const PATIENCE_MS = 120_000;

/** What the database does not do by itself in so short a time, a gardener says why and does by SQL. */
export class Garden {
  /**
   * @param {object} given
   * @param {import('../operations.mjs').Operation[]} given.operations
   * @param {Pick<import('../send.mjs').Sender, 'send'>} given.sender
   * @param {import('../callers.mjs').Callers} given.callers
   * @param {import('../callers.mjs').SpareSessions} given.spares
   * @param {import('../stock.mjs').Stock} given.stock
   * @param {import('../pools.mjs').Pools} given.pools
   * @param {import('mysql2/promise').Connection} given.connection
   * @param {Awaited<ReturnType<typeof import('../../../simulators/wechat-pay.mjs').startWechatPaySimulator>>} given.wechatPay
   * @param {Awaited<ReturnType<typeof import('../../../simulators/wechat-account.mjs').startWechatAccountSimulator>>} given.wechatAccount
   * @param {string} given.publicUrl
   * @param {string} given.currency
   * @param {string} given.homeUrl of the shop whose keys there are
   */
  constructor(given) {
    this.given = given;
    this.stock = given.stock;
    this.currency = given.currency;
    this.made = 0;
    /** What could not be made. @type {string[]} */
    this.failures = [];
    /** What stays from one time to the next. @type {Map<string, any>} */
    this.kept = new Map();
  }

  /** A name that nothing has yet. */
  name() {
    this.made += 1;
    return `garden-${Date.now().toString(36)}-${this.made.toString(36)}`;
  }

  /**
   * Calls an operation as a part of the stock says. Throws when it is refused.
   * @param {string} id @param {Part} [part] @returns {Promise<any>} the answer, with its headers as `headers` where there is no body
   */
  async do(id, part = {}) {
    return (await this.call(id, part)).body;
  }

  /** @param {string} id @param {Part} [part] @returns {Promise<{ body: any, headers: Record<string, string> }>} */
  async call(id, part = {}) {
    const { operations, sender, callers } = this.given;
    const operation = operations.find((one) => one.id === id);
    if (!operation) throw new Error(`there is no operation ${id}`);
    const caller = part.caller ?? whoMay(operation, callers);
    const { path = {}, query = [], headers = [], json, body } = part;
    const request = {
      operation,
      kind: 'valid',
      how: 'gardening',
      caller,
      method: operation.method,
      path,
      query,
      headers,
    };
    const credentials = part.credentials ?? credentialsOf(caller, callers);
    const answer = await sender.send({ ...request, json, body }, credentials);
    if (answer.status < 200 || answer.status >= 300)
      throw new Error(`${id} as ${caller}: ${answer.status} ${answer.failure ?? answer.text.slice(0, 300)}`);
    const isJson = answer.headers['content-type']?.startsWith('application/json');
    return { body: isJson ? JSON.parse(answer.text) : answer.text, headers: answer.headers };
  }

  /** Makes as many as are missing of something. @param {string} id @param {number} wanted @param {() => Promise<Part | import('../stock.mjs').MakePart>} make @param {number} [uses] */
  async fill(id, wanted, make, uses = 1) {
    try {
      for (let missing = Math.ceil((wanted - this.stock.count(id)) / Math.min(uses, 100)); missing > 0; missing -= 1)
        this.stock.give(id, await make(), uses);
    } catch (error) {
      this.failures.push(`for ${id}: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {string} sql @param {unknown[]} [values] @returns {Promise<any[]>} */
  async sql(sql, values = []) {
    const [rows] = await this.given.connection.query(sql, values);
    return /** @type {any[]} */ (rows);
  }

  /** Somebody who was approved. @param {{ email?: boolean }} [how] */
  async merchant({ email = true } = {}) {
    const name = this.name();
    const number = `6222021234${String(Date.now()).slice(-6)}${String(this.made % 1000).padStart(3, '0')}`;
    const { id: application, token } = await this.do('submitApplication', {
      caller: 'publishable key',
      json: {
        wechatId: name.replace(/-/g, '_'),
        displayName: '王小明',
        ...(email && { email: `${name}@garden.example` }),
        bankAccount: { holder: '王小明', number, bankName: '工商银行', country: 'CN', bankConsent: true },
        consent: true,
      },
    });
    const { merchant } = await this.do('approveApplication', { path: { id: application }, json: {} });
    return {
      id: String(merchant.id),
      code: String(merchant.code),
      email: `${name}@garden.example`,
      token: String(token),
    };
  }

  /** @param {string} merchant @param {number} amount @param {string} [asset] */
  async pay(merchant, amount, asset = this.currency) {
    const json = { asset, amount, reason: 'A correction.' };
    const { id } = await this.do('proposeAdjustment', { path: { id: merchant }, json });
    await this.do('approveAdjustment', { path: { id } });
  }

  /** Waits until something is there. @template T @param {string} what @param {() => Promise<T | undefined>} look @returns {Promise<T>} */
  async until(what, look) {
    for (
      const end = Date.now() + PATIENCE_MS;
      Date.now() < end;
      await new Promise((resolve) => setTimeout(resolve, 100))
    ) {
      const found = await look();
      if (found !== undefined) return found;
    }
    throw new Error(`${what} did not come in time`);
  }
}

/** Who may call, the first of them. @param {import('../operations.mjs').Operation} operation @param {import('../callers.mjs').Callers} callers */
export const whoMay = ({ kinds, roles }, callers) =>
  Object.entries(callers).find(
    ([, { kind, role }]) =>
      kinds.includes(kind) && (kind !== 'staff' || roles.length === 0 || roles.includes(String(role))),
  )?.[0] ?? 'nobody';
