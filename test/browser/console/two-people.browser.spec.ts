import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import en from '../../../web/messages/en/console.js';
import zh from '../../../web/messages/zh-CN/console.js';
import { createStaff } from '../../support/actors.js';
import { Browsing, VIEWS } from '../../support/browser.js';
import { PayoutWorld } from '../../support/payouts.js';

jest.setTimeout(180_000);

const REVIEWER = 'reviewer@yinke.test';
const MAKER = 'maker@yinke.test';
const CHECKER = 'checker@yinke.test';
const SECOND_CHECKER = 'second@yinke.test';

let w: PayoutWorld;
let browsing: Browsing;
beforeAll(async () => {
  w = await PayoutWorld.start();
  browsing = await Browsing.start(w.testApp);
  await createStaff(w.testApp, w.world.admin, ['reviewer'], REVIEWER);
  await createStaff(w.testApp, w.world.admin, ['finance-maker'], MAKER);
  await createStaff(w.testApp, w.world.admin, ['finance-checker'], CHECKER);
  await createStaff(w.testApp, w.world.admin, ['finance-checker'], SECOND_CHECKER);
});
afterAll(async () => {
  await browsing.close();
  await w.close();
});
afterEach(async () => {
  await browsing.end();
  expect(await w.offenders()).toEqual([]);
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const field = (page: Page, name: string) => page.getByRole('dialog').getByRole('textbox', { name, exact: true });

describe.each(VIEWS)('what takes two people, $name', (view) => {
  const words = view.language === 'en' ? en : zh;
  const { payouts, payout: texts, holds, merchants, shared } = words.pages;
  const open = (path: string, email: string) => browsing.open(view, `/console/${path}`, email);

  it('a batch above the threshold is approved by a second checker, after the first', async () => {
    await w.policy({ secondApproverAbove: 5_000 });
    const { id } = (await w.draft([await w.merchant(9_000n)])).body;
    await w.policy({});
    await w.step(id, 'request-approval');
    const first = await open(`payouts/${id}`, CHECKER);
    await press(first, payouts.approve('¥90.00'));
    await first.getByRole('dialog').getByText(payouts.approveFirst).waitFor();
    await inDialog(first, payouts.approveConfirm('¥90.00'));
    await first.getByText(payouts.notYouFirst).waitFor();
    expect(await w.balances((await w.payouts(id))[0].merchant)).toMatchObject({ available: 9_000, reserved: 0 });
    const second = await open(`payouts/${id}`, SECOND_CHECKER);
    // They read who was before them by name.
    await second.getByText(CHECKER, { exact: false }).first().waitFor();
    await press(second, payouts.approve('¥90.00'));
    await inDialog(second, payouts.approveConfirm('¥90.00'));
    await second.getByText(words.states.batch.approved[0]).first().waitFor();
    expect(await w.balances((await w.payouts(id))[0].merchant)).toMatchObject({ available: 0, reserved: 9_000 });
  });

  it('a payout to a merchant who was suspended after the approval is not sent, and maker and checker read it', async () => {
    const [paid, stopped, last] = [await w.merchant(2_000n), await w.merchant(1_000n), await w.merchant(1_500n)];
    const suspend = (id: string) => w.world.reviewer.post(`/v1/merchants/${id}/suspend`, { reason: 'A complaint.' });
    const batch = await w.approved([paid, stopped]);
    expect((await suspend(stopped.id)).status).toBe(200);
    const make = await open(`payouts/${batch.id}`, MAKER);
    await press(make, payouts.submit);
    await inDialog(make, payouts.submitConfirm('¥30.00'));
    await make.getByText(payouts.submittedWithout('1')).waitFor();
    const check = await open(`payouts/${batch.id}`, CHECKER);
    await check.getByText(payouts.takenOut('1')).waitFor();
    await check.getByText(payouts.takenOutText('¥10.00')).waitFor();
    await check.getByText(words.states.skip.suspended[0], { exact: true }).waitFor();
    expect(await w.balances(stopped.id)).toMatchObject({ available: 1_000, reserved: 0 });

    const alone = await w.approved([last]);
    expect((await suspend(last.id)).status).toBe(200);
    const refused = await open(`payouts/${alone.id}`, MAKER);
    await press(refused, payouts.submit);
    await inDialog(refused, payouts.submitConfirm('¥15.00'));
    await refused.getByText(payouts.emptyAdvice).waitFor();
    await w.rest();
  });

  it('a payout that the bank refused is tried again, once', async () => {
    const refused = await w.merchant(3_000n);
    w.bank.behave({ account: refused.number, does: 'reject' });
    const batch = await w.submitted([refused]);
    await w.poll();
    await w.poll();
    const page = await open(`payouts/${batch.id}?of=failed`, MAKER);
    await page.getByRole('link', { name: batch.payouts[0].reference }).click();
    await press(page, texts.retry);
    await page.getByRole('dialog').getByRole('combobox', { name: texts.retryRail }).selectOption('csv-file');
    await inDialog(page, texts.retry);
    await page.getByRole('heading', { level: 1, name: payouts.batchTitle('¥30.00') }).waitFor();
    const [again] = await w.payouts(new URL(page.url()).pathname.split('/').pop()!);
    expect(again).toMatchObject({ retryOf: batch.payouts[0].id, rail: 'csv-file', amount: 3_000, state: 'draft' });

    const late = await open(`reconciliation/payouts/${batch.payouts[0].id}`, MAKER);
    await press(late, texts.retry);
    await inDialog(late, texts.retry);
    await late.getByText(words.problems['payout.already-retried'][0]).waitFor();
  });

  it('a file that never reached the bank is withdrawn, and the money is the merchant’s again', async () => {
    const { id } = await w.merchant(4_000n);
    const batch = await w.submitted([{ id }], { rail: 'csv-file' });
    const make = await open(`payouts/${batch.id}`, MAKER);
    await press(make, payouts.withdraw);
    await field(make, words.reason).fill('The bank’s portal was closed.');
    await inDialog(make, payouts.withdraw);
    await make.getByText(words.states.payoutRequest['awaiting-approval'][0]).first().waitFor();
    expect(await make.getByRole('button', { name: payouts.approveRequest, exact: true }).count()).toBe(0);

    const check = await open(`payouts/${batch.id}`, CHECKER);
    const kind = words.states.payoutRequestKind.withdrawal[0];
    await press(check, payouts.approveRequest);
    await inDialog(check, payouts.approveRequestTitle(kind));
    await check.getByText(words.states.batch.withdrawn[0]).first().waitFor();
    expect(await w.balances(id)).toMatchObject({ available: 4_000, reserved: 0 });
  });

  it('a payout that the bank never speaks of has failed when one person states it and another agrees', async () => {
    const { id } = await w.merchant(7_000n);
    const batch = await w.submitted([{ id }]);
    const [{ id: payout, reference }] = batch.payouts;
    w.bank.behave({ does: 'error-before', reference });
    w.bank.behave({ does: 'error-before', on: 'status', reference });
    await w.poll();
    const make = await open(`reconciliation/payouts/${payout}`, MAKER);
    await press(make, texts.stateFailure);
    await field(make, texts.evidence).fill('Case 331: the bank executed nothing.');
    await field(make, words.reason).fill('The bank lost it.');
    await inDialog(make, texts.stateFailure);
    await make.locator('main').getByText('Case 331').waitFor();

    const check = await open(`reconciliation/payouts/${payout}`, CHECKER);
    await press(check, shared.approve);
    await inDialog(check, texts.approveStatement('¥70.00'));
    await check.getByText(texts.statementApproved).waitFor();
    expect(await w.balances(id)).toMatchObject({ available: 7_000 });
  });

  it('money on hold is voided by a checker who did not put it there', async () => {
    const { id } = await w.merchant(6_000n);
    const { body } = await w.world.maker.post('/v1/holds', {
      merchant: id,
      asset: 'CNY',
      amount: 'all',
      reason: 'Bought from themselves.',
    });
    const page = await open(`holds/${body.id}`, CHECKER);
    await press(page, holds.void);
    await field(page, words.reason).fill('They admitted it.');
    await inDialog(page, holds.voidTitle('¥60.00'));
    await page.getByText(words.states.hold.voided[0]).first().waitFor();
    expect(await w.balances(id)).toMatchObject({ available: 0, held: 0 });
  });

  it('who approves a batch that a colleague has just approved reads who it was, and when', async () => {
    const faster = await createStaff(
      w.testApp,
      w.world.admin,
      ['finance-checker'],
      `faster.${view.language.toLowerCase()}@yinke.test`,
    );
    const { id } = (await w.draft([await w.merchant(8_000n)])).body;
    await w.step(id, 'request-approval');
    const late = await open(`payouts/${id}`, CHECKER);
    await press(late, payouts.approve('¥80.00'));
    expect((await w.step(id, 'approve', faster)).status).toBe(200);
    await inDialog(late, payouts.approveConfirm('¥80.00'));
    const notice = late.getByRole('alert').filter({ hasText: words.problems['payout.wrong-state'][0] });
    await notice.getByText(`faster.${view.language.toLowerCase()}@yinke.test`).first().waitFor();
    expect(await notice.textContent()).toContain(words.pages.shared.doneBy);
    const { approvedAt } = await w.batch(id);
    expect(await notice.locator('time').getAttribute('datetime')).toBe(approvedAt);
  });

  it('another bank account, filed by one reviewer, is put in force by another from the list of all that wait', async () => {
    const { id } = await w.merchant(0n);
    const account = { holder: 'Li Wei', number: '6222021234500009999', bankName: 'ICBC', country: 'CN' };
    const filed = await w.world.reviewer.post(`/v1/merchants/${id}/bank-account-changes`, account);
    expect(filed.status).toBe(201);
    const page = await open('', REVIEWER);
    const work = page.getByRole('main').getByRole('link', { name: words.pages.home.work['bank-account-changes'] });
    await work.click();
    await page.getByText(merchants.otherHolder).waitFor();
    await press(page, merchants.approveAccount);
    await inDialog(page, merchants.approveAccountConfirm('••••9999'));
    await page.getByText(merchants.noAccountChanges).waitFor();
    const { items } = (await w.world.reviewer.get(`/v1/merchants/${id}/bank-accounts`)).body;
    expect(items.find(({ state }: any) => state === 'current')).toMatchObject({ id: filed.body.id });
  });
});
