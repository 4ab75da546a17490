import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.baseUrl}${path}`, { headers, redirect: 'manual' });

interface Manifest {
  scope: string;
  start_url: string;
  icons: { src: string }[];
}

/** The script that a page loads first. */
async function scriptOf(path: string): Promise<string> {
  const [, script] = /<script type="module"[^>]* src="([^"]+)"/.exec(await (await get(path)).text()) ?? [];
  return script!;
}

describe('the pages', () => {
  it('come from the service itself, and nothing of them from elsewhere', async () => {
    for (const path of ['/', '/console/', '/console/applications/app_1', '/portal/', '/portal/payouts']) {
      const page = await get(path);
      expect([path, page.status, page.headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8']);
      expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(await page.text()).not.toMatch(/https?:\/\//);
    }
    for (const name of ['/console', '/portal']) expect((await get(name)).headers.get('location')).toBe(`${name}/`);
  });

  it('load scripts whose names change with their content, packed and kept for good', async () => {
    for (const path of ['/', '/console/', '/portal/']) {
      const script = await get(await scriptOf(path), { 'accept-encoding': 'br' });
      expect(script.status).toBe(200);
      expect(script.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
      expect(script.headers.get('content-encoding')).toBe('br');
      expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it('let a phone install the portal, whose service worker keeps the files that are there', async () => {
    const page = await (await get('/portal/')).text();
    expect(page).toContain('<link rel="manifest" href="/portal/manifest.webmanifest"');
    const manifest = await get('/portal/manifest.webmanifest');
    expect(manifest.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    const { scope, start_url: start, icons } = (await manifest.json()) as Manifest;
    expect([scope, start]).toEqual(['/portal/', '/portal/']);

    const worker = await get('/portal/sw.js');
    expect(worker.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    const [, names] = /FILES = (\[.*?\])/.exec(await worker.text()) ?? [];
    const files = JSON.parse(names!) as string[];
    expect(files).toContain(await scriptOf('/portal/'));
    for (const file of [...files, ...icons.map(({ src }) => src)])
      expect([file, (await get(file)).status]).toEqual([file, 200]);
  });

  it('answers for files that are not there as for every other unknown address', async () => {
    for (const path of [
      '/console/assets/none.js',
      '/portal/assets/none.js',
      '/start/none.css',
      '/console/.vite/none.json',
    ]) {
      const answer = await get(path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        404,
        'application/problem+json; charset=utf-8',
      ]);
    }
  });

  it('gives out no file that is not a page’s', async () => {
    const answer = await get('/console/..%2f..%2fpackage.json');
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('workspaces');
  });
});
