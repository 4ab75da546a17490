import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { All, Body, Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { yinkeMiddleware, yinkePlugin, type Yinke, type YinkeOptions } from '@yinke/storefront';
import express from 'express';
import { fastify, type FastifyInstance } from 'fastify';
import { claimsOf } from '../support/claims.js';
import { addMerchant, openShop, type Shop, type TestMerchant } from '../support/shop.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

let shop: Shop;
let ann: TestMerchant;
let bob: TestMerchant;
let proxy: TcpProxy;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  shop = await openShop();
  ann = await addMerchant(shop, 'ann_tea');
  bob = await addMerchant(shop, 'bob-shop');
  const { hostname, port } = new URL(shop.testApp.baseUrl);
  proxy = await startTcpProxy(hostname.replace(/[[\]]/g, ''), Number(port));
});
afterAll(async () => {
  for (const close of closers) await close();
  await proxy.close();
  await shop.testApp.close();
});

type Options = Partial<YinkeOptions<any>>;
const optionsOf = (more: Options): YinkeOptions<any> => ({
  url: `http://127.0.0.1:${proxy.port}`,
  key: shop.storefront.secretKey,
  timeoutMs: 5000,
  ...more,
});
const view = ({ visit, attributed, merchant, ask, brought }: Yinke) => ({ visit, attributed, merchant, ask, brought });

