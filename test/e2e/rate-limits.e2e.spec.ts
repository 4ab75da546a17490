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

  it('what one address is refused is not held against the person it tries to be', async () => {
    const email = 'pestered@yinke.test';
    await createStaff(testApp, world.admin, ['auditor'], email);
    const attempt = (address: string, password: string) =>
      from(address).post('/v1/staff/sessions', { email, password });
    for (let guess = 0; guess < 110; guess += 1)
      expect((await attempt('203.0.113.30', 'not it, I fear')).status).toBe(guess < 10 ? 401 : 429);
    expect((await attempt('198.51.100.30', PASSWORD)).status).toBe(201);
  });

  it('a browser that knows an account is let through while others try to guess its password', async () => {
    const email = 'known@yinke.test';
    await createStaff(testApp, world.admin, ['auditor'], email);
    const attempt = (address: string, password: string, cookie = '', who = email) =>
      from(address).with({ cookie }).post('/v1/staff/sessions', { email: who, password });
    const cookies = (await attempt('198.51.100.40', PASSWORD)).headers.getSetCookie();
    const device = cookies.find((cookie) => cookie.startsWith('yinke_staff_device='))!;
    expect(device).toMatch(/; HttpOnly; SameSite=Strict$/);
    const [cookie = ''] = device.split(';');
    // Ten addresses use up what all together may try.
    for (let address = 0; address < 11; address += 1)
      for (let guess = 0; guess < 10; guess += 1)
        expect((await attempt(`203.0.113.${100 + address}`, 'not it, I fear')).status).toBe(address < 10 ? 401 : 429);
    expect((await attempt('198.51.100.41', PASSWORD)).status).toBe(429);
    expect((await attempt('198.51.100.41', PASSWORD, cookie)).status).toBe(201);
    // It is known for this account alone, and may not guess on for ever either.
    await createStaff(testApp, world.admin, ['auditor'], 'other@yinke.test');
    for (let guess = 0; guess < 11; guess += 1)
      expect((await attempt('203.0.113.150', 'not it, I fear', cookie, 'other@yinke.test')).status).toBe(
        guess < 10 ? 401 : 429,
      );
    for (let guess = 0; guess < 11; guess += 1)
      expect((await attempt(`198.51.100.${50 + guess}`, 'not it, I fear', cookie)).status).toBe(guess < 10 ? 401 : 429);
  });

  it('one address may not try one password on everybody', async () => {
    const attempt = (who: number) =>
      from('203.0.113.60').post('/v1/staff/sessions', { email: `somebody${who}@yinke.test`, password: 'Summer2026!' });
    for (let who = 0; who < 200; who += 1) expect((await attempt(who)).status).toBe(401);
    const closed = await attempt(200);
    expect([closed.status, closed.headers.get('ratelimit-policy')]).toEqual([429, '"sign-in-address";q=200;w=900']);
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

  it('one address may not flood the reviewers', async () => {
    const behind = await startTestApp({ YINKE_TRUSTED_PROXIES: '127.0.0.1' });
    try {
      const send = (address: string, at: number) =>
        behind.http
          .with({ 'x-forwarded-for': address })
          .post('/v1/merchant-applications', { wechatId: `flood_${at}`, displayName: 'A', consent: true });
      for (let at = 0; at < 30; at += 1) expect((await send('203.0.113.5', at)).status).toBe(201);
      expect((await send('203.0.113.5', 30)).body).toMatchObject({ status: 429, code: 'request.too-many' });
      expect((await send('203.0.113.6', 31)).status).toBe(201);
    } finally {
      await behind.close();
    }
  });
});
