import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createWorld, type World } from '../support/actors.js';
import { codeTo } from '../support/codes.js';
import { findChromium } from '../support/find-chromium.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: World;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = await startTestApp({ YINKE_EMBEDDED: '1' });
  world = await createWorld(app);
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

beforeEach(async () => {
  complaints = [];
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  page = await context.newPage();
  page.on('console', (message) => {
    // The browser mentions answers of 4xx and a network that is away; all else is wrong, above all the content policy.
    if (message.type() === 'error' && !/status of 4|ERR_INTERNET_DISCONNECTED/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

/** Applies and is approved. */
async function register(displayName: string, wechatId: string) {
  const email = `${wechatId}@merchants.example`;
  const form = { wechatId, displayName, email, consent: true };
  const { body: application } = await app.http.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  return { email, link: `#${application.id}/${application.token}`, code: body.merchant.code as string };
}

async function signInByCode(email: string): Promise<void> {
  await page.goto(`${app.baseUrl}/portal/`);
  await giveCode(email);
}

async function giveCode(email: string): Promise<void> {
  await page.getByLabel('邮箱或手机号').fill(email);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText(`如果${email}属于推广员`).waitFor();
  await page.getByLabel('验证码').fill(`您的登录验证码是 ${await codeTo(app, email)}，10分钟内有效。`);
  await page.getByRole('button', { name: '登录' }).click();
}

describe('the portal for merchants', () => {
  it('lets a merchant in by the code in a message that is pasted as a whole, and out again', async () => {
    const { email, code } = await register('周敏', 'portal_zhou');
    await signInByCode(email);
    await page.getByRole('heading', { name: '周敏' }).waitFor();
    await page.getByText(code).waitFor();
    await page.getByRole('link', { name: '我的', exact: true }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('邮箱或手机号').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  it('leads from the approved registration into the portal, once', async () => {
    const { link } = await register('何婷', 'portal_he');
    await page.goto(`${app.baseUrl}/join${link}`);
    await page.getByRole('link', { name: '进入推广员中心' }).click();
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByRole('heading', { name: '何婷' }).waitFor();
    expect(page.url()).toBe(`${app.baseUrl}/portal/`);

    await context.clearCookies();
    await page.goto('about:blank');
    await page.goto(`${app.baseUrl}/portal/${link}`);
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByText('此链接已失效').waitFor();
  });

  it('opens without a network, and says of when its figures are', async () => {
    const { email } = await register('高洁', 'portal_gao');
    await signInByCode(email);
    await page.getByText('积分').first().waitFor();
    await page.evaluate('navigator.serviceWorker.ready');
    await page.reload(); // from now on with the service worker
    await page.getByText('积分').first().waitFor();
    await context.setOffline(true);
    await page.reload();
    await page.getByText(/网络暂时不可用，以下为.*的数据/).waitFor();
    await page.getByText('积分').first().waitFor();
    await context.setOffline(false);
    await page.getByText(/网络暂时不可用/).waitFor({ state: 'hidden' });
  });

  it('keeps what is open below the sign-in when the session ends', async () => {
    const { email } = await register('沈悦', 'portal_shen');
    await signInByCode(email);
    await page.getByRole('link', { name: '我的', exact: true }).click();
    await page.getByRole('link', { name: '添加银行账户' }).click();
    await page.getByLabel('户名', { exact: true }).fill('沈悦');
    await page.getByLabel('银行账号').fill('6222 0202 0000 0001 234');
    await page.getByLabel('我单独同意').check();
    await context.clearCookies();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('登录已过期').waitFor();
    await giveCode(email);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText('••••1234').waitFor();
    await page.getByText('待审核').waitFor();
  });
});
