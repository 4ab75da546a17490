import { chromium, type Browser, type Page } from 'playwright-core';
import { createWorld, type World } from '../support/actors.js';
import { findChromium } from '../support/find-chromium.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: World;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  page.on('console', (message) => {
    // A refused form is an answer of 4xx, which the browser mentions; all else is wrong, above all the content policy.
    if (message.type() === 'error' && !message.text().includes('status of 4')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

/** For people to look at: YINKE_SCREENSHOTS=folder. */
async function screenshot(name: string): Promise<void> {
  const folder = process.env.YINKE_SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe('the page on which merchants register', () => {
  it('takes a form in Chinese on a phone, names what is wrong, and shows the code after the review', async () => {
    await page.goto(`${app.baseUrl}/join`);
    await page.getByLabel('微信号').fill('李华');
    await screenshot('phone-form-zh');
    await page.getByRole('button', { name: '提交注册' }).click();
    await page.getByText('请先勾选同意').waitFor();
    expect(await page.locator('[aria-invalid=true]').count()).toBe(3);
    expect(await page.evaluate('document.activeElement.name')).toBe('/wechatId');
    await screenshot('phone-errors-zh');

    await page.getByLabel('微信号').fill('Browser_88');
    await page.getByLabel('显示名称').fill('李华的小店');
    await page.getByLabel('户名', { exact: true }).fill('李华');
    await page.getByLabel('开户国家或地区').selectOption('DE');
    await page.getByLabel('银行账号').fill('DE89 3704 0044 0532 0130 01');
    await page.getByLabel('我同意运营方').check();
    await page.getByRole('button', { name: '提交注册' }).click();
    await page.getByText('请先勾选同意').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('/bankAccount/bankConsent');
    await page.getByLabel('我单独同意运营方').check();
    await page.getByRole('button', { name: '提交注册' }).click();
    await page.locator('[name="/bankAccount/number"][aria-invalid=true]').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('/bankAccount/number');

    await page.getByLabel('银行账号').fill('DE89 3704 0044 0532 0130 00');
    await page.getByRole('button', { name: '提交注册' }).click();
    await page.getByText('已提交，等待审核').waitFor();
    await screenshot('phone-pending-zh');

    const [, id] = /#(app_\w+)\//.exec(page.url()) ?? [];
    const { body } = await world.reviewer.post(`/v1/merchant-applications/${id}/approve`, {});
    expect(body.merchant).toMatchObject({ wechatId: 'Browser_88', bankAccount: { maskedNumber: '••••3000' } });
    await page.reload();
    await page.getByText(body.merchant.code).waitFor();
    await screenshot('phone-approved-zh');
  });

  it('speaks English too, keeps what was typed, and does not tell whether a WeChat ID is registered', async () => {
    await world.pk.post('/v1/merchant-applications', { wechatId: 'taken_88', displayName: 'x', consent: true });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${app.baseUrl}/join`);
    await page.getByLabel('微信号').fill('TAKEN_88');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.getByLabel('WeChat ID').inputValue()).toBe('TAKEN_88');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await page.getByLabel('Display name').fill('Li Hua');
    await page.getByLabel('I agree that the operator').check();
    await screenshot('desktop-form-en');
    await page.getByRole('button', { name: 'Send the form' }).click();
    await page.getByText('Sent: waiting for review').waitFor();
    await screenshot('desktop-pending-en');
  });

  it('shows a rejection with its reason, and refuses a forged link', async () => {
    const { body } = await world.pk.post('/v1/merchant-applications', {
      wechatId: 'rejected_88',
      displayName: '<b>x</b>',
      consent: true,
    });
    await world.reviewer.post(`/v1/merchant-applications/${body.id}/reject`, {
      reason: '名称不符 <script>alert(1)</script>',
    });
    await page.goto(`${app.baseUrl}/join#${body.id}/${body.token}`);
    await page.getByText('未通过审核').waitFor();
    await page.getByText('名称不符 <script>alert(1)</script>').waitFor();
    await screenshot('phone-rejected-zh');
    await page.goto(`${app.baseUrl}/join?lang=en#${body.id}/forged`);
    await page.getByText('not valid').waitFor();
    await page.getByRole('button', { name: 'Register again' }).click();
    await page.getByLabel('WeChat ID').waitFor();
  });
});
