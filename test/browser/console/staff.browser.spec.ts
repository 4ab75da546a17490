import { jest } from '@jest/globals';
import en from '../../../web/messages/en/console.js';
import zh from '../../../web/messages/zh-CN/console.js';
import { signIn, signInAdmin } from '../../support/actors.js';
import { Browsing, VIEWS } from '../../support/browser.js';
import { accept, tokenOf } from '../../support/hired.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

jest.setTimeout(120_000);

const [FIRST, SECOND] = ['first.admin@yinke.test', 'second.admin@yinke.test'];

let app: TestApp;
let browsing: Browsing;
beforeAll(async () => {
  app = await startTestApp();
  const boss = await signInAdmin(app);
  for (const email of [FIRST, SECOND]) {
    const { body } = await boss.post('/v1/staff', { email, roles: ['admin'] });
    const link = body.invitation ?? (await consented(body.waitingChange.id));
    await accept(app.http, email, tokenOf(link));
  }
  browsing = await Browsing.start(app);
});
afterAll(async () => {
  await browsing.close();
  await app.close();
});
afterEach(() => browsing.end());

async function consented(id: string) {
  const first = await signIn(app.http, FIRST);
  return (await first.post(`/v1/staff/changes/${id}/consent`)).body.invitation;
}

describe.each(VIEWS)('a new member of staff $name', (view) => {
  const words = view.language === 'en' ? en : zh;
  const texts = words.pages.staff;

  it('is invited by one admin, consented to by another, and chooses a password by the link', async () => {
    const email = `maker.${view.language.toLowerCase()}@yinke.test`;
    const asking = await browsing.open(view, '/console/staff', FIRST);
    await asking.getByRole('button', { name: texts.add }).first().click();
    const dialog = asking.getByRole('dialog');
    await dialog.getByRole('textbox', { name: texts.email }).fill(email);
    await dialog.getByRole('checkbox', { name: words.states.role['finance-maker'][0] }).check();
    await dialog.getByRole('button', { name: texts.add }).click();
    await asking.getByText(texts.asked(email)).waitFor();
    await asking.getByRole('button', { name: texts.withdraw, exact: true }).waitFor();
    expect(await asking.getByRole('button', { name: texts.consent, exact: true }).count()).toBe(0);

    const deciding = await browsing.open(view, '/console/', SECOND);
    await deciding.getByRole('link', { name: words.pages.home.work['staff-changes'] }).click();
    await deciding.getByRole('button', { name: texts.consent, exact: true }).click();
    await deciding.getByRole('dialog').getByRole('button', { name: texts.consent, exact: true }).click();
    const link = await deciding.getByText(/\/console\/invitation#yki_/).innerText();

    const { pathname, hash } = new URL(link);
    const person = await browsing.open(view, `${pathname}${hash}`);
    await person.getByText(words.invitation.text(email)).waitFor();
    await person.getByLabel(new RegExp(`^${words.invitation.password}`)).fill('a password of my own');
    await person.getByRole('button', { name: words.invitation.save }).click();
    await person.getByText(words.invitation.done).waitFor();
    await person.getByRole('link', { name: words.invitation.toSignIn }).click();
    await person.getByRole('textbox', { name: words.signInForm.email }).fill(email);
    await person.getByLabel(new RegExp(`^${words.signInForm.password}`)).fill('a password of my own');
    await person.getByRole('button', { name: words.signIn }).click();
    await person.getByRole('heading', { name: words.pages.home.title }).waitFor();
  });
});
