// @ts-check
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
