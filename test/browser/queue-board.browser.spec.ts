import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../support/find-chromium.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { ADMIN } from '../support/test-config.js';

let app: TestApp;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  app = await startTestApp();
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const signedIn = await context.request.post(`${app.baseUrl}/v1/staff/sessions`, {
    data: { email: ADMIN.email, password: ADMIN.password },
  });
  expect(signedIn.status()).toBe(201);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

it.each(['/queues', '/queues/'])('an admin sees the queues at %s, from nothing but our own server', async (path) => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${app.baseUrl}/`) && !request.url().startsWith('data:'))
      elsewhere.push(request.url());
  });
  await page.goto(`${app.baseUrl}${path}`);
  await page.getByText('yinke').first().waitFor();
  await page.waitForLoadState('networkidle');
  const folder = process.env.YINKE_SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/queues${path.endsWith('/') ? '-slash' : ''}.png` });
  expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  await page.close();
});
