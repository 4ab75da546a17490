import { jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { Page } from 'playwright-core';
import en from '../../web/messages/en/console.js';
import zh from '../../web/messages/zh-CN/console.js';
import { createStaff, createStorefront, signInAdmin, type TestStorefront } from '../support/actors.js';
import { camt } from '../support/bank-reports.js';
import { Browsing, VIEWS, type View } from '../support/browser.js';
import type { HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { settled, startTestWorker } from '../support/worker.js';

const REVIEWER = 'reviewer@yinke.test';
const MAKER = 'maker@yinke.test';
const CHECKER = 'checker@yinke.test';
const SECOND_CHECKER = 'second@yinke.test';
const AUDITOR = 'auditor@yinke.test';

// A journey takes a minute where other tests run beside it.
jest.setTimeout(180_000);

let app: TestApp;
let worker: INestApplicationContext;
let browsing: Browsing;
let admin: HttpClient;
let auditor: HttpClient;
let shop: TestStorefront;

beforeAll(async () => {
  app = await startTestApp();
  worker = await startTestWorker(app);
  browsing = await Browsing.start(app);
  admin = await signInAdmin(app);
  await createStaff(app, admin, ['reviewer'], REVIEWER);
  await createStaff(app, admin, ['finance-maker'], MAKER);
  await createStaff(app, admin, ['finance-checker'], CHECKER);
  await createStaff(app, admin, ['finance-checker'], SECOND_CHECKER);
  auditor = await createStaff(app, admin, ['auditor'], AUDITOR);
  shop = await createStorefront(app, admin);
  await admin.put('/v1/platform-accounts/CNY', {
    holder: 'Tea Ltd',
    number: '1001244319000000017',
    bic: 'ICBKCNBJ',
    country: 'CN',
    town: 'Shanghai',
  });
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }];
  await admin.post('/v1/reward-rules', { scope: {}, validFrom: '2020-01-01T00:00:00Z', posting: 'direct', grants });
});
afterAll(async () => {
  await browsing.close();
  await worker.close();
  await app.close();
});
afterEach(() => browsing.end());

const wordsOf = (view: View) => (view.language === 'en' ? en : zh);

/** Somebody fills in the registration form; the account's number ends differently for each. */
async function apply(name: string, serial: number): Promise<string> {
  const { body } = await shop.pk.post('/v1/merchant-applications', {
    wechatId: `wx_${name.toLowerCase().replace(/\W/g, '_')}`,
    displayName: name,
    consent: true,
    bankAccount: {
      holder: name,
      number: `62220212345000000${String(serial).padStart(2, '0')}`,
      bankName: 'ICBC',
      country: 'CN',
    },
  });
  expect(body).toMatchObject({ state: 'pending' });
  return body.id;
}

/** A shopper comes with the code, buys for 450.00, and the purchase is complete. */
async function buy(code: string, orderId: string): Promise<void> {
  let visit = { attributed: false, visit: '' };
  while (!visit.attributed) visit = (await shop.pk.post('/v1/visits', { merchantCode: code })).body; // known shortly
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: 45_000, lineTotal: 45_000 }];
  await shop.sk.post('/v1/orders', { orderId, visit: visit.visit, currency: 'CNY', lines });
  expect(
    (await shop.sk.post(`/v1/orders/${encodeURIComponent(orderId)}/complete`, { amountPaid: 45_000 })).status,
  ).toBe(202);
  await settled(app);
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

