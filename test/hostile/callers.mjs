// @ts-check
/** Everybody who calls, signed in to the end; and spare sessions for what ends sessions. */
import { createHash, randomBytes } from 'node:crypto';
import { merchantsAtTheDoor } from '../../demo/door.mjs';

/**
 * @typedef {{ kind: import('./operations.mjs').Kind, token: string, role?: string, own?: Record<string, string> }} Caller
 * `own`: by which path parameter's beginning what is theirs is found
 * @typedef {Record<string, Caller>} Callers
 */

/**
 * @param {object} given
 * @param {string} given.service
 * @param {import('../../demo/run.mjs').Played} given.played
 * @returns {Promise<Callers>}
 */
export async function signEverybodyIn({ service, played }) {
  /** @type {Callers} */
  const callers = {};
  for (const [role, { email, password }] of Object.entries(played.staff.credentials)) {
    const { token } = await post(service, '/v1/staff/sessions', { email, password });
    callers[role] = { kind: 'staff', token, role };
  }
  const { secretKey, publishableKey } = played.tea;
  callers['secret key'] = { kind: 'secret-key', token: secretKey };
  callers['publishable key'] = { kind: 'publishable-key', token: publishableKey };
  const [first] = played.merchants;
  if (!first) throw new Error('the demo has no merchants');
  const [door] = merchantsAtTheDoor(service, [first]);
  const [cookie = ''] =
    (await door?.signIn())?.filter((/** @type {string} */ one) => one.startsWith('yinke_merchant=')) ?? [];
  const own = { '/v1/merchants/{id}': first.id };
  callers.merchant = { kind: 'merchant', token: decodeURIComponent(/=([^;]+)/.exec(cookie)?.[1] ?? ''), own };
  const widget = await post(service, `/v1/merchants/${first.id}/widget-tokens`, {}, secretKey);
  callers.widget = { kind: 'widget', token: widget.token, own };
  const form = { wechatId: 'hostile_applicant', displayName: 'Li Wei', consent: true };
  const application = await post(service, '/v1/merchant-applications', form, publishableKey);
  callers.applicant = {
    kind: 'applicant',
    token: application.token,
    own: { '/v1/merchant-applications/{id}': application.id },
  };
  return callers;
}

/** @param {string} service @param {string} path @param {object} body @param {string} [bearer] @returns {Promise<any>} */
async function post(service, path, body, bearer) {
  const headers = { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
  const response = await fetch(service + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/**
 * The headers that say who calls, also as callers that are none.
 * @param {string} name @param {Callers} callers @returns {[string, string][]}
 */
export function credentialsOf(name, callers) {
  const known = callers[name]?.token;
  if (known) return [['authorization', `Bearer ${known}`]];
  const admin = callers.admin?.token ?? '';
  switch (name) {
    case 'forged':
      return [['authorization', `Bearer yks_${randomBytes(32).toString('base64url')}`]];
    case 'cut token':
      return [['authorization', `Bearer ${admin.slice(0, -1)}`]];
    case 'basic':
      return [['authorization', `Basic ${Buffer.from(`admin:${admin}`).toString('base64')}`]];
    case 'empty bearer':
      return [['authorization', 'Bearer ']];
    case 'cookie alone':
      return [['cookie', `yinke_session=${admin}`]];
    default:
      return [];
  }
}

/** Sessions for one call each, made as rows like those of the callers. */
export class SpareSessions {
  /** @param {import('mysql2/promise').Connection} connection @param {Callers} callers */
  constructor(connection, callers) {
    this.connection = connection;
    this.callers = callers;
  }

  /**
   * Credentials of somebody in the caller's place, with nothing to lose.
   * @param {string} name @returns {Promise<[string, string][]>}
   */
  async instead(name) {
    const caller = this.callers[name === 'cookie alone' ? 'admin' : name];
    if (caller?.kind !== 'staff' && caller?.kind !== 'merchant') return credentialsOf(name, this.callers);
    const { token } = await this.#start(name === 'cookie alone' ? 'admin' : name);
    return name === 'cookie alone' ? [['cookie', `yinke_session=${token}`]] : [['authorization', `Bearer ${token}`]];
  }

  /**
   * Somebody with two sessions, as if a code had just been given: the credentials of one and the id of the other.
   * @param {string} name in whose place @param {string} [known] whose sessions they are to be; else somebody else's @returns {Promise<{ person: string, credentials: [string, string][], session: string }>}
   */
  async pair(name, known) {
    const { person, token } = await this.#start(name, known);
    const { id } = await this.#start(name, person);
    return { person, credentials: [['authorization', `Bearer ${token}`]], session: id };
  }

  /** @param {string} name @param {string} [known] whose session it is to be */
  async #start(name, known) {
    const { kind, token: knownToken } = /** @type {Caller} */ (this.callers[name]);
    const isStaff = kind === 'staff';
    const table = isStaff ? 'staff_session' : 'merchant_session';
    const token = (isStaff ? 'yks_' : 'ykm_') + randomBytes(32).toString('base64url');
    const [[session]] = /** @type {any} */ (
      await this.connection.query(`SELECT * FROM ${table} WHERE token_hash = ?`, [sha256(knownToken)])
    );
    if (!session) throw new Error(`the session of ${name} has ended`);
    const id = newId('ses');
    const person =
      known ?? (isStaff ? await this.#standIn(session.staff_id) : await this.#otherMerchant(session.merchant_id));
    const changed = isStaff ? { staff_id: person } : { merchant_id: person, confirmed_at: new Date() };
    await this.connection.query(`INSERT INTO ${table} SET ?`, {
      ...session,
      id,
      token_hash: sha256(token),
      ...changed,
    });
    return { person: String(person), id, token };
  }

  /** Somebody of staff in the same roles. @param {string} id */
  async #standIn(id) {
    const [[row]] = /** @type {any} */ (await this.connection.query('SELECT * FROM staff WHERE id = ?', [id]));
    const email = `spare-${randomBytes(6).toString('hex')}@hostile.example`;
    const made = { ...row, id: newId('stf'), email, email_key: email };
    for (const [column, value] of Object.entries(made))
      if (value !== null && typeof value === 'object' && !(value instanceof Date)) made[column] = JSON.stringify(value);
    await this.connection.query('INSERT INTO staff SET ?', made);
    return made.id;
  }

  /** @param {string} id */
  async #otherMerchant(id) {
    const [[row]] = /** @type {any} */ (
      await this.connection.query("SELECT id FROM merchant WHERE id <> ? AND state = 'active' ORDER BY id LIMIT 1", [
        id,
      ])
    );
    return row.id;
  }
}

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** @param {string} prefix */
const newId = (prefix) =>
  `${prefix}_01${[...randomBytes(24)].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32]).join('')}`;
