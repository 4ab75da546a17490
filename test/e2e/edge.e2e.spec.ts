import { jest } from '@jest/globals';
import { connect } from 'node:net';
import { createStorefront, createWorld, signInAdmin, type World } from '../support/actors.js';
import { Logger } from '../../src/core/logger.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the edge', () => {
  let testApp: TestApp;
  let world: World;

  beforeAll(async () => {
    testApp = await startTestApp({ YINKE_BODY_LIMIT_BYTES: '100000' });
    world = await createWorld(testApp);
  });
  afterAll(() => testApp.close());

  /** Bytes as they are, and all that comes back. */
  function raw(bytes: string | Buffer): Promise<string> {
    const { hostname, port } = new URL(testApp.baseUrl);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('end', () => resolve(answer));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  const json = { 'content-type': 'application/json' };
  it.each<[string, Record<string, string>, string | Uint8Array, number, string]>([
    ['JSON that is cut off', json, '{"name":', 400, 'request.malformed'],
    ['bytes that are not UTF-8', json, Buffer.from('7b226e616d65223a22ff227d', 'hex'), 400, 'request.malformed'],
    ['a prototype in disguise', json, '{"__proto__":{"admin":true}}', 422, 'request.invalid'],
    ['a constructor in disguise', json, '{"constructor":{"prototype":{"admin":true}}}', 422, 'request.invalid'],
    ['JSON nested without end', json, '['.repeat(90_000), 400, 'request.malformed'],
    ['nesting that closes again', json, `${'['.repeat(40)}${']'.repeat(40)}`, 400, 'request.malformed'],
    ['a body that is a list', json, '[1]', 422, 'request.invalid'],
    ['a body that is null', json, 'null', 422, 'request.invalid'],
    ['a body that is text', json, '"text"', 422, 'request.invalid'],
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'name=x',
      415,
      'request.unsupported-media-type',
    ],
    ['plain text', { 'content-type': 'text/plain' }, '{}', 415, 'request.unsupported-media-type'],
    ['no content type', { 'content-type': '' }, '{}', 415, 'request.unsupported-media-type'],
    [
      'another character set',
      { 'content-type': 'application/json; charset=gbk' },
      '{}',
      415,
      'request.unsupported-media-type',
    ],
    ['a compressed body', { ...json, 'content-encoding': 'gzip' }, '{}', 415, 'request.unsupported-media-type'],
    ['a body over the limit', json, `{"name":"${'x'.repeat(100_000)}"}`, 413, 'request.too-large'],
    ['ten megabytes', json, Buffer.alloc(10_485_760, 'x'), 413, 'request.too-large'],
    [
      'XML where no report is handed in',
      { 'content-type': 'application/xml' },
      Buffer.alloc(10_485_760),
      415,
      'request.unsupported-media-type',
    ],
  ])('refuses %s', async (_name, headers, body, status, code) => {
    const answer = await world.admin.with(headers).post('/v1/storefronts', body);
    expect(answer).toMatchObject({ status, body: { code, status, instance: '/v1/storefronts' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('serves the next request after it refused a large one', async () => {
    await world.admin.with(json).post('/v1/storefronts', Buffer.alloc(1_000_000, 'x'));
    expect((await world.admin.get('/v1/storefronts')).status).toBe(200);
  });

  it('points at every field that is wrong, also at unknown ones', async () => {
    const { status, body } = await world.admin.post('/v1/storefronts', {
      name: ' padded ',
      currency: 'XXY',
      homeUrl: 'javascript:alert(1)',
      origins: ['https://shop.example/path'],
      touch: 'middle',
      attributionWindowDays: 1.5,
      nonsense: 1,
    });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'request.invalid' });
    expect(body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/attributionWindowDays',
      '/currency',
      '/homeUrl',
      '/name',
      '/nonsense',
      '/origins',
      '/touch',
    ]);
  });

  it.each([
    ['GET', '/v1/nothing-here', 404, 'route.not-found'],
    ['DELETE', '/v1/staff', 404, 'route.not-found'],
    ['GET', '/v1/storefronts/%ff', 400, 'request.malformed'],
    ['GET', '/v1/storefronts/%', 400, 'request.malformed'],
    ['GET', `/v1/storefronts/${'x'.repeat(2000)}`, 414, 'request.uri-too-long'],
    ['GET', '/v1/storefronts/%00', 404, 'storefront.not-found'],
    ['GET', '/v1/storefronts/%F0%9F%A7%A7', 404, 'storefront.not-found'],
    ['GET', '/v1/storefronts?limit=0', 422, 'request.invalid'],
    ['GET', '/v1/storefronts?limit=1&limit=2', 422, 'request.invalid'],
    ['GET', '/v1/storefronts?limit=%ff', 422, 'request.invalid'],
    ['GET', '/v1/storefronts?cursor=%00', 422, 'request.invalid'],
    ['GET', '/v1/storefronts?unknown=1', 422, 'request.invalid'],
  ])('answers %s %s with a problem', async (method, path, status, code) => {
    const answer = method === 'GET' ? await world.admin.get(path) : await world.admin.delete(path);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it.each([
    ['something that is not HTTP', 'hello\r\n\r\n', 400, 'request.malformed'],
    ['a method that does not exist', 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'request.malformed'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
      'request.headers-too-large',
    ],
    [
      'two different lengths',
      'POST /v1/staff/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      400,
      'request.malformed',
    ],
    [
      'a length and chunks at once',
      'POST /v1/staff/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      400,
      'request.malformed',
    ],
  ])('answers %s with a problem', async (_name, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain(code);
  });

  it.each([
    '{"email":"a@yinke.test","email":"b@yinke.test","password":"x"}',
    '{"email":"a@yinke.test","password":"x","\\u0065mail":"b@yinke.test"}',
    '{"email":"a@yinke.test","password":"x","more":[{"a":1,"a":1}]}',
  ])('refuses a body that names a member twice: %s', async (body) => {
    const answer = await testApp.http.with(json).post('/v1/staff/sessions', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
  });

  it('refuses a body where none is read, and does nothing', async () => {
    const shop = await createStorefront(testApp, world.admin);
    const keys = (body: unknown) => world.admin.post(`/v1/storefronts/${shop.id}/keys`, body);
    expect((await keys({ confirm: true })).body).toMatchObject({
      code: 'request.invalid',
      errors: [{ pointer: '/confirm', detail: 'property confirm should not exist' }],
    });
    expect((await keys([])).status).toBe(422);
    const signOut = await world.admin.with(json).delete('/v1/staff/sessions/current');
    expect(signOut.status).toBe(204);
    world.admin = await signInAdmin(testApp);
    expect((await keys({})).status).toBe(201);
  });

  it('lets no answer run a script that is not its own', async () => {
    const paths = [
      '/v1/staff',
      '/nothing',
      '/',
      '/console/',
      '/portal/',
      '/join',
      '/docs',
      '/openapi.json',
      '/healthz',
    ];
    for (const path of [...paths, '/r/NOSUCHCODE', '/queues/', '/favicon.ico']) {
      const policy = (await world.admin.get(path)).headers.get('content-security-policy') ?? '';
      expect([path, policy]).toEqual([
        path,
        expect.stringMatching(/default-src 'none'.*script-src '(self|none)'(;|$)/),
      ]);
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
    }
  });

  it('takes an empty body for none', async () => {
    const { body } = await world.admin.get('/v1/storefronts');
    const answer = await world.admin.with(json).post(`/v1/storefronts/${body.items[0].id}/keys`, '');
    expect(answer.status).toBe(201);
  });

  describe('CORS', () => {
    const preflight = (origin: string) =>
      fetch(`${testApp.baseUrl}/v1/visits`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });

    it('lets the browsers of a storefront in, and of nobody else', async () => {
      const known = await preflight('https://shop.example');
      expect([known.status, known.headers.get('access-control-allow-origin')]).toEqual([204, 'https://shop.example']);
      expect(known.headers.get('access-control-allow-credentials')).toBeNull();
      const unknown = await preflight('https://evil.example');
      expect([unknown.status, unknown.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    });

    it('holds a publishable key to the origins of its own storefront', async () => {
      await createStorefront(testApp, world.admin, { origins: ['https://other.example'] });
      const form = '/v1/merchant-applications/form';
      const own = await world.pk.with({ origin: 'https://shop.example' }).get(form);
      expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.example']);
      const foreign = await world.pk.with({ origin: 'https://other.example' }).get(form);
      expect(foreign).toMatchObject({ status: 403, body: { code: 'access.origin-refused' } });
    });

    it('reads no body of a preflight, whatever it calls itself', async () => {
      const preflight = async (content: { body: string; type: string } | null) => {
        const authorization = `Bearer ${world.storefront.secretKey}`;
        const { status, headers } = await fetch(`${testApp.baseUrl}/v1/orders/bulk`, {
          method: 'OPTIONS',
          headers: content ? { authorization, 'content-type': content.type } : { authorization },
          ...(content && { body: content.body }),
        });
        return [status, headers.get('content-type')];
      };
      const bare = await preflight(null);
      for (const type of ['application/json', 'application/x-ndjson', 'text/csv'])
        expect(await preflight({ body: 'a,b\n', type })).toEqual(bare);
    });

    it('opens no staff route to any web site', async () => {
      const { headers } = await world.admin.with({ origin: 'https://shop.example' }).get('/v1/staff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('operations', () => {
    it('says that it is alive and ready', async () => {
      expect((await testApp.http.get('/healthz')).body).toEqual({ status: 'ok' });
      expect((await testApp.http.get('/readyz')).body).toEqual({
        status: 'ready',
        checks: { database: 'ok', redis: 'ok', migrations: 'ok' },
      });
    });

    it.each(['one that has run already', 'the last one'])(
      'is not ready while %s of the migrations is missing',
      async (which) => {
        const database = testApp.db;
        const order = which === 'the last one' ? 'DESC' : 'ASC';
        const [row] = await database.query(`SELECT * FROM schema_migration ORDER BY timestamp ${order} LIMIT 1`);
        await database.query('DELETE FROM schema_migration WHERE name = ?', [row.name]);
        try {
          expect(await testApp.http.get('/readyz')).toMatchObject({
            status: 503,
            body: { code: 'service.not-ready', checks: { database: 'ok', redis: 'ok', migrations: 'pending' } },
          });
        } finally {
          await database.query('INSERT INTO schema_migration (id, timestamp, name) VALUES (?, ?, ?)', [
            row.id,
            row.timestamp,
            row.name,
          ]);
        }
        expect((await testApp.http.get('/readyz')).status).toBe(200);
      },
    );

    it('names each request in its answer, in its problem document and in its line of the log', async () => {
      const log = jest.spyOn(Logger.prototype, 'log');
      const missing = await testApp.http.get('/v1/nothing-here');
      expect(missing.headers.get('x-request-id')).toMatch(/^req_/);
      expect(missing.body.requestId).toBe(missing.headers.get('x-request-id'));
      const found = await world.admin.get('/v1/storefronts?limit=1');
      const facts = {
        method: 'GET',
        route: '/v1/storefronts',
        status: 200,
        requestId: found.headers.get('x-request-id'),
      };
      expect(log.mock.calls).toContainEqual(['answered', expect.objectContaining(facts)]);
      // Who may not is named, by an id.
      const { id } = (await world.auditor.get('/v1/staff/sessions/current')).body.staff;
      expect((await world.auditor.get('/v1/storefronts')).status).toBe(403);
      const denied = { route: '/v1/storefronts', status: 403, caller: id };
      expect(log.mock.calls).toContainEqual(['answered', expect.objectContaining(denied)]);
      log.mockRestore();
    });

    it('packs long answers for who can unpack them, and short ones for nobody', async () => {
      const answer = (path: string, encoding: string) => testApp.http.with({ 'accept-encoding': encoding }).get(path);
      for (const encoding of ['br', 'gzip'])
        expect((await answer('/v1/merchant-applications/form', encoding)).headers.get('content-encoding')).toBe(
          encoding,
        );
      expect((await answer('/v1/merchant-applications/form', 'identity')).headers.get('content-encoding')).toBeNull();
      expect((await answer('/healthz', 'gzip')).headers.get('content-encoding')).toBeNull();
    });

    it('counts each request once, by its method, route and status as they were', async () => {
      const counts = async () => {
        const { text } = await testApp.http.get('/metrics');
        const lines = text.matchAll(/^yinke_http_request_duration_seconds_count\{(.*)\} (\d+)$/gm);
        return new Map([...lines].map(([, labels, count]) => [labels!, Number(count)]));
      };
      const before = await counts();
      await world.admin.get('/v1/storefronts/sto_one');
      await world.admin.get('/v1/storefronts/sto_two');
      await world.admin.get('/v1/storefronts?limit=0');
      await world.admin.post('/v1/storefronts', {});
      await testApp.http.get('/v1/storefronts');
      await testApp.http.get('/v1/nothing-here');
      const after = await counts();
      const grown = [...after].filter(([labels]) => !labels.includes('/metrics'));
      const gained = grown.map(([labels, count]) => [labels, count - (before.get(labels) ?? 0)] as const);
      expect(Object.fromEntries(gained.filter(([, by]) => by > 0))).toEqual({
        'method="GET",route="/v1/storefronts/:id",status="404"': 2,
        'method="GET",route="/v1/storefronts",status="422"': 1,
        'method="POST",route="/v1/storefronts",status="422"': 1,
        'method="GET",route="/v1/storefronts",status="401"': 1,
        'method="GET",route="none",status="404"': 1,
      });
    });

    it('measures how long requests took, in seconds', async () => {
      const { text } = await testApp.http.get('/metrics');
      const sums = [...text.matchAll(/^yinke_http_request_duration_seconds_sum\{.*\} ([\d.e+-]+)$/gm)];
      expect(sums.length).toBeGreaterThan(0);
      for (const [, sum] of sums) expect(Number(sum)).toBeLessThan(60);
      expect(Math.max(...sums.map(([, sum]) => Number(sum)))).toBeGreaterThan(0.001);
    });

    it('counts requests by route', async () => {
      const { text } = await testApp.http.get('/metrics');
      expect(text).toMatch(
        /yinke_http_request_duration_seconds_count\{method="POST",route="\/v1\/staff\/sessions",status="201"\}/,
      );
      expect(text).toContain('process_cpu_seconds_total');
    });

    it('shows the queues to admins alone', async () => {
      expect((await testApp.http.get('/queues/')).status).toBe(401);
      expect((await world.maker.get('/queues/')).status).toBe(403);
      const page = await world.admin.get('/queues/');
      expect(page.status).toBe(200);
      const { queues } = (await world.admin.get('/queues/api/queues')).body;
      expect(queues.map(({ name }: { name: string }) => name)).toContain('yinke');
    });

    it('serves its own description', async () => {
      const { body } = await testApp.http.get('/openapi.json');
      expect(body).toMatchObject({ openapi: '3.1.0', paths: { '/v1/storefronts': { post: expect.any(Object) } } });
      expect((await testApp.http.get('/docs')).text).toContain('swagger-ui');
    });

    it('has the icon that browsers ask for beside every page', async () => {
      const answer = await fetch(`${testApp.baseUrl}/favicon.ico`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/x-icon']);
      expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 4)]).toEqual([0, 0, 1, 0]);
    });

    it('says that Redis is away, and serves without it', async () => {
      const own = await startTestApp({ REDIS_URL: 'redis://127.0.0.1:1' }, 'yinke_test_no_redis');
      try {
        const answer = await own.http.get('/readyz');
        expect(answer).toMatchObject({
          status: 200,
          body: { status: 'ready', checks: { database: 'ok', redis: 'away', migrations: 'ok' } },
        });
      } finally {
        await own.close();
      }
    });
  });
});

it('shows metrics to the machine itself, and past a proxy to nobody without their token', async () => {
  const token = 'a-token-for-prometheus';
  const proxied = { 'x-forwarded-for': '203.0.113.5' };
  const cases: [settings: NodeJS.ProcessEnv, headers: Record<string, string>, status: number][] = [
    [{}, {}, 200],
    [{}, proxied, 401],
    [{}, { forwarded: 'for=203.0.113.5' }, 401],
    [{ YINKE_METRICS_TOKEN: token }, {}, 401],
    [{ YINKE_METRICS_TOKEN: token }, { authorization: `Bearer ${token}x` }, 401],
    [{ YINKE_METRICS_TOKEN: token }, { ...proxied, authorization: `Bearer ${token}` }, 200],
  ];
  for (const [settings, headers, status] of cases) {
    const app = await startTestApp(settings);
    try {
      expect([settings, headers, (await app.http.with(headers).get('/metrics')).status]).toEqual([
        settings,
        headers,
        status,
      ]);
    } finally {
      await app.close();
    }
  }
});
