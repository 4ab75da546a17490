import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createStaff, createStorefront, createWorld, PASSWORD, type World } from '../support/actors.js';
import { codeTo } from '../support/codes.js';
import { findChromium } from '../support/find-chromium.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { settled, startTestWorker } from '../support/worker.js';

let app: TestApp;
let world: World;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = await startTestApp({ YINKE_EMBEDDED: '1', YINKE_POINTS_LIFETIME_DAYS: '20' });
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
  return {
    email,
    link: `#${application.id}/${application.token}`,
    code: body.merchant.code as string,
    id: body.merchant.id as string,
  };
}

async function give(merchantId: string, asset: string, amount: number): Promise<void> {
  const { body } = await world.maker.post(`/v1/merchants/${merchantId}/adjustments`, { asset, amount, reason: '补发' });
  expect((await world.checker.post(`/v1/adjustments/${body.id}/approve`)).status).toBe(200);
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

  it('shows the last known figures and their time without a network, and the new ones when it is back', async () => {
    const { email, id } = await register('韩梅', 'portal_han');
    await give(id, 'CNY', 12_345);
    await signInByCode(email);
    await page.getByRole('link', { name: /可用余额.*¥123\.45/ }).waitFor();
    await page.evaluate('navigator.serviceWorker.ready');
    while (!(await page.evaluate("localStorage.getItem('yinke.portal.last-known')?.includes('12345')")))
      await page.waitForTimeout(100);

    await context.setOffline(true);
    await page.reload();
    await page.getByRole('link', { name: /可用余额.*¥123\.45/ }).waitFor();
    await page.getByText(/以下为\d\d:\d\d的数据/).waitFor();
    await page.getByRole('link', { name: '订单' }).click();
    await page.getByRole('heading', { name: '我带来的订单' }).waitFor();

    await give(id, 'CNY', 655);
    await context.setOffline(false);
    await page.getByRole('link', { name: '首页' }).click();
    await page.getByRole('link', { name: /可用余额.*¥130\.00/ }).waitFor();
    await page.getByText(/以下为\d\d:\d\d的数据/).waitFor({ state: 'detached' });
  });

  it('asks for a bank account once, however often the button is pressed and whatever the network loses', async () => {
    const { email, id } = await register('许丽', 'portal_xu');
    await signInByCode(email);
    await page.getByRole('link', { name: '我的', exact: true }).click();
    await page.getByRole('link', { name: '添加银行账户' }).click();
    await page.getByLabel('户名', { exact: true }).fill('许丽');
    await page.getByLabel('银行账号').fill('6222 0202 0000 0001 234');
    await page.getByLabel('我单独同意').check();
    const keys: (string | undefined)[] = [];
    await page.route('**/bank-account-changes', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort('internetdisconnected'); // the answer is lost
    });
    const button = page.getByRole('button', { name: '提交审核' });
    const pressTwice = () =>
      button.evaluate((it: { click(): void }) => {
        it.click();
        it.click();
      });
    await pressTwice();
    await page.getByRole('alert').waitFor();
    expect(keys).toHaveLength(1);
    await pressTwice();
    await page.getByText('••••1234').waitFor();
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), keys[0]]);
    expect((await world.reviewer.get(`/v1/merchants/${id}/bank-accounts`)).body.items).toHaveLength(1);
  });

  it('shares one product of the chosen shop with its merchant price, as the shop links to it', async () => {
    const other = { name: '咖啡店', homeUrl: 'https://coffee.example/', origins: ['https://coffee.example'] };
    const { id: coffee } = await createStorefront(app, world.admin, other);
    const { email, code, id } = await register('吴芳', 'portal_wu');
    const rule = { scope: { merchant: id, product: 'TEA-1' }, kind: 'percent-off', rateBps: 1_250 };
    await world.admin.post('/v1/price-rules', { ...rule, validFrom: '2020-01-01T00:00:00Z' });
    await signInByCode(email);
    await page.getByRole('heading', { name: '吴芳' }).waitFor();
    const product = { to: 'https://shop.example/tea', name: '龙井', sku: 'TEA-1', price: '128' };
    await page.goto(`${app.baseUrl}/portal/share?${new URLSearchParams(product).toString()}`);
    const status = page.getByRole('status').filter({ hasText: '您的顾客支付' });
    await status.getByText('¥112.00').waitFor();
    expect(await status.textContent()).toContain('¥128.00');
    await page.getByRole('img', { name: /海报.*龙井 · ¥112\.00/ }).waitFor();
    const leadsTo = async () => {
      const link = await page.getByRole('textbox', { name: '分享链接' }).inputValue();
      return (await fetch(link, { redirect: 'manual' })).headers.get('location');
    };
    expect(await leadsTo()).toMatch(new RegExp(`^https://shop\\.example/tea\\?m=${code}&`));

    // Another price is typed: it is asked for, and stands in the address.
    await page.getByLabel('原价').fill('10.01');
    await status.getByText('¥8.76').waitFor();
    expect(new URL(page.url()).searchParams.get('price')).toBe('10.01');

    await page.getByLabel('哪家商城').selectOption('咖啡店');
    await page.getByText('这不是咖啡店的页面').waitFor();
    await page.getByLabel('商城中某个页面的网址').fill('');
    await page.waitForURL((url) => url.searchParams.get('storefront') === coffee && !url.searchParams.has('to'));
    expect(await leadsTo()).toMatch(new RegExp(`^https://coffee\\.example/\\?m=${code}&`));
    await page.getByLabel('商城中某个页面的网址').fill('https://shop.example/cup');
    expect(await page.getByLabel('哪家商城').inputValue()).toBe(world.storefront.id);
    expect(await leadsTo()).toMatch(new RegExp(`^https://shop\\.example/cup\\?m=${code}&`));
  });

  it('saves the statement of a month as a table, in the language of the page', async () => {
    const { email, id, code } = await register('冯雪', 'portal_feng');
    await give(id, 'CNY', 5_000);
    await signInByCode(email);
    await page.getByRole('link', { name: '账单' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载（CSV）' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${code}-\\d{4}-\\d{2}\\.csv$`));
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('行,资产,账户,时间,金额');
    expect(text).toMatch(/明细,CNY,可用,[^,]+,5000,5000,/);
  });

  it('says why: of a reward with its arithmetic, of a negative balance, and what expires soon', async () => {
    const { email, id, code } = await register('蒋蓉', 'portal_jiang');
    const grants = [
      { asset: 'CNY', kind: 'percent', rateBps: 1_000 },
      { asset: 'POINTS', kind: 'per-amount', per: 100, units: 1 },
    ];
    const rule = { scope: { merchant: id }, validFrom: '2020-01-01T00:00:00Z', posting: 'direct', grants };
    expect((await world.admin.post('/v1/reward-rules', rule)).status).toBe(201);
    const template = {
      name: 'SOON',
      currency: 'CNY',
      kind: 'amount-off',
      amount: 500,
      minimumSpend: 3_000,
      validDays: 5,
    };
    expect((await world.admin.post('/v1/coupon-templates', template)).status).toBe(201);
    await give(id, 'COUPON:SOON', 1);
    const worker = await startTestWorker(app, { YINKE_POINTS_LIFETIME_DAYS: '20' });
    const { body: visit } = await world.pk.post('/v1/visits', { merchantCode: code });
    const line = { sku: 'tea', quantity: 2, unitPrice: 12_350, lineTotal: 24_700 };
    const order = { orderId: 'P-1', visit: visit.visit, currency: 'CNY', lines: [line] };
    expect((await world.sk.post('/v1/orders', order)).status).toBe(201);
    expect((await world.sk.post('/v1/orders/P-1/complete', { amountPaid: 24_700 })).status).toBe(202);
    await settled(app);
    await give(id, 'CNY', -2_470);
    await world.sk.post('/v1/orders/P-1/refunds', { refundId: 'P-1-R', amount: 12_350 });
    await world.sk.post('/v1/orders', { ...order, orderId: 'P-2' });
    await settled(app);
    await worker.close();

    await signInByCode(email);
    await page.getByRole('link', { name: /积分.*123将在30天内过期.*123/ }).waitFor();
    await page.getByRole('link', { name: /优惠券.*1将在30天内过期/ }).click();
    await page.getByText('以下优惠券将在30天内过期').waitFor();
    await page.getByText('立减¥5.00，满¥30.00可用 · SOON').first().waitFor();
    await page.getByRole('link', { name: '返回' }).click();
    await page.getByRole('link', { name: /欠款.*−¥12\.35/ }).click();
    await page.getByRole('heading', { name: '欠款' }).waitFor();
    const debt = page.getByRole('main');
    await debt.getByText('尚余').waitFor();
    expect(await debt.textContent()).toMatch(/P-1.*−¥12\.35.*尚余−¥12\.35/);
    await debt.getByRole('link', { name: '订单P-1' }).click();
    await page.waitForURL(/\/orders\?orderId=P-1$/);
    const shown = page.getByRole('region', { name: /P-1/ });
    await shown.getByText('为什么？').first().click();
    await shown
      .getByText(/¥247\.00.*10\.00%.*¥24\.70/s)
      .first()
      .waitFor();
    expect(await shown.textContent()).toContain('¥24.70 − ¥12.35');
    expect(await page.getByRole('region', { name: /P-2/ }).count()).toBe(0);
    await page.getByRole('button', { name: '全部' }).click();
    await page.getByRole('region', { name: /P-2/ }).waitFor();
  });

  it('takes back a merchant who has no contact and missed the first sign-in, once the shop has given one', async () => {
    const form = { wechatId: 'portal_qian', displayName: '钱多', consent: true };
    const { body: application } = await app.http.post('/v1/merchant-applications', form);
    const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
    const late = 'UPDATE merchant_application SET decided_at = NOW(6) - INTERVAL 31 DAY WHERE id = ?';
    await app.app.get(DataSource).query(late, [application.id]);
    await page.goto(`${app.baseUrl}/portal/#${application.id}/${application.token}`);
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByText('此链接已失效').waitFor();
    await page.getByRole('button', { name: '改用验证码登录' }).click();
    await page.getByText('请联系商城').waitFor();

    const email = 'console.reviewer@yinke.test';
    await createStaff(app, world.admin, ['reviewer'], email);
    const headers = { origin: app.baseUrl };
    await context.request.post(`${app.baseUrl}/v1/staff/sessions`, { data: { email, password: PASSWORD }, headers });
    const desk = await context.newPage();
    await desk.goto(`${app.baseUrl}/console/merchants/${body.merchant.id}`);
    await desk.getByRole('button', { name: '代填联系方式' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('邮箱或手机号').fill('qian@merchants.example');
    await dialog.getByRole('button', { name: '代填联系方式' }).click();
    await desk.getByText('对方现在可以用验证码登录了').waitFor();

    await giveCode('qian@merchants.example');
    await page.getByRole('heading', { name: '钱多' }).waitFor();
    await desk.reload();
    await desk.getByText('qian@merchants.example').waitFor();
    await desk.getByText('代填联系方式').waitFor();
    expect(await desk.getByRole('button', { name: '代填联系方式' }).count()).toBe(0);
  });
});
