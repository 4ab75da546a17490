import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import { Clock } from '../../src/core/clock.js';
import { startWechatAccountSimulator } from '../../simulators/wechat-account.mjs';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, signInMerchant, type Shop } from '../support/shop.js';

const PUBLIC_URL = 'https://yinke.example';
const PAGE = `${PUBLIC_URL}/portal/share?to=tea`;

let wechat: Awaited<ReturnType<typeof startWechatAccountSimulator>>;
let shop: Shop;
let merchant: HttpClient;

async function open(overrides: NodeJS.ProcessEnv): Promise<void> {
  shop = await openShop(overrides);
  merchant = await signInMerchant(shop, await addMerchant(shop, 'shares_in_wechat'));
}

beforeEach(async () => {
  wechat = await startWechatAccountSimulator();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await shop.testApp.close();
  await wechat.close();
});

const said = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

/** From now on the service's clock is so much ahead. */
function later(seconds: number): void {
  const clock = shop.testApp.app.get(Clock);
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + seconds * 1000));
}

const ask = (url = PAGE) => merchant.get(`/v1/wechat/share-signature?url=${encodeURIComponent(url)}`);

describe('what WeChat is told of a shared link', () => {
  it('is signed for a page of the portal with a ticket that all ask for once', async () => {
    await open({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(`${PAGE}#part`)));
    for (const { status, body } of answers) {
      const { appId, timestamp, nonceStr, signature } = body;
      const text = `jsapi_ticket=${wechat.ticket()}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${PAGE}`;
      expect([status, appId, signature]).toEqual([200, wechat.appId, createHash('sha1').update(text).digest('hex')]);
      expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(60);
    }
    expect(new Set(answers.map(({ body }) => body.nonceStr)).size).toBe(8);
    expect(wechat.tickets()).toBe(1);
  });

  it('is signed for our own pages and for merchants alone', async () => {
    await open({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL });
    for (const url of ['https://evil.example/portal/', `${PUBLIC_URL}.evil.example/`, '/portal/share', 'javascript:1'])
      expect([url, ...said(await ask(url))]).toEqual([url, 422, 'wechat.foreign-page']);
    const path = `/v1/wechat/share-signature?url=${encodeURIComponent(PAGE)}`;
    for (const caller of [shop.admin, shop.sk, shop.pk]) expect((await caller.get(path)).status).toBe(403);
    expect((await shop.testApp.http.get(path)).status).toBe(401);
    expect(wechat.tickets()).toBe(0);
  });

  it.each(['busy', 'wrong-secret', 'no-json', 'silent'] as const)(
    'waits until WeChat answers again, which was %s, and does not ask at each page',
    async (behaviour) => {
      await open({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL });
      wechat.behave(behaviour);
      expect(said(await ask())).toEqual([503, 'wechat.away']);
      wechat.behave(null);
      expect(said(await ask())).toEqual([503, 'wechat.away']);
      later(11);
      expect((await ask()).status).toBe(200);
    },
  );

  it('is signed with a new ticket before the old one ends', async () => {
    await open({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL });
    await ask();
    later(6_890);
    await ask();
    expect(wechat.tickets()).toBe(1);
    later(6_905);
    await ask();
    expect(wechat.tickets()).toBe(2);
  });

  it.each([
    ['an account', { YINKE_PUBLIC_URL: PUBLIC_URL }],
    ['an address of its own', {}],
  ])('is not there without %s', async (what, settings) => {
    await open({ ...(what === 'an account' ? {} : wechat.settings), ...settings });
    expect(said(await ask())).toEqual([404, 'wechat.not-configured']);
  });
});
