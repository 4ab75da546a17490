// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Pages that people open on a phone: React's interface on Preact, a third of its size (ADR 12). */
const ON_PREACT = ['start', 'portal', 'shop'];
const BASES = /** @type {Record<string, string>} */ ({
  console: '/console/',
  portal: '/portal/',
  start: '/start/',
  shop: '/shop/',
});

/**
 * Writes the portal's service worker, with the names of the files that it keeps.
 * @returns {import('vite').Plugin}
 */
function serviceWorker() {
  return {
    name: 'yinke-service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const names = JSON.stringify(files.map((name) => `${BASES.portal}${name}`));
      const version = createHash('sha256').update(names).digest('hex').slice(0, 16);
      const text = readFileSync(new URL('portal/service-worker.js', import.meta.url), 'utf8');
      const source = text.replace('= __FILES__', `= ${names}`).replace('__VERSION__', version);
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

/** Each entry is a folder, built for itself: `vite --mode portal` serves it, with the API of `YINKE_URL` behind it. */
export default defineConfig(({ mode: entry }) => {
  const base = BASES[entry];
  if (base === undefined) throw new Error(`--mode is one of ${Object.keys(BASES).join(', ')}`);
  const target = process.env.YINKE_URL ?? 'http://127.0.0.1:3000';
  const toApi = {
    target,
    // The API takes cookies from pages of its own origin only.
    headers: { origin: new URL(target).origin },
    changeOrigin: true,
  };
  return {
    root: fileURLToPath(new URL(entry, import.meta.url)),
    base,
    resolve: {
      alias: ON_PREACT.includes(entry)
        ? [
            { find: /^react\/jsx(-dev)?-runtime$/, replacement: 'preact/jsx-runtime' },
            { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
            { find: /^react(-dom)?$/, replacement: 'preact/compat' },
          ]
        : [],
    },
    plugins: entry === 'portal' ? [serviceWorker()] : [],
    build: {
      outDir: fileURLToPath(new URL(`dist/${entry}`, import.meta.url)),
      emptyOutDir: true,
      manifest: true,
      // Inlined files would need an exception in the policy of the page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: { host: '127.0.0.1', proxy: { '/v1': toApi, '/r': toApi, '/join': toApi } },
  };
});
