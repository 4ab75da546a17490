import { createHash } from 'node:crypto';
import { chromium, type Browser } from 'playwright-core';
import { startWechatAccountSimulator } from '../../simulators/wechat-account.mjs';
import { createStorefront, createWorld } from '../support/actors.js';
import { findChromium } from '../support/find-chromium.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLIC_URL = 'http://yinke.example';

let wechat: Awaited<ReturnType<typeof startWechatAccountSimulator>>;
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  wechat = await startWechatAccountSimulator();
  app = await startTestApp({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL });
  const args = [
    '--no-sandbox',
    `--host-resolver-rules=MAP yinke.example:80 127.0.0.1:${new URL(app.baseUrl).port}`,
    `--unsafely-treat-insecure-origin-as-secure=${PUBLIC_URL}`,
  ];
  browser = await chromium.launch({ executablePath: findChromium(), args });
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await wechat.close();
});

/** What WeChat's own browser puts into a page: it keeps what it was asked for. */
function bridge() {
  const asked: unknown[] = [];
  Object.assign(globalThis, {
    asked,
    WeixinJSBridge: {
      invoke(name: string, given: object, done: (answer: { err_msg: string }) => void) {
        asked.push({ name, ...given });
        done({ err_msg: `${name}:ok` });
      },
      call: () => undefined,
      on: () => undefined,
    },
  });
}

it('in WeChat the share page says how a link is shown, under a signature for that page', async () => {
  const world = await createWorld(app);
  await createStorefront(app, world.admin, { name: 'Tea', homeUrl: 'https://tea.example/', origins: [] });
  const form = { wechatId: 'shares_here', displayName: '李薇', consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  const context = await browser.newContext({
    baseURL: PUBLIC_URL,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile MicroMessenger/8.0.50',
  });
  await context.addInitScript(bridge);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`/portal/#${application.id}/${application.token}`);
  await page.getByRole('button', { name: '进入' }).click();
  await page.getByRole('heading', { name: '李薇' }).waitFor();
  await page.goto('/portal/share');
  await page.getByLabel('哪家商城').selectOption({ label: 'Tea' });

  type Asked = Record<string, string>;
  let asked: Asked[] = [];
  for (const end = Date.now() + 20_000; Date.now() < end && asked.at(-1)?.title !== 'Tea';) {
    await page.waitForTimeout(100);
    asked = await page.evaluate<Asked[]>('asked');
  }
  const config = asked.find(({ name }) => name === 'preVerifyJSAPI')!;
  const { verifyAppId, verifyNonceStr, verifyTimestamp, verifySignature } = config;
  const parts = { jsapi_ticket: wechat.ticket(), noncestr: verifyNonceStr, timestamp: verifyTimestamp };
  const said = Object.entries({ ...parts, url: `${PUBLIC_URL}/portal/share` }).map(
    ([name, value]) => `${name}=${value}`,
  );
  expect(verifySignature).toBe(createHash('sha1').update(said.join('&')).digest('hex'));
  expect(verifyAppId).toBe(wechat.appId);
  for (const name of ['updateAppMessageShareData', 'updateTimelineShareData'])
    expect(asked.filter((each) => each.name === name).at(-1)).toMatchObject({
      title: 'Tea',
      link: expect.stringContaining(body.merchant.code),
      imgUrl: `${PUBLIC_URL}/portal/icon-192.png`,
    });
  expect(complaints).toEqual([]);
  await context.close();
});
