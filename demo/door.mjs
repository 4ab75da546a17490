// @ts-check
/** Who a visitor of the demo may be, without typing a password: the demo made the passwords up and keeps them. */

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
 * Signs somebody in at the service. The cookies are as it sets them: the demo and the service have the same host, and
 * cookies know no ports.
 * @param {string} address @param {object} credentials
 */
async function newSession(address, credentials) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (!response.ok) throw new Error(`signing in: ${response.status} ${await response.text()}`);
  return response.headers.getSetCookie();
}
