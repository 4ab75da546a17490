import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import consoleEn from '../../web/messages/en/console.js';
import portalEn from '../../web/messages/en/portal.js';
import shopEn from '../../web/messages/en/shop.js';
import consoleZh from '../../web/messages/zh-CN/console.js';
import portalZh from '../../web/messages/zh-CN/portal.js';
import shopZh from '../../web/messages/zh-CN/shop.js';
import { createStaff } from '../support/actors.js';
import { seriousFaults } from '../support/axe.js';
import { camt } from '../support/bank-reports.js';
import { ALL_VIEWS, Browsing, type View } from '../support/browser.js';
import { openTeaShop, type TeaShopWorld } from '../support/tea-shop.js';

const ADMIN = 'admin.of.rules@yinke.test';
const REVIEWER = 'reviewer@yinke.test';
const MAKER = 'maker@yinke.test';
const CHECKER = 'checker@yinke.test';

/** The page on which merchants register is no entry of the web pages, and has words of its own. */
const JOIN = {
  'zh-CN': {
    wechatId: '微信号',
    displayName: '显示名称',
    email: '电子邮箱',
    holder: '户名',
    country: '开户国家或地区',
    number: '银行账号',
    bank: '开户银行',
    consent: '我同意运营方',
    bankConsent: '我单独同意运营方',
    send: '提交注册',
    pending: '已提交，等待审核',
    toPortal: '进入推广员中心',
  },
  en: {
    wechatId: 'WeChat ID',
    displayName: 'Display name',
    email: 'E-mail',
    holder: 'Account holder',
    country: 'Country or region of the bank',
    number: 'Account number',
    bank: 'Bank',
    consent: 'I agree that the operator',
    bankConsent: 'I agree separately',
    send: 'Send the form',
    pending: 'Sent: waiting for review',
    toPortal: 'Open your portal',
  },
};

// A journey takes a minute where other tests run beside it.
jest.setTimeout(240_000);

let tea: TeaShopWorld;
let browsing: Browsing;

beforeAll(async () => {
  tea = await openTeaShop();
  const { app, world } = tea;
  browsing = await Browsing.start(app);
  await createStaff(app, world.admin, ['admin'], ADMIN);
  await createStaff(app, world.admin, ['reviewer'], REVIEWER);
  await createStaff(app, world.admin, ['finance-maker'], MAKER);
  await createStaff(app, world.admin, ['finance-checker'], CHECKER);
  const account = {
    holder: 'Tea Ltd',
    number: '1001244319000000017',
    bic: 'ICBKCNBJ',
    country: 'CN',
    town: 'Shanghai',
  };
  await world.admin.put('/v1/platform-accounts/CNY', account);
});
afterAll(async () => {
  await browsing.close();
  await tea.close();
});

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click();

/** Confirms in the open dialog, which everybody can read. */
async function inDialog(page: Page, name: string): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name, exact: true });
  await button.waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await button.click();
}

