import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../support/find-chromium.mjs';
import { PayoutWorld } from '../support/payouts.js';
import { startWechatPaySimulator } from '../../simulators/wechat-pay.mjs';

let wechat: Awaited<ReturnType<typeof startWechatPaySimulator>>;
let w: PayoutWorld;
let browser: Browser;

beforeAll(async () => {
  wechat = await startWechatPaySimulator();
  w = await PayoutWorld.start(wechat.settings);
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await w.close();
  await wechat.close();
});

/** What WeChat's own browser puts into a page: it keeps what it was asked for, and the payee agrees. */
function bridge() {
  const asked: unknown[] = [];
  Object.assign(globalThis, {
    asked,
    WeixinJSBridge: {
      invoke(name: string, given: object, done: (answer: { err_msg: string }) => void) {
        asked.push({ name, ...given });
        done({ err_msg: `${name}:ok` });
      },
    },
  });
}

it('a transfer that waits for the merchant is confirmed in the portal, in WeChat alone', async () => {
  wechat.begin('WAIT_USER_CONFIRM');
  const { id, applicationToken } = await w.merchant(12_345n, null);
  const openid = 'o-MYE42l80oelYMDE34n00000001';
  const reviewer = await w.staffMember('reviewer');
  await reviewer.put(`/v1/merchants/${id}/wechat-payee`, { openid, holder: '王小明' });
  const [payout] = (await w.submitted([{ id }], { rail: 'wechat-pay' })).payouts;
  await w.poll();

  const { baseUrl } = w.testApp;
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
  });
  const data = { applicationToken };
  expect((await context.request.post('/v1/merchants/sessions', { data, headers: { origin: baseUrl } })).ok()).toBe(
    true,
  );
  const elsewhere = await context.newPage();
  await elsewhere.goto('/portal/payouts');
  await elsewhere.getByText('请在微信中打开').waitFor();
  expect(await elsewhere.getByRole('button', { name: '确认收款' }).count()).toBe(0);

  const cookies = await context.cookies();
  const inWechat = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile MicroMessenger/8.0.50',
  });
  await inWechat.addCookies(cookies);
  await inWechat.addInitScript(bridge);
  const page = await inWechat.newPage();
  await page.goto('/portal/payouts');
  await page.getByText('¥123.45').first().waitFor();
  wechat.move(payout.reference, 'SUCCESS');
  await w.poll();
  await page.getByRole('button', { name: '确认收款' }).click();
  await page.getByText('打款成功', { exact: true }).waitFor();
  expect(await page.evaluate('asked')).toEqual([
    {
      name: 'requestMerchantTransfer',
      mchId: '1900001109',
      appId: 'wxf636efh567hg4356',
      package: `package-of-${payout.reference}`,
    },
  ]);
});
