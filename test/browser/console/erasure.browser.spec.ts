import { jest } from '@jest/globals';
import en from '../../../web/messages/en/console.js';
import zh from '../../../web/messages/zh-CN/console.js';
import { createStaff } from '../../support/actors.js';
import { Browsing, VIEWS } from '../../support/browser.js';
import { PayoutWorld } from '../../support/payouts.js';

jest.setTimeout(120_000);

const [ADMIN, REVIEWER, MAKER] = ['eraser@yinke.test', 'reviewer@yinke.test', 'maker@yinke.test'];

let w: PayoutWorld;
let browsing: Browsing;
beforeAll(async () => {
  w = await PayoutWorld.start();
  await createStaff(w.testApp, w.world.admin, ['admin'], ADMIN);
  await createStaff(w.testApp, w.world.admin, ['reviewer'], REVIEWER);
  await createStaff(w.testApp, w.world.admin, ['finance-maker'], MAKER);
  browsing = await Browsing.start(w.testApp);
});
afterAll(async () => {
  await browsing.close();
  await w.close();
});
afterEach(() => browsing.end());

describe.each(VIEWS)('a closed merchant $name', (view) => {
  const words = view.language === 'en' ? en : zh;
  const texts = words.pages.merchants;

  it('is erased by an admin who types the code, and by nobody else; the page says what is left', async () => {
    const { id } = await w.merchant(0n);
    const { code, displayName } = (await w.world.admin.get(`/v1/merchants/${id}`)).body;
    const path = `/console/merchants/${id}`;
    const admin = await browsing.open(view, path, ADMIN);
    await admin.getByRole('heading', { name: displayName }).waitFor();
    expect(await admin.getByRole('button', { name: texts.erase }).count()).toBe(0);
    await w.world.admin.post(`/v1/merchants/${id}/close`, { reason: 'Asked for it.' });
    await admin.reload();
    await admin.getByRole('button', { name: texts.erase }).click();
    const dialog = admin.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: texts.eraseConfirm(displayName) });
    await dialog.getByRole('textbox', { name: texts.eraseType(code) }).fill(`${code}X`);
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: texts.eraseType(code) }).fill(code);

    const reviewer = await browsing.open(view, path, REVIEWER);
    await reviewer.getByRole('heading', { name: displayName }).waitFor();
    expect(await reviewer.getByRole('button', { name: texts.erase }).count()).toBe(0);

    await confirm.click();
    await admin.getByRole('heading', { name: texts.erasedTitle(code) }).waitFor();
    await admin.getByText(texts.erasedText).waitFor();
    await admin.getByText(texts.erasedAt, { exact: true }).waitFor();
    for (const gone of [texts.erase, texts.giveContact])
      expect(await admin.getByRole('button', { name: gone }).count()).toBe(0);
    const tab = await browsing.open(view, `${path}?tab=accounts`, REVIEWER);
    await tab.getByText(texts.noBankAccounts).waitFor();
    expect(await tab.getByRole('button', { name: texts.askForAccount }).count()).toBe(0);
  });

  it('was paid by a batch whose file is deleted when its time is over; the page says so, and the hash stays', async () => {
    const batch = await w.submitted([await w.merchant(1_000n)], { rail: 'csv-file' });
    const { file } = await w.batch(batch.id);
    await w.db.query('UPDATE payout_batch SET files_deleted_at = NOW(6) WHERE id = ?', [batch.id]);
    const page = await browsing.open(view, `/console/payouts/${batch.id}`, MAKER);
    const { payouts } = words.pages;
    await page.getByText(payouts.fileDeletedText).waitFor();
    await page.getByTitle(file.sha256).waitFor();
    await page.getByText(payouts.fileDeleted, { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: payouts.download, exact: true }).count()).toBe(0);
  });
});

describe.each(VIEWS)('a rejected application $name', (view) => {
  const words = view.language === 'en' ? en : zh;
  const texts = words.pages.applications;
  const { erase, eraseConfirm } = words.pages.merchants;

  it('is erased by an admin who types the WeChat ID, and by nobody else; the page says what is left', async () => {
    const form = {
      displayName: `Ines ${view.language}`,
      wechatId: `wx_rejected_${view.language.slice(0, 2)}`,
      consent: true,
    };
    const { id } = (await w.world.pk.post('/v1/merchant-applications', form)).body;
    const path = `/console/applications/${id}`;
    const admin = await browsing.open(view, path, ADMIN);
    await admin.getByRole('heading', { name: form.displayName }).waitFor();
    expect(await admin.getByRole('button', { name: erase }).count()).toBe(0);
    await w.world.reviewer.post(`/v1/merchant-applications/${id}/reject`, { reason: 'Not here.' });
    await admin.reload();
    await admin.getByRole('button', { name: erase }).click();
    const dialog = admin.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: eraseConfirm(form.displayName) });
    const field = dialog.getByRole('textbox', { name: texts.eraseType(form.wechatId) });
    await field.fill(`${form.wechatId}x`);
    expect(await confirm.isDisabled()).toBe(true);
    await field.fill(form.wechatId);

    const reviewer = await browsing.open(view, path, REVIEWER);
    await reviewer.getByRole('heading', { name: form.displayName }).waitFor();
    expect(await reviewer.getByRole('button', { name: erase }).count()).toBe(0);

    await confirm.click();
    await admin.getByRole('heading', { name: texts.erasedTitle }).waitFor();
    await admin.getByText(texts.erasedAt, { exact: true }).waitFor();
    expect(await admin.getByRole('button', { name: erase }).count()).toBe(0);
    expect(await admin.getByText(form.wechatId).count()).toBe(0);
    const list = await browsing.open(view, '/console/applications?state=rejected', REVIEWER);
    await list.getByRole('link', { name: texts.erasedTitle }).first().waitFor();
  });
});
