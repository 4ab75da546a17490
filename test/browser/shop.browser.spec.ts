import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { seriousFaults } from '../support/axe.js';
import { findChromium } from '../support/find-chromium.mjs';
import { openTeaShop, type TeaShopWorld } from '../support/tea-shop.js';

let tea: TeaShopWorld;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  tea = await openTeaShop();
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await tea.close();
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const PHONE = { lang: 'zh-CN', width: 390, height: 844 };
const DESK = { lang: 'en', width: 1280, height: 800 };

/** A browser that has not been here before. */
async function come({ lang, width, height }: typeof PHONE, path: string): Promise<void> {
  complaints = [];
  context = await browser.newContext({ viewport: { width, height }, locale: lang });
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(tea.origin + path);
}

/** For people to look at: YINKE_SCREENSHOTS=folder. */
async function screenshot(name: string): Promise<void> {
  const folder = process.env.YINKE_SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/shop-${name}.png`, fullPage: true });
}

/** Nothing is wider than the screen. */
async function fits(): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');
}

/** The only order that Yinke has of this page. */
async function orderOfPage(): Promise<any> {
  const [orderId] = /TEA-\d{8}-[0-9A-F]{8}/.exec((await page.locator('#order').textContent()) ?? '') ?? [];
  const { body } = await tea.storefront.sk.get(`/v1/orders/${orderId}`);
  return body;
}

describe('a shopper of the tea shop', () => {
  it('comes by a merchant’s link on a phone, pays the merchant’s price, and the reward arrives with its reason', async () => {
    await come(PHONE, `/shop/?m=${tea.seller.code}`);
    await page.getByText('李薇带来了您').waitFor();
    await page.getByRole('button', { name: '把龙井绿茶加入购物车' }).click();
    await page.getByRole('button', { name: '把茶之小书加入购物车' }).click();
    await page.getByRole('button', { name: '茶之小书加一件' }).click();
    await page.getByText('−¥28.60').waitFor();
    await screenshot('basket-phone-zh');
    await page.getByRole('button', { name: '下单，¥257.40' }).click();
    await page.getByText('已下单，尚未支付').waitFor();
    expect(await orderOfPage()).toMatchObject({ state: 'placed', attribution: { via: 'code' } });
    await page.getByRole('button', { name: '支付¥257.40' }).click();
    await page.getByText('¥25.74', { exact: true }).waitFor();
    await page.getByText('为什么？').click();
    await page
      .getByRole('main')
      .getByText(/按计奖金额.*10(\.00)?%/)
      .waitFor();
    await page.getByText('看看背后').click();
    await page.getByText('商城 → 引客').first().waitFor();
    await screenshot('paid-phone-zh');
    expect(await fits()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('names a WeChat ID at a wide screen, and what is returned takes its share of the reward back', async () => {
    await come(DESK, '/shop/');
    await page.getByRole('textbox', { name: 'WeChat ID' }).fill(tea.seller.wechatId.toUpperCase());
    await screenshot('question-desk-en');
    await page.getByRole('button', { name: 'They brought me' }).click();
    await page.getByText('李薇 brought you, as you said').waitFor();
    await page.getByRole('button', { name: 'Add Longjing green tea to the basket' }).click();
    await page.getByRole('button', { name: 'Add A small book of tea to the basket' }).click();
    await page.getByRole('button', { name: 'Order for ¥204.30' }).click();
    await page.getByRole('button', { name: 'Pay ¥204.30' }).click();
    await page.getByText('¥20.43', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Return one Longjing green tea' }).click();
    await page.getByText('Taken back −¥15.12').waitFor();
    await page.reload();
    await page.getByText('Taken back −¥15.12').waitFor();
    await screenshot('returned-desk-en');
    const order = await orderOfPage();
    expect(order).toMatchObject({ attribution: { via: 'referrer' }, refunds: [{ amount: 15_120 }] });
    expect(await fits()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Return everything' }).click();
    await page.getByText('Taken back −¥20.43').waitFor();
    await page.getByRole('button', { name: 'Go on shopping' }).click();
    await page.getByText('Nothing yet').waitFor();
  });

  it('who names somebody unknown sees list prices, may name another one, and nobody is rewarded for nobody', async () => {
    await come(PHONE, '/shop/');
    await page.getByLabel('微信号').fill('nobody_knows_me');
    await page.getByRole('button', { name: '是对方带来的' }).click();
    await page.getByText('没有推广员的微信号是“nobody_knows_me”').waitFor();
    await page.getByRole('button', { name: '填写介绍人' }).click();
    await page.getByRole('button', { name: '没有人介绍', exact: true }).click();
    await page.getByText('没有人介绍您来。您看到的是原价。').waitFor();
    await page.getByRole('button', { name: '把茶礼盒加入购物车' }).click();
    await page.getByRole('button', { name: '下单，¥128.00' }).click();
    await page.getByRole('button', { name: '支付¥128.00' }).click();
    await page.getByText('没有微商带来这位顾客。', { exact: true }).waitFor();
    expect(await orderOfPage()).toMatchObject({ attribution: null, rewards: [], amountPaid: 12_800 });
    await screenshot('nobody-phone-zh');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('is asked again when the price has changed since it was seen', async () => {
    await come(DESK, '/shop/');
    await page.getByRole('button', { name: 'Nobody did' }).click();
    await page.route('**/shop/api/orders', async (route) => {
      const body = route.request().postDataJSON() as object;
      await route.continue({ postData: JSON.stringify({ ...body, total: 1 }) });
    });
    await page.getByRole('button', { name: 'Add Gift box to the basket' }).click();
    await page.getByRole('button', { name: 'Order for ¥128.00' }).click();
    await page.getByRole('alert').getByText('The price has changed').waitFor();
    await page.getByRole('button', { name: 'Order for ¥128.00' }).waitFor();
    // The browser mentions an answer of 409 by itself.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('409')]);
  });
});

describe('the start page of the demo', () => {
  it('signs a person of the demo in by a button, in the language of the page', async () => {
    await come(DESK, '/');
    await page.getByRole('heading', { name: 'Console' }).waitFor();
    await screenshot('start-desk-en');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Reviewer' }).click();
    await page.waitForURL(`${tea.app.baseUrl}/console/**`);
    await page.getByText('at.the.door@yinke.test').first().waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  });

  it('leads to the shop, and signs nobody in for a page of somebody else', async () => {
    await come(PHONE, '/');
    await page.getByRole('link', { name: '商城' }).click();
    await page.getByRole('heading', { level: 1, name: '引客茶铺' }).waitFor();
    for (const headers of [[['origin', 'https://elsewhere.example']], []] as [string, string][][]) {
      const answer = await fetch(`${tea.origin}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers,
        body: new URLSearchParams({ person: 'reviewer' }),
      });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    }
  });
});