describe.each(ALL_VIEWS)('people who run the business in a browser $name', (view: View) => {
  const isEnglish = view.language === 'en';
  const { pages, states, reason } = isEnglish ? consoleEn : consoleZh;
  const portal = isEnglish ? portalEn : portalZh;
  const shop = isEnglish ? shopEn : shopZh;
  const join = JOIN[view.language];
  const serial = ALL_VIEWS.indexOf(view) + 1;
  const name = `Jia Yi ${serial}`;
  const wechatId = `jia_yi_${serial}`;
  const goods = isEnglish ? ['Longjing green tea', 'A small book of tea'] : ['龙井绿茶', '茶之小书'];
  let merchant: Page;
  let code: string;
  let link: string;

  afterEach(() => browsing.end());

  /** Somebody of staff gives a reason in the open dialog, and confirms. */
  async function decide(page: Page, confirm: string, text: string): Promise<void> {
    await page.getByRole('dialog').getByLabel(reason).fill(text);
    await inDialog(page, confirm);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  async function pick(page: Page): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(pages.shared.merchant, { exact: true }).fill(wechatId);
    await dialog.getByRole('button', { name: pages.shared.findMerchant }).click();
    await dialog.getByText(`${name} · ${code}`).waitFor();
  }

  async function open(path: string): Promise<void> {
    await merchant.goto(`${tea.app.baseUrl}/portal${path}`);
  }

  /** Buys one of each of the goods; answers with the page of the order. */
  async function buy(page: Page, total: string): Promise<void> {
    for (const one of goods) await press(page, shop.shelf.addOf(one));
    await press(page, shop.basket.order(total));
    await press(page, shop.order.pay(total));
    await page.getByText(shop.order.completed).waitFor();
  }

  /** Somebody registers, is approved, signs in for the first time and shares a link. */
  async function registers(): Promise<void> {
    merchant = await browsing.open(view, '/join');
    await merchant.getByLabel(join.wechatId).fill(wechatId);
    await merchant.getByLabel(join.displayName).fill(name);
    await merchant.getByLabel(join.email).fill(`${wechatId}@merchants.example`);
    await merchant.getByLabel(join.holder, { exact: true }).fill(name);
    await merchant.getByLabel(join.country).selectOption('CN');
    await merchant.getByLabel(join.number).fill(`62220212345000001${String(serial).padStart(2, '0')}`);
    await merchant.getByRole('textbox', { name: new RegExp(`^${join.bank}( |（)`) }).fill('ICBC');
    await merchant.getByLabel(join.consent).check();
    await merchant.getByLabel(join.bankConsent).check();
    await press(merchant, join.send);
    await merchant.getByText(join.pending).waitFor();

    const review = await browsing.open(view, '/console/applications', REVIEWER);
    await review.getByRole('link', { name }).click();
    await press(review, new RegExp(`^${pages.applications.approve}`));
    await inDialog(review, pages.applications.approve);
    await review.getByText(states.application.approved[0]).first().waitFor();

    await merchant.reload();
    await merchant.getByRole('link', { name: join.toPortal }).click();
    await press(merchant, portal.signInForm.enter);
    await merchant.getByRole('heading', { name }).waitFor();
    await open('/share');
    await merchant.getByLabel(portal.pages.share.page).fill(`${tea.origin}/shop/`);
    link = await merchant.getByRole('textbox', { name: portal.pages.share.link }).inputValue();
    code = (await tea.world.admin.get(`/v1/merchants?search=${wechatId}`)).body.items[0].code;
    expect(link).toContain(code);
  }

  /** A shopper comes by the link and buys; the portal says what it earned, and why. */
  async function isRewarded(): Promise<void> {
    const shopper = await browsing.open(view, link);
    await shopper.getByText(shop.brought.code(name)).waitFor();
    await buy(shopper, '¥204.30');
    // The shop asks until the reward is there; the portal shows what there is when it is opened.
    await shopper.getByText('¥20.43', { exact: true }).waitFor();
    await open('/orders');
    await merchant.getByText('¥20.43').first().waitFor();
    await merchant.getByText(portal.why).first().click();
    await merchant
      .getByText(/¥204\.30.*10(\.00)?.?%|10(\.00)?.?%.*204\.30/)
      .first()
      .waitFor();
  }

  /** What the merchant has is held and released, and what was forgotten is given: each by two people. */
  async function isHeldAndAdjusted(): Promise<void> {
    const make = await browsing.open(view, '/console/holds', MAKER);
    const check = await browsing.open(view, '/console/holds', CHECKER);
    await press(make, pages.holds.open);
    await pick(make);
    await decide(make, pages.holds.open, 'Many orders came from one address.');
    await open('/');
    await merchant.getByText(portal.pages.home.held, { exact: true }).waitFor();
    expect((await merchant.textContent('main'))!).toContain('¥20.43');
    await check.reload();
    // The row's day leads to the hold.
    await check.getByRole('table').getByRole('link').first().click();
    await press(check, pages.holds.release);
    await decide(check, pages.holds.releaseTitle('¥20.43'), 'They were of one office.');

    await make.goto('/console/adjustments');
    await press(make, pages.adjustments.propose);
    await pick(make);
    await make.getByRole('dialog').getByLabel(pages.shared.amount).fill('5');
    await decide(make, pages.adjustments.propose, 'An order was not told to us.');
    await check.goto('/console/adjustments');
    await press(check, pages.shared.approve);
    await inDialog(check, pages.adjustments.approveConfirm('¥5.00'));
    await check.getByText(pages.adjustments.none).waitFor();
    await open('/');
    await merchant.getByText('¥25.43').first().waitFor();
  }

  /** Maker and checker pay out; when the bank has booked it, the portal says so. */
  async function isPaid(): Promise<void> {
    const { payouts, bankReports } = pages;
    const sum = '¥25.43';
    const make = await browsing.open(view, '/console/payouts/new', MAKER);
    await press(make, payouts.draft);
    await make.getByRole('heading', { level: 1, name: payouts.batchTitle(sum) }).waitFor();
    await press(make, payouts.requestApproval);
    await inDialog(make, payouts.requestApproval);
    await make.getByText(states.batch['awaiting-approval'][0]).first().waitFor();
    const batch = new URL(make.url()).pathname.split('/').pop()!;
    const check = await browsing.open(view, `/console/payouts/${batch}`, CHECKER);
    await press(check, payouts.approve(sum));
    await inDialog(check, payouts.approveConfirm(sum));
    await check.getByText(states.batch.approved[0]).first().waitFor();
    await make.reload();
    await press(make, payouts.submit);
    await inDialog(make, payouts.submitConfirm(sum));
    await make.getByText(states.batch.submitted[0]).first().waitFor();
    const { items } = (await tea.world.auditor.get(`/v1/payout-batches/${batch}/payouts`)).body;
    await make.goto('/console/bank-reports');
    const buffer = Buffer.from(camt([{ reference: items[0].reference, amount: '25.43' }]));
    await make.locator('input[type=file]').setInputFiles({ name: 'camt.xml', mimeType: 'application/xml', buffer });
    await make.getByText(bankReports.readResult(1)).first().waitFor();

    await open('/payouts');
    await merchant.getByText(portal.states.payout.paid[0]).first().waitFor();
    await merchant.getByText(sum).first().waitFor();
  }

  /** A shopper names the merchant, buys, and brings everything back: so does the reward. */
  async function losesReturned(): Promise<void> {
    const shopper = await browsing.open(view, `${tea.origin}/shop/`);
    await shopper.getByRole('textbox', { name: shop.brought.wechatId }).fill(wechatId.toUpperCase());
    await press(shopper, shop.brought.say);
    await shopper.getByText(shop.brought.referrer(name)).waitFor();
    await buy(shopper, '¥204.30');
    await shopper.getByText('¥20.43', { exact: true }).waitFor();
    await press(shopper, shop.order.giveBackAll);
    await shopper.getByText(`${shop.rewards.takenBack} −¥20.43`).waitFor();
    await open('/orders');
    await merchant.getByText(`¥20.43 − ¥20.43 ${portal.pages.orders.takenBack}`).waitFor();
  }

  /** An admin tries a reward rule on the orders that were, and saves it. */
  async function simulates(): Promise<void> {
    const { rewardRules, rules } = pages;
    const page = await browsing.open(view, '/console/reward-rules/new', ADMIN);
    await page.getByLabel(rules.name, { exact: true }).fill(`Half as much ${serial}`);
    await page.getByLabel(rewardRules.rate).fill('5');
    await page.getByLabel(rules.from, { exact: true }).first().fill('2099-01-01T00:00');
    await page.getByLabel(rewardRules.simulation.alone).check();
    await press(page, rewardRules.simulation.run);
    const row = page.getByRole('table', { name: rewardRules.simulation.byMerchant }).getByRole('row', { name });
    expect(await row.textContent()).toMatch(/20\.43.*10\.22/);
    await press(page, rewardRules.save);
    await page.getByRole('heading', { level: 1, name: `Half as much ${serial}` }).waitFor();
  }

  it('bring a merchant from the registration to money in the bank, and leave books in which nothing is amiss', async () => {
    await registers();
    await isRewarded();
    await isHeldAndAdjusted();
    await isPaid();
    await losesReturned();
    await simulates();
    expect((await tea.world.auditor.get('/v1/finance/audit')).body).toMatchObject({ clean: true });
    expect(tea.troubles).toEqual([]);
  });
});
