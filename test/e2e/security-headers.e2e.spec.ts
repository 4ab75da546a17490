import { createStaff, PASSWORD, signInAdmin } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Pages, answers, refusals, what is not there, and a redirection. */
const ADDRESSES = [
  '/',
  '/console/',
  '/portal/',
  '/join',
  '/join/join.js',
  '/docs',
  '/openapi.json',
  '/queues',
  '/healthz',
  '/readyz',
  '/metrics',
  '/favicon.ico',
  '/r/nobody',
  '/v1/staff',
  '/v1/nothing',
  '/nothing',
  '/%',
];

const encrypted = { YINKE_PUBLIC_URL: 'https://yinke.example' };

describe.each([
  ['by https', encrypted],
  ['by http', {}],
])('what is served %s', (_how, settings: NodeJS.ProcessEnv) => {
  let app: TestApp;
  let admin: HttpClient;
  beforeAll(async () => {
    app = await startTestApp(settings);
    admin = await signInAdmin(app);
  });
  afterAll(() => app.close());

  it.each(ADDRESSES)('%s says which scripts may run, who may frame it and what it is', async (address) => {
    for (const client of [app.http, admin]) {
      const { headers } = await client.get(address);
      expect(headers.get('content-security-policy')).toMatch(/(^|; ?)script-src ('self'|'none'|'nonce-)/);
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*'unsafe-/);
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors '(none|self)'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe(
        address === '/join' ? 'no-referrer' : 'strict-origin-when-cross-origin',
      );
      // A year or more, for https alone: by http browsers have to ignore it.
      expect(headers.get('strict-transport-security')).toBe(
        settings === encrypted ? 'max-age=31536000; includeSubDomains' : null,
      );
    }
  });

  it('a session travels in a cookie that, by https, no other host can set', async () => {
    const email = 'cookies@yinke.test';
    await createStaff(app, admin, ['auditor'], email);
    const { headers, body } = await app.http.post('/v1/staff/sessions', { email, password: PASSWORD });
    const names = headers.getSetCookie().map((cookie) => cookie.slice(0, cookie.indexOf('=')));
    const bare = ['yinke_session', 'yinke_staff_device'];
    expect(names.sort()).toEqual(settings === encrypted ? bare.map((name) => `__Host-${name}`) : bare);
    for (const cookie of headers.getSetCookie()) {
      expect(cookie).toMatch(/; Path=\/; .*HttpOnly; SameSite=Strict$/);
      expect(cookie.includes('; Secure;')).toBe(settings === encrypted);
      expect(cookie).not.toContain('Domain');
    }
    const current = async (name: string) =>
      (await app.http.with({ cookie: `${name}=${body.token}` }).get('/v1/staff/sessions/current')).status;
    expect(await current('__Host-yinke_session')).toBe(settings === encrypted ? 200 : 401);
    expect(await current('yinke_session')).toBe(settings === encrypted ? 401 : 200);
  });
});
