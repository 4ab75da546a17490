// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from '../lib/run.mjs';
import { Refusal, root, say } from '../lib/say.mjs';

/**
 * @typedef {object} Part
 * @property {string} command the npm script that builds it
 * @property {string} target folder of what is built
 * @property {string[]} sources folders and files that it is built from
 */

/** The program and the pages are built apart: a change of one does not build the other. */
const parts = /** @satisfies {Record<string, Part>} */ ({
  program: {
    command: 'build:program',
    target: 'dist',
    sources: ['src', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'],
  },
  pages: { command: 'build:pages', target: 'web/dist', sources: ['web', 'package-lock.json'] },
});

/** What is in these folders is made, not written. */
const MADE = /(^|\/)(dist|node_modules)(\/|$)/;

/**
 * Builds what is missing or was built from other sources.
 * @param {{ only?: keyof typeof parts, signal?: AbortSignal }} [options]
 */
export async function ensureBuild({ only, signal } = {}) {
  for (const [name, part] of Object.entries(parts)) if (!only || only === name) await ensurePart(name, part, signal);
}

/** @param {string} name @param {Part} part @param {AbortSignal} [signal] */
async function ensurePart(name, { command, target, sources }, signal) {
  const stampFile = join(root, target, '.built-from');
  const stamp = hashOf(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say(`Building the ${name} …`);
  rmSync(stampFile, { force: true });
  const { code, output } = await run('npm', ['run', '--silent', command], { signal });
  if (code !== 0) throw new Refusal(`the build failed:\n${tail(output, 40)}`);
  writeFileSync(stampFile, stamp);
}

/** Content and not time: a checkout or a restored cache sets times as it likes. @param {string[]} sources */
function hashOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesOf)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Every file of a folder, by its path from the top; a file is itself. @param {string} source */
function filesOf(source) {
  if (!existsSync(join(root, source))) return [];
  try {
    return readdirSync(join(root, source), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
      .filter((file) => !MADE.test(file))
      .sort();
  } catch {
    return [source];
  }
}
