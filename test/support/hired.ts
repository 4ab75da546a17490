import type { Role } from '../../src/access/principal.js';
import { PASSWORD, signIn, signInAdmin } from './actors.js';
import type { HttpClient } from './http-client.js';
import { startTestApp, type TestApp } from './test-app.js';

/** The token of a link as it is shown. */
export function tokenOf(invitation: { link: string | null } | null): string {
  if (typeof invitation?.link !== 'string') throw new Error('there is no link that anybody sees');
  return new URL(invitation.link, 'http://yinke.test').hash.slice(1);
}

/** The person chooses a password by their link, and signs in. */
export async function accept(http: HttpClient, email: string, token: string, password = PASSWORD): Promise<HttpClient> {
  const { status, text } = await http.post('/v1/staff-invitations/accept', { token, password });
  if (status !== 200) throw new Error(`invitation of ${email}: ${text}`);
  return signIn(http, email, password);
}

/** Who somebody is. */
export async function idOf(who: HttpClient): Promise<string> {
  return (await who.get('/v1/staff/sessions/current')).body.staff.id as string;
}

/** An operator with two admins, each with a password that they alone know. */
export interface TwoAdmins {
  app: TestApp;
  first: HttpClient;
  second: HttpClient;
  /** Invites somebody, has the other admin consent where that is needed, and signs them in. */
  hire(roles: Role[], email: string): Promise<HttpClient>;
}

export async function startWithTwoAdmins(database: string, overrides: NodeJS.ProcessEnv = {}): Promise<TwoAdmins> {
  const app = await startTestApp(overrides, database);
  const first = await signInAdmin(app);
  const email = 'second.admin@yinke.test';
  const { body } = await first.post('/v1/staff', { email, roles: ['admin'] });
  const second = await accept(app.http, email, tokenOf(body.invitation));
  const hire = async (roles: Role[], address: string): Promise<HttpClient> => {
    const asked = (await first.post('/v1/staff', { email: address, roles })).body;
    const agreed = asked.invitation
      ? asked
      : (await second.post(`/v1/staff/changes/${asked.waitingChange.id}/consent`)).body;
    return accept(app.http, address, tokenOf(agreed.invitation));
  };
  return { app, first, second, hire };
}
