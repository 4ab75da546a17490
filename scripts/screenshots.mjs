// @ts-check
/**
 * `npm run screenshots`: every page with the demo's data, on a phone and at a desk, in Chinese and English, to
 * .data/screenshots; the few that the README and docs/ show to docs/images. DEMO=http://… takes pictures of a demo that runs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../test/support/find-chromium.mjs';
import { dataFolder } from './lib/data-folder.mjs';
import { complain, Refusal, root, say, shown } from './lib/say.mjs';
import { script } from './lib/script.mjs';
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
  'console/- desk en': 'console-home',
  'console/audit desk en': 'console-audit',
});

await script(async (signal, undo) => {
  await setUp({ signal });
  const { chromium } = await import('playwright-core');
  const executablePath = findChromium();
  if (!executablePath) throw new Refusal('there is no Chromium; CHROMIUM_PATH says where one is');
  const demo = process.env.DEMO ?? (await startDemo(undo));
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
  for (const door of ['portal', 'console']) {
    const own = people.filter((person) => person.door === door).map(({ id }) => id);
    missing.push(...(await walk(door, placesOf(door), own, told.service, picture)));
  }
  say(`\nPictures of every page are in ${shown(folder)}.`);
  for (const place of missing) complain(`no link leads to ${place} with the demo's data`);
});

/**
 * Follows the links of each person's pages until every place has its picture.
 * @param {string} door @param {string[]} places @param {string[]} people @param {string} service
 * @param {(name: string, url: string, person: string) => Promise<string[] | undefined>} picture
 * @returns {Promise<string[]>} places that no link leads to
 */
async function walk(door, places, people, service, picture) {
  const left = new Set(places);
  for (const person of people) {
    const queue = [`${service}/${door}/`];
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      const { pathname, origin } = new URL(url);
      const path = pathname.replace(`/${door}`, '') || '/';
      const place = origin === service && pathname.startsWith(`/${door}`) && [...left].find((one) => fits(one, path));
      if (!place) continue;
      const name = place.slice(1).replaceAll('$', '').replaceAll('/', '-') || '-';
      const links = await picture(`${door}/${name}`, url, person);
      if (!links) continue;
      left.delete(place);
      queue.push(...links);
    }
  }
  return [...left].map((place) => `/${door}${place}`);
}

/** @param {string} place as in `/merchants/$id` @param {string} path */
function fits(place, path) {
  const [wanted, given] = [place.split('/'), path.split('/')];
  return (
    wanted.length === given.length && wanted.every((part, i) => part === given[i] || (part.startsWith('$') && given[i]))
  );
}

/** Every address of an application, as its places name them; fixed ones before those with an id. @param {string} door */
function placesOf(door) {
  const folder = join(root, 'web', door);
  return readdirSync(folder)
    .filter((file) => file.endsWith('places.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/path: '([^']+)'/g)])
    .map(([, path]) => String(path))
    .sort((a, b) => Number(a.includes('$')) - Number(b.includes('$')));
}

/** @param {string} url @param {string} language */
function withLanguage(url, language) {
  const asked = new URL(url);
  asked.searchParams.set('lang', language);
  return asked.href;
}

/** Plays the demo, and keeps it until the pictures are taken. @param {import('./lib/script.mjs').Undo} undo */
async function startDemo(undo) {
  const child = spawn(process.execPath, [join(root, 'demo/main.mjs'), '--keep'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  undo.add(async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  });
  let output = '';
  /** @type {Promise<string>} */
  const address = new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      process.stdout.write(chunk);
      output += chunk;
      const found = /打开\s+(http:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Refusal('the demo ended before it could be looked at')));
  });
  return address;
}
