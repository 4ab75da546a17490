// @ts-check
/** `node scripts/page-budgets.mjs`: how much script the first page of each entry loads, packed, and whether that is too much. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { complain, root, say } from './lib/say.mjs';

const KB = 1000;

/** What a first page may load, in bytes of gzip, and which of the modules that are loaded when needed it needs at once. */
const BUDGETS = /** @type {Record<string, { bytes: number, first: RegExp }>} */ ({
  start: { bytes: 90 * KB, first: /messages\/zh-CN/ },
  shop: { bytes: 90 * KB, first: /messages\/zh-CN/ },
  console: { bytes: 260 * KB, first: /messages\/zh-CN|pages\/home/ },
  portal: { bytes: 90 * KB, first: /messages\/zh-CN|pages\/home/ },
});

let over = false;
for (const [entry, { bytes: budget, first }] of Object.entries(BUDGETS)) {
  const bytes = firstFiles(entry, first).reduce((sum, file) => sum + packed(entry, file), 0);
  const line = `${entry.padEnd(8)} ${(bytes / KB).toFixed(1).padStart(6)} KB of ${budget / KB} KB`;
  over ||= bytes > budget;
  if (bytes > budget) complain(`${line}: too much`);
  else say(line);
}
process.exitCode = over ? 1 : 0;

/**
 * The scripts that the first page loads, by Vite's own list of what imports what.
 * @param {string} entry @param {RegExp} first
 */
function firstFiles(entry, first) {
  /** @type {Record<string, { file: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }>} */
  const chunks = JSON.parse(readFileSync(join(root, 'web/dist', entry, '.vite/manifest.json'), 'utf8'));
  const needed = new Set();
  const follow = (/** @type {string} */ name) => {
    const chunk = chunks[name];
    if (!chunk || needed.has(chunk.file)) return;
    needed.add(chunk.file);
    chunk.imports?.forEach(follow);
    chunk.dynamicImports?.filter((later) => first.test(later)).forEach(follow);
  };
  for (const [name, { isEntry }] of Object.entries(chunks)) if (isEntry) follow(name);
  return [...needed].filter((file) => file.endsWith('.js'));
}

/** @param {string} entry @param {string} file */
function packed(entry, file) {
  return gzipSync(readFileSync(join(root, 'web/dist', entry, file))).length;
}
