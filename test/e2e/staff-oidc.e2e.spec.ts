import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { createStaff, signInAdmin } from '../support/actors.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLIC = 'http://yinke.test';
const CLIENT = { client_id: 'yinke', client_secret: 'a secret of the client, long enough' };

/** Whom the provider knows, and what it says of them. */
const PEOPLE: Record<string, object> = {
  mei: { email: 'Mei@yinke.test', email_verified: true, groups: ['staff', 'yinke'] },
  unverified: { email: 'mei@yinke.test', email_verified: false, groups: ['yinke'] },
  outsider: { email: 'mei@yinke.test', email_verified: true, groups: ['staff'] },
  stranger: { email: 'stranger@yinke.test', email_verified: true, groups: ['yinke'] },
};

let provider: Server;
let issuer: string;
/** Who signs in at the provider next. */
let person = 'mei';
/** Whether the provider's ID tokens have a signature that is not its own. */
let isForged = false;
let app: TestApp;
let admin: HttpClient;
let mei: HttpClient;

beforeAll(async () => {
  [provider, issuer] = await startProvider();
  app = await startTestApp({
    YINKE_PUBLIC_URL: PUBLIC,
    YINKE_OIDC_ISSUER: issuer,
    YINKE_OIDC_CLIENT_ID: CLIENT.client_id,
    YINKE_OIDC_CLIENT_SECRET: CLIENT.client_secret,
    YINKE_OIDC_CLAIM: 'groups=yinke',
  });
  admin = await signInAdmin(app);
  mei = await createStaff(app, admin, ['auditor'], 'mei@yinke.test');
});
afterAll(async () => {
  await app.close();
  await new Promise((resolve) => provider.close(resolve));
});

/** A browser: it keeps cookies by host, and follows where it is led, with real requests. */
class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();

  async get(address: string): Promise<{ answer: Response; to: string | null }> {
    const url = new URL(address.replace(PUBLIC, app.baseUrl));
    const own = this.cookies.get(url.host) ?? new Map<string, string>();
    this.cookies.set(url.host, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') own.delete(name);
      else own.set(name, value);
    }
    const location = answer.headers.get('location');
    return { answer, to: location === null ? null : new URL(location, address.replace(app.baseUrl, PUBLIC)).href };
  }

  /** Goes to the provider and back to our callback, which it does not open yet. */
  async away(): Promise<string> {
    let { to } = await this.get(`${PUBLIC}/v1/staff/oidc`);
    for (let hop = 0; to !== null && !to.startsWith(PUBLIC); hop += 1) {
      if (hop > 10) throw new Error(`led on and on, to ${to}`);
      ({ to } = await this.get(to));
    }
    if (to === null) throw new Error('led nowhere');
    return to;
  }

  async signIn(): Promise<string | null> {
    return (await this.get(await this.away())).to;
  }

  session(): HttpClient {
    const value = this.cookies.get(new URL(app.baseUrl).host)?.get('yinke_session') ?? 'yks_none';
    return app.http.with({ cookie: `yinke_session=${value}` });
  }
}

const current = (browser: Browser): Promise<Answer> => browser.session().get('/v1/staff/sessions/current');
const refused = (code: string) => `${PUBLIC}/console/?refused=${code}`;

