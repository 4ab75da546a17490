// @ts-check
/**
 * The first page of the console, with the figures of a month, and of the portal, with a merchant's money: from the call of the
 * address in a new browser until nothing changes on it any more, in Chromium with its processor slowed down to a quarter.
 *
 * The limit is the same page with the same scripts, whose every answer comes from the memory of a small server: what the
 * browser needs by itself.
 */
import { chromium } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark } from './lib/benchmark.mjs';
import { countFigures, fillBooks, prepareFilling } from './lib/fill.mjs';
import { makeBooks } from './lib/posting.mjs';
import { compare } from './lib/rounds.mjs';
import { client, openShop } from './lib/shop.mjs';
import { findChromium } from '../test/support/find-chromium.mjs';

const SLOWER = 4;
const QUIET_MS = 700;

/** What the canned server must not repeat of an answer's headers, since bodies are recorded unpacked and whole. */
const OF_THE_WAY = ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'set-cookie'];

/** What the page runs before its own scripts: the moment of its last change. */
const NOTE_CHANGES = `globalThis.lastChange = 0;
  new MutationObserver(() => (globalThis.lastChange = performance.now())).observe(document,
    { subtree: true, childList: true, characterData: true, attributes: true });`;
/** Milliseconds from its address to its last change, or to the last byte that it loaded. */
const READY = `Math.max(lastChange, ...performance.getEntriesByType('resource').map((one) => one.responseEnd))`;

/** @typedef {import('playwright-core').BrowserContext} BrowserContext */

export default benchmark({
  name: 'pages',
  what: `first page of console and portal, ready, in Chromium with its processor ${SLOWER} times slower`,
  limit: 'the same page with canned answers',
  goal: { atMost: 1.3 },
  run: async (world) => {
    const books = await makeBooks(world, 201);
    const template = await prepareFilling(world, books);
    await fillBooks(world, template, 5000);
    const api = await world.startApi();
    const shop = await openShop(api.baseUrl);
    const { merchant, applicationToken } = await join(api.baseUrl, shop);
    await fillBooks(world, template, 200, [merchant]);
    await countFigures(world);

    world.beside.add('Chromium');
    const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
    const results = [];
    try {
      for (const [name, path, sessions, credentials] of /** @type {const} */ ([
        ['console', '/console/', '/v1/staff/sessions', { email: process.env.YINKE_ADMIN_EMAIL, password: process.env.YINKE_ADMIN_PASSWORD }], // prettier-ignore
        ['portal', '/portal/', '/v1/merchants/sessions', { applicationToken }],
      ])) {
        const signedIn = await browser.newContext();
        const headers = { origin: api.baseUrl };
        const answer = await signedIn.request.post(api.baseUrl + sessions, { data: credentials, headers });
        if (!answer.ok()) throw new Error(`${sessions}: ${await answer.text()}`);
        const storageState = await signedIn.storageState();
        /** @param {string} baseUrl @param {(context: BrowserContext) => void} [watch] */
        const ready = async (baseUrl, watch) => {
          const context = await browser.newContext({ storageState, reducedMotion: 'reduce', serviceWorkers: 'block' });
          watch?.(context);
          const took = await untilReady(context, baseUrl + path);
          await context.close();
          return took;
        };
        const answers = await recorded((watch) => ready(api.baseUrl, watch));
        const limit = await world.startLimit('canned-pages.mjs', { answers });
        results.push(
          await compare({
            name: `pages-${name}`,
            unit: 'ms',
            ours: () => ready(api.baseUrl),
            limit: () => ready(limit.baseUrl),
            say: world.say,
          }),
        );
      }
    } finally {
      await browser.close();
    }
    return results;
  },
});

/** A merchant who has come by the form, and can sign in. @param {string} baseUrl @param {Awaited<ReturnType<typeof openShop>>} shop */
async function join(baseUrl, shop) {
  const form = { wechatId: 'li_wei', displayName: 'Li Wei', consent: true };
  const { id, token } = await client(baseUrl).post('/v1/merchant-applications', form);
  const reviewer = await shop.hire('reviewer');
  const { merchant } = await reviewer.post(`/v1/merchant-applications/${id}/approve`, {});
  return { merchant: { id: String(merchant.id), wechatId: form.wechatId }, applicationToken: String(token) };
}

/**
 * Milliseconds from the call of the address until the last change of the page or the last byte of an answer, before it was
 * quiet for a while.
 * @param {BrowserContext} context
 * @param {string} url
 */
async function untilReady(context, url) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript({ content: NOTE_CHANGES });
  let open = 0;
  page.on('request', () => open++);
  page.on('requestfinished', () => open--);
  page.on('requestfailed', () => open--);
  await page.goto(url);
  for (let quietSince = performance.now(), before = ''; performance.now() - quietSince < QUIET_MS; await sleep(50)) {
    const now = await page.evaluate('lastChange');
    if (open === 0 && String(now) === before) continue;
    before = String(now);
    quietSince = performance.now();
  }
  return /** @type {Promise<number>} */ (page.evaluate(READY));
}

/** @param {(watch: (context: BrowserContext) => void) => Promise<unknown>} visit */
async function recorded(visit) {
  /** @type {Promise<import('./limits/canned-pages.mjs').Recorded>[]} */
  const answers = [];
  await visit((context) => {
    context.on('response', (response) => {
      const { pathname, search } = new URL(response.url());
      answers.push(
        (async () => {
          const all = await response.allHeaders();
          const headers = Object.fromEntries(Object.entries(all).filter(([name]) => !OF_THE_WAY.includes(name)));
          const body = await response.body().catch(() => Buffer.alloc(0)); // a redirect has none
          return {
            ...{ method: response.request().method(), url: pathname + search, status: response.status() },
            ...{ headers, body: body.toString('base64') },
          };
        })(),
      );
    });
  });
  return Promise.all(answers);
}
