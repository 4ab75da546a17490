import { jest } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { keepDemo } from '../../scripts/lib/kept-demo.mjs';
import { walkPages } from '../../scripts/lib/walk-pages.mjs';
import { seriousFaults } from '../support/axe.js';
import { findChromium } from '../support/find-chromium.mjs';
import { day, type Language } from '../../web/ui/format.js';
import { shareOf, sumOf } from '../../web/console/pages/figures/sums.js';
import { PageNumbers } from '../support/page-numbers.js';

jest.setTimeout(600_000);

interface Told {
  people: { id: string; door: string }[];
  service: string;
}

let demo: Awaited<ReturnType<typeof keepDemo>>;
let browser: Browser;
let told: Told;

beforeAll(async () => {
  // With stores of its own, not those of the tests.
  demo = await keepDemo({ env: { DATABASE_URL: undefined, REDIS_URL: undefined } });
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(demo.address);
  told = JSON.parse((await page.locator('#demo').textContent())!);
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

/** What the answers list, whatever it is. */
const itemsOf = (answers: readonly unknown[]): any[] =>
  answers.flatMap((answer) => (answer as { items?: readonly any[] } | null)?.items ?? []);

/** Numbers that a page works out from the API's. */
const WORKED_OUT: Record<string, (answers: readonly unknown[]) => unknown> = {
  // What a reward comes to, less what was taken back.
  'portal/orders': (answers) =>
    itemsOf(answers)
      .flatMap(({ rewards }): Record<'granted' | 'voided' | 'clawedBack', number>[] => rewards ?? [])
      .map(({ granted, voided, clawedBack }) => [granted - voided - clawedBack, voided + clawedBack]),
  // Points that expire on the same day are one line.
  'portal/assets': (answers) => {
    const days = new Map<string, number>();
    for (const { remaining, expiresAt } of itemsOf(answers) as { remaining?: number; expiresAt: string }[]) {
      const expiry = day(expiresAt, 'zh-CN');
      if (remaining !== undefined) days.set(expiry, (days.get(expiry) ?? 0) + remaining);
    }
    return [...days.values()];
  },
  'console/-': sumsOf,
  // The price that stands in the basket to begin with.
  'console/price-rules-new': () => 100_00,
  'console/price-rules-id-new-version': () => 100_00,
  // Years of bank days to choose from.
  'console/payout-schedules-id': () => [-1, 0, 1, 2].map((years) => String(new Date().getFullYear() + years)),
};

/** Days and storefronts added up, what rewards cost of the sales that merchants brought, and how many of those who joined are still active. */
function sumsOf(answers: readonly unknown[]): unknown {
  return answers.map((answer) => {
    const items = itemsOf([answer]);
    const figures = items.filter(({ rewardCost }) => rewardCost);
    const days = [...new Set(figures.map((item) => item.day))];
    const together = [
      ...figures.map((item) => [item]),
      ...days.map((each) => figures.filter((item) => item.day === each)),
      figures,
    ];
    const cohorts = items.flatMap(({ months, merchants }: { months?: { active: number }[]; merchants: number }) =>
      (months ?? []).map(({ active }) => Math.floor((10_000 * active) / merchants)),
    );
    const sums = together.map((some) => sumOf(some));
    return [...sums, ...sums.map((each) => shareOf(each)), ...cohorts];
  });
}

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

describe.each([
  { door: 'portal', language: 'zh-CN', first: PHONE, then: DESK },
  { door: 'console', language: 'en', first: DESK, then: PHONE },
] as const)('every page of the $door, with the demo’s data', ({ door, language, first, then }) => {
  it('shows the numbers of the API, can be read by everybody at either size, by day and by night', async () => {
    const numbers = new PageNumbers(language, ['CNY', 'EUR', 'USD', 'JPY']);
    const faults: string[] = [];
    const people = told.people.filter((person) => person.door === door).map(({ id }) => id);
    const pages = new Map<string, Page>();
    const answers: unknown[] = [];

    async function pageOf(person: string): Promise<Page> {
      const known = pages.get(person);
      if (known) return known;
      const page = await openAs(person, language);
      page.on('response', async (response) => {
        if (response.url().includes('/v1/')) answers.push(await response.json().catch(() => null));
      });
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
      pages.set(person, page);
      return page;
    }

    const unreached = await walkPages(door, people, told.service, async (name, url, person) => {
      const page = await pageOf(person);
      answers.length = 0;
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(first);
      await page.goto(url);
      await loaded(page);
      if ((await page.locator('[data-refused]').count()) > 0) return undefined;
      const known = [answers, WORKED_OUT[name.replace(/-\d+$/, '-')]?.(answers)];
      faults.push(...numbers.unknownIn(await textOf(page), known).map((number) => `${name}: whence ${number}?`));
      faults.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize(then);
      faults.push(...(await seriousFaults(page, { looks: true })).map((fault) => `${name}, dark: ${fault}`));
      for (const size of [first, then]) {
        await page.setViewportSize(size);
        if (!(await fits(page))) faults.push(`${name}: wider than ${size.width} px`);
      }
      return page.$$eval('a[href]', (links) => links.map((link) => (link as unknown as { href: string }).href));
    });
    await Promise.all([...pages.values()].map((page) => page.context().close()));
    expect({ faults, unreached }).toEqual({ faults: [], unreached: [] });
  });
});

describe('the menu of the console', () => {
  it.each(['admin', 'reviewer', 'finance-maker', 'finance-checker', 'auditor'])(
    'leads a person whose role is %s to nothing that they may not see',
    async (role) => {
      const page = await openAs(role, 'en');
      const refused: string[] = [];
      page.on('response', (response) => {
        if (response.status() === 403) refused.push(`${new URL(page.url()).pathname} asks ${response.url()}`);
      });
      await page.setViewportSize(DESK);
      await page.goto(`${told.service}/console/`);
      const menu = page.getByRole('navigation').getByRole('link');
      await menu.first().waitFor();
      const count = await menu.count();
      for (let at = 0; at < count; at += 1) {
        await menu.nth(at).click();
        await loaded(page);
        if ((await page.locator('[data-refused]').count()) > 0) refused.push(page.url());
      }
      expect(refused).toEqual([]);
      expect(count).toBeGreaterThan(5);
      await page.context().close();
    },
  );
});

/** Whether nothing is wider than the screen; charts take a moment to follow it. */
async function fits(page: Page): Promise<boolean> {
  for (let left = 10; left > 0; left -= 1) {
    if (await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

/** Waits until a page shows all that it asked for. The policy of the pages lets nothing be evaluated in them, so the asking is done from here. */
async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  let asked = -1;
  for (;;) {
    const [now, isBusy] = await page.evaluate<[number, boolean]>(
      `[performance.getEntriesByType('resource').length, document.querySelector('.mantine-Skeleton-root, [aria-busy=true]') !== null]`,
    );
    if (now === asked && !isBusy) return;
    asked = now;
    await page.waitForTimeout(150);
  }
}

/** A page of one of the demo's people, who has signed in. */
async function openAs(person: string, language: Language): Promise<Page> {
  const context = await browser.newContext({ locale: language, reducedMotion: 'reduce' });
  const { origin } = new URL(demo.address);
  await context.request.post(`${origin}/sign-in`, { form: { person }, headers: { origin } });
  return context.newPage();
}

/** What a person reads, but for moments, ids and statements of SQL. */
function textOf(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement.closest('time, code, pre, script, style, .u-axis, svg')) texts.push(node.data);
    return texts.join(' | ');
  })()`);
}