/** A shop on node:http, with the middleware as Express and Connect call it. */
async function nodeShop(more: Options = {}): Promise<string> {
  const middleware = yinkeMiddleware<IncomingMessage & { yinke?: Yinke }>(optionsOf(more));
  const server: Server = createServer((request: IncomingMessage & { yinke?: Yinke }, response: ServerResponse) => {
    response.setHeader('set-cookie', 'basket=1');
    middleware(request, response, () => {
      void (async () => {
        if (request.method === 'POST' && request.url === '/who') {
          let text = '';
          for await (const chunk of request) text += String(chunk);
          await request.yinke!.answer(JSON.parse(text));
        }
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(view(request.yinke!)));
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A shop on Fastify. */
async function fastifyShop(more: Options = {}): Promise<string> {
  const app = fastify({ trustProxy: true });
  app.addHook('onRequest', async (_, reply) => void reply.header('set-cookie', 'basket=1'));
  await app.register(yinkePlugin, optionsOf(more));
  app.get<any>('/*', (request: any) => view(request.yinke));
  app.post('/who', async (request: any) => {
    await request.yinke.answer(request.body);
    return view(request.yinke);
  });
  app.post('/*', (request: any) => view(request.yinke));
  closers.push(() => app.close());
  return app.listen({ port: 0, host: '127.0.0.1' });
}

const withBasket = (_: unknown, response: ServerResponse, next: () => void) => {
  response.setHeader('set-cookie', 'basket=1');
  next();
};

/** A shop on Express. */
async function expressShop(more: Options = {}): Promise<string> {
  const app = express();
  app.set('trust proxy', true);
  app.use(withBasket, express.json(), yinkeMiddleware(optionsOf(more)));
  app.post('/who', async (request: any, response) => {
    await request.yinke.answer(request.body);
    response.json(view(request.yinke));
  });
  app.use((request: any, response) => {
    response.json(view(request.yinke));
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

@Controller()
class ShopPages {
  @Post('who')
  @HttpCode(200)
  async who(@Req() request: any, @Body() body: any) {
    await request.yinke.answer(body);
    return view(request.yinke);
  }

  @All('*')
  @HttpCode(200)
  page(@Req() request: any) {
    return view(request.yinke);
  }
}

@Module({ controllers: [ShopPages] })
class ShopModule {}

/** A shop on Nest, on its usual platform or on Fastify. */
async function nestShop(platform: AbstractHttpAdapter, more: Options = {}): Promise<string> {
  const app = await NestFactory.create(ShopModule, platform, { logger: false });
  const instance = app.getHttpAdapter().getInstance() as FastifyInstance;
  if (platform instanceof FastifyAdapter) {
    instance.addHook('onRequest', async (_, reply) => void reply.header('set-cookie', 'basket=1'));
    await instance.register(yinkePlugin, optionsOf(more));
  } else app.use(withBasket, yinkeMiddleware(optionsOf(more)));
  closers.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  return (await app.getUrl()).replace('[::1]', '127.0.0.1');
}

/** A browser with one cookie jar. */
class Browser {
  cookies = new Map<string, string>();
  set: string[] = [];

  constructor(
    private readonly base: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async open(path: string, headers: Record<string, string> = {}, body?: object) {
    const response = await fetch(this.base + path, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...this.headers,
        ...headers,
      },
    });
    this.set = response.headers.getSetCookie();
    for (const cookie of this.set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      this.cookies.set(name, value);
    }
    expect(response.status).toBe(200);
    return (await response.json()) as ReturnType<typeof view>;
  }

  get ours() {
    return this.set.find((cookie) => cookie.startsWith('yinke='));
  }
}

const visitsNow = async () => Number((await shop.db.query('SELECT COUNT(*) n FROM visit'))[0].n);
const idOf = (visit: string | null) => claimsOf(visit!).id;

describe.each([
  ['node:http', nodeShop],
  ['Express', expressShop],
  ['Fastify', fastifyShop],
  ['Nest on Express', (more: Options) => nestShop(new ExpressAdapter(), more)],
  ['Nest on Fastify', (more: Options) => nestShop(new FastifyAdapter({ trustProxy: true }), more)],
])('a shop on %s', (_, start) => {
  let base: string;
  beforeAll(async () => {
    base = await start({ shopperRef: (request: IncomingMessage) => request.headers['x-shopper'] as string });
  });

  it('opens one visit for a shopper who enters, and remembers it in a cookie', async () => {
    const browser = new Browser(base);
    const count = await visitsNow();
    const entered = await browser.open(`/tea?m=${ann.code}`, {
      referer: 'https://weixin.qq.com/a?id=1',
      'x-shopper': ' shopper-1 ',
    });
    expect(entered).toMatchObject({ attributed: true, merchant: { code: ann.code }, ask: null });
    expect(browser.ours).toMatch(/^yinke=[^;]+; Path=\/; Max-Age=259\d{4}; HttpOnly; SameSite=Lax$/);
    expect(browser.set).toContain('basket=1');
    expect(browser.ours!.length).toBeLessThan(4096);
    for (const path of ['/', '/tea', '/cart?x=1']) expect(await browser.open(path)).toEqual(entered);
    expect(await browser.open('/checkout', {}, { total: 1 })).toEqual(entered);
    expect(browser.ours).toBeUndefined();
    expect(await visitsNow()).toBe(count + 1);
    const [row] = await shop.db.query('SELECT * FROM visit WHERE id = ?', [idOf(entered.visit)]);
    expect(row).toMatchObject({
      referrer_url: 'https://weixin.qq.com/a',
      shopper_ref: 'shopper-1',
      merchant_id: ann.id,
    });
    const quote = await shop.pk.post('/v1/quotes', {
      visit: entered.visit,
      currency: 'CNY',
      lines: [{ sku: 'tea', quantity: 1, unitPrice: 500 }],
    });
    expect([quote.status, quote.body.attributed]).toEqual([201, true]);
  });

  it('takes up the visit of a share link, and follows on earlier visits with a new code', async () => {
    const browser = new Browser(base);
    const link = await shop.testApp.http.get(`/r/${ann.code}?storefront=${shop.storefront.id}`);
    const { search } = new URL(link.headers.get('location')!);
    const count = await visitsNow();
    const entered = await browser.open(`/${search}`);
    expect(await visitsNow()).toBe(count);
    expect(search).toContain(`m_visit=${idOf(entered.visit).slice(4)}.`);
    const later = await browser.open(`/%3Fm%3D${bob.code}`);
    expect(later).toMatchObject({ attributed: true, merchant: { code: bob.code } });
    const { touches } = claimsOf(later.visit!);
    expect(touches.map((touch: { merchantId: string }) => touch.merchantId)).toEqual([ann.id, bob.id]);
  });

  it('asks who brought a shopper without a code, in one step or two, and not again', async () => {
    const browser = new Browser(base);
    expect(await browser.open('/')).toMatchObject({ attributed: false, ask: { question: 'referrer' }, brought: null });
    expect(await browser.open('/who', {}, { brought: true })).toMatchObject({
      ask: { question: 'referrer' },
      brought: true,
    });
    const named = await browser.open('/who', {}, { wechatId: 'ANN_TEA' });
    expect(named).toMatchObject({ attributed: true, merchant: { code: ann.code }, ask: null });
    expect(browser.set.filter((cookie) => cookie.startsWith('yinke='))).toHaveLength(1);
    expect(await browser.open('/')).toEqual(named);

    const alone = new Browser(base);
    await alone.open('/');
    expect(await alone.open('/who', {}, { wechatId: null })).toMatchObject({ attributed: false, ask: null });
    expect(await alone.open('/again')).toMatchObject({ attributed: false, ask: null, brought: false });
    expect(await alone.open('/who', {}, { wechatId: 7 })).toMatchObject({ ask: null, brought: false });
  });

  it('opens no visit for assets, bots, prefetches and calls of a page', async () => {
    const count = await visitsNow();
    for (const [path, headers] of [
      ['/logo.png?m=x', {}],
      ['/app.js', {}],
      ['/', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
      ['/', { 'sec-purpose': 'prefetch;prerender' }],
      ['/api/cart', { 'sec-fetch-dest': 'empty' }],
    ] as [string, Record<string, string>][]) {
      const browser = new Browser(base);
      expect(await browser.open(path, headers)).toMatchObject({ visit: null, attributed: false, ask: null });
      expect(browser.ours).toBeUndefined();
    }
    expect(await visitsNow()).toBe(count);
    const telephone = { 'user-agent': 'Mozilla/5.0 (Linux; Android 9; CUBOT P30) MicroMessenger/8.0' };
    expect((await new Browser(base).open('/', { ...telephone, 'sec-fetch-dest': 'document' })).visit).not.toBeNull();
    expect(await visitsNow()).toBe(count + 1);
  });

  it('believes no cookie that somebody has changed, and asks Yinke', async () => {
    const browser = new Browser(base);
    const entered = await browser.open(`/?m=${ann.code}`);
    const [token, payload = '', mac] = browser.cookies.get('yinke')!.split('~');
    const memory = JSON.parse(Buffer.from(payload, 'base64url').toString());
    memory.judgement.merchant.code = 'FORGED22';
    const forged = Buffer.from(JSON.stringify(memory)).toString('base64url');
    for (const cookie of [`${token}~${forged}~${mac}`, `x~${payload}~${mac}`, `${token}~${payload}`, '~~', 'x']) {
      const liar = new Browser(base);
      liar.cookies.set('yinke', cookie);
      const seen = await liar.open('/');
      expect(seen.merchant?.code).toBe(cookie.startsWith(`${token}~`) ? ann.code : undefined);
      expect(seen.visit).not.toBe(entered.visit);
      expect(liar.ours).toBeDefined();
    }
  });
});

test('the cookie is for https alone where the shop is reached by https', async () => {
  const proxied = new Browser(await fastifyShop(), { 'x-forwarded-proto': 'https' });
  await proxied.open('/');
  expect(proxied.ours).toMatch(/; Secure$/);
  const set = new Browser(await nodeShop({ secure: true, cookie: 'who' }));
  await set.open('/');
  expect(set.set.at(-1)).toMatch(/^who=.*; Secure$/);
});

test('a shopper who comes back after a while is a new visit of the same merchant', async () => {
  const browser = new Browser(await nodeShop({ freshMinutes: 0 }));
  const entered = await browser.open(`/?m=${ann.code}`);
  const back = await browser.open('/');
  expect(idOf(back.visit)).not.toBe(idOf(entered.visit));
  expect(back.merchant).toEqual(entered.merchant);
});

describe('while Yinke is away', () => {
  afterEach(() => proxy.mend());
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1100));

  it('shoppers go on at list prices, and a code is told when it is back', async () => {
    const errors: unknown[] = [];
    const base = await nodeShop({ onError: (error) => errors.push(error) });
    const [known, newcomer, stranger] = [new Browser(base), new Browser(base), new Browser(base)];
    const before = await known.open(`/?m=${ann.code}`);
    proxy.cut();
    expect(await newcomer.open(`/tea?m=${ann.code}`)).toMatchObject({ visit: null, attributed: false });
    expect(errors).toHaveLength(1);
    expect(await known.open('/')).toEqual(before);
    expect(await known.open(`/?m=${bob.code}`)).toEqual(before);
    expect(await stranger.open('/')).toMatchObject({ visit: null, attributed: false });
    expect(stranger.ours).toBeUndefined();
    expect(await known.open('/who', {}, { wechatId: null })).toEqual(before);
    expect(errors).toHaveLength(1); // the others did not even try
    proxy.mend();
    await pause();
    expect(await newcomer.open('/cart')).toMatchObject({ attributed: true, merchant: { code: ann.code } });
    expect(await known.open('/checkout', {}, {})).toMatchObject({ attributed: true, merchant: { code: bob.code } });
    expect(newcomer.cookies.get('yinke')).toBeDefined();
  });

  it('or slow, they wait no longer than the shop has set', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const errors: Error[] = [];
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const browser = new Browser(
      await fastifyShop({ url, timeoutMs: 100, onError: (error) => errors.push(error as Error) }),
    );
    expect(await browser.open(`/?m=${ann.code}`)).toMatchObject({ attributed: false });
    expect(errors.map(({ name }) => name)).toEqual(['TimeoutError']);
    silent.closeAllConnections();
    silent.close();
  });

  it('or refuses, and whatever the shop’s own functions do, the shop goes on', async () => {
    const refused = new Browser(await nodeShop({ key: 'sk_wrong' }));
    expect(await refused.open(`/?m=${ann.code}`)).toMatchObject({ attributed: false });
    const faulty = () => {
      throw new Error('a fault of the shop');
    };
    for (const options of [{ skip: faulty }, { shopperRef: faulty }, { skip: faulty, onError: faulty }])
      expect(await new Browser(await nodeShop(options)).open('/')).toMatchObject({ visit: null, attributed: false });
  });
});

test('a shop that is set up wrong hears of it at once', () => {
  expect(() => yinkeMiddleware({ url: 'yinke', key: 'sk_x' })).toThrow('where Yinke is');
  expect(() => yinkeMiddleware({ url: 'https://yinke.example', key: '' })).toThrow('secret key');
});
