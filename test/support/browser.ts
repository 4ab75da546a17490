import { chromium, type Browser, type Page } from 'playwright-core';
import { PASSWORD } from './actors.js';
import { findChromium } from './find-chromium.mjs';
import type { TestApp } from './test-app.js';

const PHONE = { width: 390, height: 844 } as const;
const DESK = { width: 1280, height: 800 } as const;

/** How people look at pages: on a phone in Chinese, at a desk in English. */
export const VIEWS = [
  { name: 'on a phone, in Chinese', language: 'zh-CN', colorScheme: 'light', ...PHONE },
  { name: 'at a desk, in English', language: 'en', colorScheme: 'light', ...DESK },
] as const;

/** Both sizes in both languages, by day and by night. */
export const ALL_VIEWS = [
  ...VIEWS,
  { name: 'on a phone, in English', language: 'en', colorScheme: 'dark', ...PHONE },
  { name: 'at a desk, in Chinese', language: 'zh-CN', colorScheme: 'dark', ...DESK },
] as const;
export type View = (typeof ALL_VIEWS)[number];

/** Pages of a test in a real browser; what the browser complains of fails the test. */
export class Browsing {
  private readonly complaints: string[] = [];
  private readonly pages: Page[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly app: Pick<TestApp, 'baseUrl'>,
  ) {}

  static async start(app: Pick<TestApp, 'baseUrl'>): Promise<Browsing> {
    const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    return new Browsing(await chromium.launch({ executablePath: findChromium(), args }), app);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** A page of a person of staff, who has signed in; without an e-mail address, of nobody. */
  async open(view: View, path: string, email?: string): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.app.baseUrl,
      viewport: { width: view.width, height: view.height },
      locale: view.language,
      colorScheme: view.colorScheme,
      reducedMotion: 'reduce',
    });
    if (email !== undefined) {
      const data = { email, password: PASSWORD };
      const headers = { origin: this.app.baseUrl };
      const answer = await context.request.post('/v1/staff/sessions', { data, headers });
      if (!answer.ok()) throw new Error(`sign-in of ${email}: ${await answer.text()}`);
    }
    const page = await context.newPage();
    page.on('console', (message) => {
      // A refusal is an answer of 4xx, which the browser mentions; all else is wrong, above all the content policy.
      const expected = /status of (4\d\d|503)|ERR_INTERNET_DISCONNECTED/.test(message.text());
      if (message.type() === 'error' && !expected) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    this.pages.push(page);
    await page.goto(path);
    return page;
  }

  /** Closes what a test opened. Throws what the browser complained of. */
  async end(): Promise<void> {
    await Promise.all(this.pages.splice(0).map((page) => page.context().close()));
    const complaints = this.complaints.splice(0);
    if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('\n')}`);
  }
}
