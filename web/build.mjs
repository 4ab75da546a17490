// @ts-check
/** `npm run build -w web`: every entry to static files in dist/, with a packed copy beside each that is worth it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const web = fileURLToPath(new URL('.', import.meta.url));
const SMALLEST_PACKED = 1024;

for (const entry of ['start', 'portal', 'shop', 'console'])
  await build({ configFile: join(web, 'vite.config.mjs'), mode: entry, logLevel: 'warn' });

const files = readdirSync(join(web, 'dist'), { recursive: true, encoding: 'utf8' });
for (const file of files.filter((name) => /\.(html|js|css|svg|json|webmanifest)$/.test(name))) {
  const path = join(web, 'dist', file);
  const bytes = readFileSync(path);
  if (bytes.length < SMALLEST_PACKED) continue;
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
