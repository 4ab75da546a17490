import { chromium, type Browser } from 'playwright-core';
import { startWechatAccountSimulator } from '../../simulators/wechat-account.mjs';
import { createWorld } from '../support/actors.js';
import { seriousFaults } from '../support/axe.js';
import { codeTo, messagesTo } from '../support/codes.js';
import { findChromium } from '../support/find-chromium.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLIC_URL = 'http://yinke.example';
const EMAIL = 'li.wei@shop.example';

let wechat: Awaited<ReturnType<typeof startWechatAccountSimulator>>;
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  wechat = await startWechatAccountSimulator();
  app = await startTestApp({ ...wechat.settings, YINKE_PUBLIC_URL: PUBLIC_URL, YINKE_EMBEDDED: '1' });
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

it('a merchant signs in by a code in WeChat, links their account, and needs no code the next time', async () => {
  const world = await createWorld(app);
  const form = { wechatId: 'li_wei_here', displayName: '李薇', email: EMAIL, consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  const context = await browser.newContext({
    baseURL: PUBLIC_URL,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile MicroMessenger/8.0.50',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto('/portal/');
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByText('该微信尚未绑定推广员账户').waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/portal/');
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByLabel('邮箱').fill(EMAIL);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText('验证码已在发送途中').waitFor();
  await page.getByLabel('验证码').fill(await codeTo(app, EMAIL));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '李薇' }).waitFor();

  await page.getByRole('link', { name: '绑定我的微信' }).click();
  await page.getByRole('button', { name: '绑定我的微信' }).click();
  await page.getByRole('button', { name: '确认绑定' }).click();
  await page.getByText('绑定时间').waitFor();
  expect((await messagesTo(app, EMAIL))[0]).toMatchObject({ kind: 'wechat-linked' });
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('heading', { name: '李薇' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.goto('/portal/me/sessions');
  await page.getByText('通过微信登录').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
