// @ts-check
/**
 * `npm run screenshots`: every page with the demo's data, on a phone and at a desk, in Chinese and English, to
 * .data/screenshots; the few that the README and docs/ show to docs/images. DEMO=http://… takes pictures of a demo that runs.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../test/support/find-chromium.mjs';
import { dataFolder } from './lib/data-folder.mjs';
import { keepDemo } from './lib/kept-demo.mjs';
import { complain, Refusal, root, say, shown } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { walkPages } from './lib/walk-pages.mjs';
import { setUp } from './set-up/index.mjs';

const VIEWS = /** @type {const} */ ([
  { name: 'phone', width: 390, height: 844 },
  { name: 'desk', width: 1280, height: 800 },
]);
const LANGUAGES = /** @type {const} */ (['zh-CN', 'en']);

/** What the README and docs/ show: `folder/page view language` → file. */
const SHOWN = /** @type {Record<string, string>} */ ({
  'start/- desk en': 'start',
  'shop/- phone zh-CN': 'shop',
  'portal/- phone zh-CN': 'portal-home',
  'portal/orders phone zh-CN': 'portal-orders',
  'console/payouts-id desk en': 'console-payout',
  'console/rewards-id desk en': 'console-reward',
  'console/audit desk en': 'console-audit',
});

await script(async (signal, undo) => {
  await setUp({ signal });
  const { chromium } = await import('playwright-core');
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('there is no Chromium; CHROMIUM_PATH says where one is');
  const demo = process.env.DEMO ?? (await startDemo());
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  undo.add(() => browser.close());
  const folder = join(dataFolder, 'screenshots');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(root, 'docs/images'), { recursive: true });

  /**
   * One page in every view and language, and where its links lead; undefined: it is not for this person.
   * @param {string} name @param {string} url @param {string} [person]
   */
  async function picture(name, url, person) {
    /** @type {string[]} */
    let links = [];
    for (const view of VIEWS) {
      for (const language of LANGUAGES) {
        const page = await (await contextOf(view, language, person)).newPage();
        await page.goto(withLanguage(url, language), { waitUntil: 'networkidle' });
        if ((await page.locator('[data-refused]').count()) > 0) {
          await page.close();
          return undefined;
        }
        await page.screenshot({ path: join(folder, view.name, language, `${name}.png`), fullPage: true });
        const kept = SHOWN[`${name} ${view.name} ${language}`];
        if (kept) await page.screenshot({ path: join(root, 'docs/images', `${kept}.png`) });
        links = await page.$$eval('a[href]', (all) => all.map((one) => /** @type {HTMLAnchorElement} */ (one).href));
        await page.close();
      }
    }
    say(`  ${name}`);
    return links;
  }

  async function startDemo() {
    const { address, stop } = await keepDemo({ heard: (text) => process.stdout.write(text) });
    undo.add(stop);
    return address;
  }

  /** @type {Map<string, Promise<import('playwright-core').BrowserContext>>} */
  const contexts = new Map();
  /** @param {typeof VIEWS[number]} view @param {string} language @param {string} [person] */
  function contextOf(view, language, person) {
    const key = `${view.name} ${language} ${person ?? ''}`;
    const context = contexts.get(key) ?? open();
    contexts.set(key, context);
    return context;

    async function open() {
      const { width, height } = view;
      const made = await browser.newContext({ viewport: { width, height }, locale: language, reducedMotion: 'reduce' });
      const form = { person: person ?? '' };
      const headers = { origin: new URL(demo).origin };
      if (person) await made.request.post(new URL('/sign-in', demo).href, { form, headers });
      return made;
    }
  }

  const first = await (await contextOf(VIEWS[1], 'en')).newPage();
  await first.goto(demo);
  const told = JSON.parse((await first.locator('#demo').textContent()) ?? '{}');
  /** @type {{ id: string, door: string }[]} */
  const people = told.people;
  await picture('start/-', demo);
  await picture('shop/-', new URL(told.shop, demo).href);
  const missing = [];
  for (const door of /** @type {const} */ (['portal', 'console'])) {
    const own = people.filter((person) => person.door === door).map(({ id }) => id);
    missing.push(...(await walkPages(door, own, told.service, picture)));
  }
  say(`\nPictures of every page are in ${shown(folder)}.`);
  for (const place of missing) complain(`no link leads to ${place} with the demo's data`);
});

/** @param {string} url @param {string} language */
function withLanguage(url, language) {
  const asked = new URL(url);
  asked.searchParams.set('lang', language);
  return asked.href;
}