describe('the operator’s own sign-in', () => {
  it('signs in the active account of the verified e-mail address, with the roles that it has here', async () => {
    person = 'mei';
    expect((await app.http.get('/v1/staff/sign-in-ways')).body).toEqual({ password: true, oidc: true });
    const browser = new Browser();
    expect(await browser.signIn()).toBe(`${PUBLIC}/console/`);
    const { body } = await current(browser);
    expect(body.staff).toMatchObject({ email: 'mei@yinke.test', roles: ['auditor'] });
    const { items } = (await admin.get('/v1/audit-log?action=session.started&limit=1')).body;
    expect(items[0]).toMatchObject({ actor: { kind: 'staff', id: body.staff.id }, detail: { way: 'oidc' } });
  });

  it('asks with PKCE, state and nonce, which the browser keeps in a cookie that scripts cannot read', async () => {
    const { answer, to } = await new Browser().get(`${PUBLIC}/v1/staff/oidc`);
    const asked = new URL(to ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)).toMatch(/^[\w-]{20,}$/);
    expect(asked.get('redirect_uri')).toBe(`${PUBLIC}/v1/staff/oidc/callback`);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^yinke_oidc=.*Path=\/;.*HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(asked.get('state'));
  });

  it.each([
    ['unverified', 'oidc.refused'],
    ['outsider', 'oidc.refused'],
    ['stranger', 'oidc.no-account'],
  ])(
    'lets nobody in whose address is not verified, whom the claim leaves out, or who has no account: %s',
    async (who, code) => {
      person = who;
      const browser = new Browser();
      expect(await browser.signIn()).toBe(refused(code));
      expect((await current(browser)).status).toBe(401);
      const { items } = (await admin.get('/v1/staff?limit=200')).body;
      expect(items.map(({ email }: any) => email)).not.toContain('stranger@yinke.test');
    },
  );

  it('takes what comes back from the browser alone that went, once, and unchanged', async () => {
    person = 'mei';
    const victim = new Browser();
    const address = await victim.away();
    const other = new Browser();
    expect((await other.get(address)).to).toBe(refused('oidc.refused'));
    await other.away();
    expect((await other.get(address)).to).toBe(refused('oidc.refused'));
    const forged = new URL(address);
    forged.searchParams.set('state', 'something-else');
    const second = new Browser();
    await second.away();
    expect((await second.get(forged.href)).to).toBe(refused('oidc.refused'));
    expect((await victim.get(address)).to).toBe(`${PUBLIC}/console/`);
    expect((await victim.get(address)).to).toBe(refused('oidc.refused'));
  });

  it('believes no ID token that the provider has not signed', async () => {
    person = 'mei';
    isForged = true;
    const browser = new Browser();
    expect(await browser.signIn()).toBe(refused('oidc.refused'));
    expect((await current(browser)).status).toBe(401);
    isForged = false;
    expect(await browser.signIn()).toBe(`${PUBLIC}/console/`);
  });

  it('is not begun by another web site, but by a person', async () => {
    const begun = async (from: string) =>
      (await app.http.with({ 'sec-fetch-site': from }).get('/v1/staff/oidc')).headers.get('location');
    for (const from of ['cross-site', 'same-site']) expect(await begun(from)).toBe('/console/');
    for (const from of ['same-origin', 'none']) expect(await begun(from)).toContain(issuer);
  });

  it('lets nobody in who was deactivated, or has chosen no password yet', async () => {
    const { id } = (await mei.get('/v1/staff/sessions/current')).body.staff;
    await admin.post(`/v1/staff/${id}/deactivate`);
    expect(await new Browser().signIn()).toBe(refused('oidc.no-account'));
    await admin.post(`/v1/staff/${id}/reactivate`, { roles: ['auditor'] });
    expect(await new Browser().signIn()).toBe(refused('oidc.no-account'));
    const { items } = (await admin.get('/v1/audit-log?action=session.refused&limit=1')).body;
    expect(items[0].detail).toEqual({ reason: 'oidc.no-account' });
  });
});

it('without a provider nothing is offered, and one that is away is said to be', async () => {
  const none = await startTestApp({}, 'no_oidc');
  const away = await startTestApp(
    {
      YINKE_PUBLIC_URL: PUBLIC,
      YINKE_OIDC_ISSUER: 'http://127.0.0.1:9',
      YINKE_OIDC_CLIENT_ID: 'yinke',
      YINKE_OIDC_CLIENT_SECRET: 'x',
    },
    'oidc_away',
  );
  try {
    expect((await none.http.get('/v1/staff/sign-in-ways')).body.oidc).toBe(false);
    expect((await none.http.get('/v1/staff/oidc')).headers.get('location')).toBe(
      '/console/?refused=oidc.not-configured',
    );
    expect((await away.http.get('/v1/staff/oidc')).headers.get('location')).toBe('/console/?refused=oidc.away');
  } finally {
    await none.close();
    await away.close();
  }
});

/** Turns the signature of the ID token that is answered around. */
function forgeIn(response: ServerResponse): void {
  const end = response.end.bind(response);
  const forged = (body: unknown) =>
    String(body).replace(/("id_token":"[^".]+\.[^".]+\.)([^"]+)/, (_, signed: string, signature: string) => {
      return signed + Array.from(signature).reverse().join('');
    });
  Object.assign(response, { end: (body: unknown) => end(forged(body)) });
}

async function startProvider(): Promise<[Server, string]> {
  const at: { handle?: (...given: Parameters<ReturnType<Provider['callback']>>) => unknown } = {};
  const server = createServer((request, response) => void at.handle?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const oidc: Provider = new Provider(address, {
    clients: [{ ...CLIENT, redirect_uris: [`${PUBLIC}/v1/staff/oidc/callback`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified', 'groups'] },
    cookies: { keys: ['of the provider of this test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new oidc.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const callback = oidc.callback();
  at.handle = async (request, response) => {
    if (isForged && request.url?.startsWith('/token')) forgeIn(response as ServerResponse);
    if (!request.url?.startsWith('/interaction/')) return callback(request, response);
    await oidc.interactionFinished(request, response, { login: { accountId: person } });
  };
  return [server, address];
}
