import { jest } from '@jest/globals';
import en from '../../../web/messages/en/console.js';
import zh from '../../../web/messages/zh-CN/console.js';
import { createStaff, signInAdmin } from '../../support/actors.js';
import { Browsing, VIEWS } from '../../support/browser.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

jest.setTimeout(120_000);

const BOSS = 'boss@yinke.test';

let app: TestApp;
let browsing: Browsing;
beforeAll(async () => {
  app = await startTestApp();
  await createStaff(app, await signInAdmin(app), ['admin'], BOSS);
  browsing = await Browsing.start(app);
});
afterAll(async () => {
  await browsing.close();
  await app.close();
});
afterEach(() => browsing.end());

describe.each(VIEWS)('a form of the console $name', (view) => {
  const words = view.language === 'en' ? en : zh;

  it('marks the field that the API refuses, leads to it, and keeps what was typed', async () => {
    const { storefronts: texts } = words.pages;
    const page = await browsing.open(view, '/console/storefronts/new', BOSS);
    const name = page.getByRole('textbox', { name: texts.name });
    const origins = page.getByRole('textbox', { name: texts.origins });
    await name.fill('Tea by the lake');
    await page.getByRole('textbox', { name: texts.homeUrl }).fill('https://tea.example/');
    await origins.fill('https://tea.example\ntea.example/shop');
    await page.getByRole('button', { name: texts.add }).click();
    const notice = page.getByRole('alert');
    await notice.getByText(words.problems['request.invalid'][0]).waitFor();
    expect(await origins.getAttribute('aria-invalid')).toBe('true');
    expect(await origins.evaluate((field: { matches(selector: string): boolean }) => field.matches(':focus'))).toBe(
      true,
    );
    const described = ((await origins.getAttribute('aria-describedby')) ?? '').split(' ').filter(Boolean);
    const told = await Promise.all(described.map((id) => page.locator(`[id="${id}"]`).innerText()));
    const fault = words.fault('must be a bare web origin in lower case, such as https://shop.example');
    expect(fault).toContain(view.language === 'en' ? 'a bare web origin' : '不带路径');
    expect(told.join(' ')).toContain(fault);
    // It stands at its field, and the notice does not say it again.
    expect(await notice.innerText()).not.toContain(fault);
    expect(await name.inputValue()).toBe('Tea by the lake');
    expect(await name.getAttribute('aria-invalid')).not.toBe('true');

    await origins.fill('https://tea.example');
    expect(await origins.getAttribute('aria-invalid')).not.toBe('true');
    await page.getByRole('button', { name: texts.add }).click();
    await page.getByRole('heading', { name: texts.keysOf('Tea by the lake') }).waitFor();
  });

  it('does so in a dialog too', async () => {
    const { staff: texts } = words.pages;
    const page = await browsing.open(view, '/console/staff', BOSS);
    await page.getByRole('button', { name: texts.add }).first().click();
    const dialog = page.getByRole('dialog');
    const email = dialog.getByRole('textbox', { name: texts.email });
    await email.fill('nobody@shop');
    const auditor = dialog.getByRole('checkbox', { name: words.states.role.auditor[0] });
    await auditor.check();
    await dialog.getByRole('button', { name: texts.add }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await auditor.isChecked()).toBe(true);
  });

  it('keeps a simulation over a reload: its result, and one that was not over begins again', async () => {
    const { rewardRules } = words.pages;
    const texts = rewardRules.simulation;
    const page = await browsing.open(view, '/console/reward-rules/new', BOSS);
    await page.getByRole('textbox', { name: rewardRules.rate }).fill('7.5');
    const cut = '**/v1/reward-rules/simulate';
    await page.route(cut, () => undefined); // never answered
    await page.getByRole('button', { name: texts.run, exact: true }).click();
    await page.getByText(texts.progress('0', '0')).waitFor();
    expect(new URL(page.url()).searchParams.get('simulation')).toMatch(/^[0-9a-f-]{36}$/);

    await page.unroute(cut);
    await page.reload();
    await page.getByText(texts.orders('0'), { exact: true }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.getByText(texts.orders('0'), { exact: true }).waitFor();
    expect(asked).not.toContain('/v1/reward-rules/simulate');
    // The draft is kept too, and what was simulated is not what is typed by now.
    const rate = page.getByRole('textbox', { name: rewardRules.rate });
    expect(await rate.inputValue()).toBe('7.5');
    expect(await page.getByText(texts.changed).count()).toBe(0);
    await rate.fill('8');
    await page.getByText(texts.changed).waitFor();
  });
});
