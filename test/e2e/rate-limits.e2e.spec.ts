import { createStaff, createWorld, PASSWORD, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('what people can guess or flood is limited', () => {
  let testApp: TestApp;
  let world: World;
  beforeAll(async () => {
    testApp = await startTestApp({ YINKE_TRUSTED_PROXIES: '127.0.0.1', YINKE_BROWSER_CALLS_PER_MINUTE: '3' });
    world = await createWorld(testApp);
  });
  afterAll(() => testApp.close());

  const from = (address: string) => testApp.http.with({ 'x-forwarded-for': address });

  it('ten wrong passwords from one address close an account to that address, and to no other', async () => {
    const email = 'guessed@yinke.test';
    await createStaff(testApp, world.admin, ['auditor'], email);
    const attempt = (address: string, password: string) =>
      from(address).post('/v1/staff/sessions', {
        email: address === '203.0.113.9' ? email : email.toUpperCase(),
        password,
      });
    for (let guess = 1; guess <= 10; guess += 1) {
      const { status, headers } = await attempt('203.0.113.9', `guess number ${guess}`);
      expect(status).toBe(401);
      expect(headers.get('ratelimit-policy')).toBe('"sign-in";q=10;w=900');
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"sign-in";r=${10 - guess};t=\\d+$`));
    }
    const closed = await attempt('203.0.113.9', PASSWORD);
    expect(closed).toMatchObject({ status: 429, body: { code: 'request.too-many', status: 429 } });
    expect(closed.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt('198.51.100.7', PASSWORD)).status).toBe(201);
  });

  it('a right password forgets the wrong ones before it', async () => {
    const email = 'forgetful@yinke.test';
    await createStaff(testApp, world.admin, ['auditor'], email);
    const attempt = (password: string) => from('203.0.113.20').post('/v1/staff/sessions', { email, password });
    for (let round = 0; round < 3; round += 1) {
      for (let guess = 0; guess < 6; guess += 1) expect((await attempt('not it, I fear')).status).toBe(401);
      expect((await attempt(PASSWORD)).status).toBe(201);
    }
  });

  it('a shopper’s address may call so often a minute, a storefront’s server as it likes', async () => {
    const origin = 'https://shop.example';
    const shopper = world.pk.with({ 'x-forwarded-for': '203.0.113.10', origin });
    const visit = () => shopper.post('/v1/visits', { url: 'https://shop.example/' });
    for (let call = 0; call < 3; call += 1) expect((await visit()).status).toBe(201);
    const refused = await visit();
    expect(refused).toMatchObject({ status: 429, body: { code: 'request.too-many' } });
    expect(refused.headers.get('ratelimit-policy')).toBe('"browser";q=3;w=60');
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    const other = world.pk.with({ 'x-forwarded-for': '203.0.113.11' });
    expect((await other.post('/v1/visits', { url: 'https://shop.example/' })).status).toBe(201);
    const server = world.sk.with({ 'x-forwarded-for': '203.0.113.10' });
    for (let call = 0; call < 5; call += 1)
      expect((await server.post('/v1/visits', { url: 'https://shop.example/' })).status).toBe(201);
    for (let call = 0; call < 5; call += 1)
      expect((await world.pk.post('/v1/visits', { url: 'https://shop.example/' })).status).toBe(201);
  });

  it('whoever is no trusted proxy cannot claim another address', async () => {
    const direct = await startTestApp({ YINKE_TRUSTED_PROXIES: '192.0.2.1' });
    try {
      const attempt = (address: string) =>
        direct.http
          .with({ 'x-forwarded-for': address })
          .post('/v1/staff/sessions', { email: 'stranger@yinke.test', password: 'not it, I fear' });
      for (let guess = 1; guess <= 10; guess += 1) expect((await attempt(`203.0.113.${guess}`)).status).toBe(401);
      expect((await attempt('203.0.113.99')).status).toBe(429);
    } finally {
      await direct.close();
    }
  });
});
