// @ts-check
/** Who a visitor of the demo may be, without typing a password: the demo made the passwords up and keeps them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { emailOf } from './people.mjs';

/** @typedef {import('./site.mjs').Person} Person */

const STAFF = /** @type {const} */ (['admin', 'reviewer', 'finance-maker', 'finance-checker', 'auditor']);

/**
 * @param {string} service
 * @param {Record<string, import('./world.mjs').Credentials>} credentials by role
 * @returns {Person[]}
 */
export function staffAtTheDoor(service, credentials) {
  return STAFF.flatMap((role) => {
    const known = credentials[role];
    if (!known) return [];
    const signIn = () => newSession(`${service}/v1/staff/sessions`, known);
    return [{ id: role, role, name: known.email, door: /** @type {const} */ ('console'), signIn }];
  });
}

/**
 * Merchants have no password: a code goes to their e-mail address, and in the demo it ends in the outbox.
 * @param {string} service
 * @param {readonly Pick<import('./rules.mjs').Merchant, 'id' | 'displayName' | 'wechatId'>[]} merchants
 * @returns {Person[]}
 */
export function merchantsAtTheDoor(service, merchants) {
  return merchants.map((merchant) => {
    const { id, displayName } = merchant;
    const email = emailOf(merchant);
    /** @type {string[]} Codes are limited: a visitor who comes again goes on with the session that is there. */
    let cookies = [];
    const signIn = async () => {
      if (await isSignedIn(service, cookies)) return cookies;
      const asked = Date.now();
      await post(`${service}/v1/merchants/sign-in-codes`, { email });
      const code = await codeTo(service, email, asked);
      cookies = await newSession(`${service}/v1/merchants/sessions`, { email, code });
      return cookies;
    };
    return { id, role: 'merchant', name: displayName, door: /** @type {const} */ ('portal'), signIn };
  });
}

/** @param {string} service @param {readonly string[]} cookies of a merchant */
async function isSignedIn(service, cookies) {
  const cookie = cookies.map((one) => one.split(';', 1)[0]).join('; ');
  return (await fetch(`${service}/v1/merchants/sessions/current`, { headers: { cookie } })).ok;
}

/** How long a message may take to the outbox. */
const PATIENCE_MS = 15_000;

/** How much the clocks of the database and of this process may differ; they run on one machine. */
const CLOCK_MS = 1_000;

/**
 * The code that was just sent to somebody.
 * @param {string} service @param {string} email @param {number} since when it was asked for, in milliseconds
 */
async function codeTo(service, email, since) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(150)) {
    const { items } = /** @type {any} */ (await (await fetch(`${service}/v1/outbox`)).json());
    const latest = items.find((/** @type {any} */ { to, kind }) => to === email && kind === 'sign-in-code');
    const code = /\d{6}/.exec(latest?.text ?? '')?.[0];
    if (code && Date.parse(latest.at) >= since - CLOCK_MS) return code;
  }
  throw new Error(`no code came to ${email}`);
}

/**
 * Signs somebody in at the service. The cookies are as it sets them: the demo and the service have the same host, and
 * cookies know no ports.
 * @param {string} address @param {object} credentials
 */
async function newSession(address, credentials) {
  return (await post(address, credentials)).headers.getSetCookie();
}

/** @param {string} address @param {object} body */
async function post(address, body) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response;
}