describe.each(VIEWS)('the console $name', (view) => {
  const words = wordsOf(view);
  const { applications, payouts, bankReports } = words.pages;
  const serial = VIEWS.indexOf(view) + 1;
  const name = `Li Wei ${serial}`;
  // A shop's own numbers may hold what has a meaning in addresses.
  const orderId = `A/${serial} 50%?#`;
  const sum = '¥45.00';

  it('takes a merchant from the application to the payout that the bank has booked', async () => {
    const application = await apply(name, serial);

    // The reviewer approves.
    const review = await browsing.open(view, `/console/applications/${application}`, REVIEWER);
    await press(review, applications.approve);
    await inDialog(review, applications.approve);
    await review.getByText(words.states.application.approved[0]).first().waitFor();
    const { body } = await admin.get(`/v1/merchant-applications/${application}`);
    await buy(body.merchant.code, orderId);

    // The maker drafts and hands over; who drafted may not approve, and is told who can.
    const make = await browsing.open(view, '/console/payouts/new', MAKER);
    await press(make, payouts.draft);
    await make.getByRole('heading', { level: 1, name: payouts.batchTitle(sum) }).waitFor();
    await press(make, payouts.requestApproval);
    await inDialog(make, payouts.requestApproval);
    await make.getByText(words.states.batch['awaiting-approval'][0]).first().waitFor();
    const batch = new URL(make.url()).pathname.split('/').pop()!;
    expect(await make.getByRole('button', { name: payouts.approve(sum) }).count()).toBe(0);

    // Two checkers open it; one approves, the other is told that it is done.
    const check = await browsing.open(view, `/console/payouts/${batch}`, CHECKER);
    const late = await browsing.open(view, `/console/payouts/${batch}`, SECOND_CHECKER);
    await press(late, payouts.approve(sum));
    await press(check, payouts.approve(sum));
    await inDialog(check, payouts.approveConfirm(sum));
    await check.getByText(words.states.batch.approved[0]).first().waitFor();
    await inDialog(late, payouts.approveConfirm(sum));
    await late.getByText(words.problems['payout.wrong-state'][0]).waitFor();

    // The maker submits, and drops what the bank booked.
    await make.reload();
    await press(make, payouts.submit);
    await inDialog(make, payouts.submitConfirm(sum));
    await make.getByText(words.states.batch.submitted[0]).first().waitFor();
    const { items } = (await auditor.get(`/v1/payout-batches/${batch}/payouts`)).body;
    await make.goto('/console/bank-reports');
    const file = { name: 'camt.xml', mimeType: 'application/xml' };
    const xml = camt([{ reference: items[0].reference, amount: '45.00' }]);
    await make.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from(xml) });
    await make.getByText(bankReports.readResult(1)).first().waitFor();
    await make.goto(`/console/payouts/${batch}`);
    await make.getByText(words.states.batch.completed[0]).first().waitFor();
    expect((await auditor.get(`/v1/payout-batches/${batch}/payouts`)).body.items[0].state).toBe('paid');
    expect((await auditor.get('/v1/finance/audit')).body.clean).toBe(true);
  });

  it('shows an auditor why a reward is what it is, and the way of its money to the bank’s line', async () => {
    const { items } = (await auditor.get('/v1/rewards')).body;
    const reward = items.find((one: { orderId: string }) => one.orderId === orderId);
    const page = await browsing.open(view, `/console/rewards/${reward.id}`, AUDITOR);
    const { rewards } = words.pages;
    await page.getByText(reward.words[view.language]).waitFor();
    const trail = page.getByRole('list', { name: rewards.trail.title });
    for (const stage of ['order', 'reward', 'journals', 'payout', 'bank'] as const)
      await trail.getByText(rewards.trail[stage], { exact: true }).waitFor();
    await trail.getByText(words.states.payout.paid[0], { exact: true }).first().waitFor();
    await trail.getByRole('link', { name: orderId, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: words.pages.orders.one(orderId) }).waitFor();
  });

  it('runs the audit, and shows each invariant with the statement that looks for what breaks it', async () => {
    const page = await browsing.open(view, '/console/audit', AUDITOR);
    const { audit } = words.pages;
    await press(page, audit.run);
    await page.getByText(audit.askedAt).waitFor();
    await page.getByRole('note').getByText(audit.clean).waitFor();
    await page.getByRole('button', { name: /^1\./ }).click();
    await page.getByText('SELECT CONCAT(x.journal_id').first().waitFor();
  });

  it('keeps what was typed when the session ends or the network fails', async () => {
    const application = await apply(`Lost ${serial}`, 50 + serial);
    const page = await browsing.open(view, `/console/applications/${application}`, REVIEWER);
    await press(page, applications.reject);
    const reason = page.getByRole('dialog').getByRole('textbox');
    await reason.fill('The account belongs to somebody else.');

    await page.context().setOffline(true);
    await inDialog(page, applications.reject);
    await page.getByText(words.problems['network.away'][0]).waitFor();
    await page.context().setOffline(false);

    await page.context().clearCookies();
    await inDialog(page, applications.reject);
    await page.getByText(words.signInForm.ended).waitFor();
    await page.locator('input[type=password]').fill('a long enough password');
    await page.getByRole('button', { name: words.signIn, exact: true }).click();
    await page.getByText(words.signInForm.ended).waitFor({ state: 'detached' });

    expect(await reason.inputValue()).toBe('The account belongs to somebody else.');
    await inDialog(page, applications.reject);
    await page.getByText(words.states.application.rejected[0]).first().waitFor();
  });

  it('is not there for who may not use it', async () => {
    const page = await browsing.open(view, '/console/payouts', REVIEWER);
    await page.getByRole('heading', { level: 1, name: words.notForYou.title }).waitFor();

    // Nor is a way to it: the reviewer reads which payout it was, and the auditor gets there.
    const { items } = (await auditor.get('/v1/rewards')).body;
    const { merchant } = items.find((one: { orderId: string }) => one.orderId === orderId);
    const { reference } = (await auditor.get(`/v1/merchants/${merchant}/payouts`)).body.items[0];
    const path = `/console/merchants/${merchant}?tab=payouts`;
    await page.goto(path);
    await page.getByText(reference).waitFor();
    expect(await page.getByRole('link', { name: reference }).count()).toBe(0);
    await (await browsing.open(view, path, AUDITOR)).getByRole('link', { name: reference }).waitFor();

    const stranger = await browsing.open(view, '/console/payouts');
    await stranger.getByRole('heading', { level: 1, name: words.signInForm.title }).waitFor();
  });
});
