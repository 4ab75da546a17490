// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from '../lib/run.mjs';
import { Refusal, root, say } from '../lib/say.mjs';

const stampFile = join(root, 'dist', '.built-from');

/**
 * Builds dist/ when it is missing or was built from other sources.
 * @param {AbortSignal} [signal]
 */
export async function ensureBuild(signal) {
  const sources = hashOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources) return;
  say('Building …');
  rmSync(stampFile, { force: true });
  const { code, output } = await run('npm', ['run', '--silent', 'build'], { signal });
  if (code !== 0) throw new Refusal(`the build failed:\n${tail(output, 40)}`);
  writeFileSync(stampFile, sources);
}

/** Content and not time: a checkout or a restored cache sets times as it likes. */
function hashOfSources() {
  const hash = createHash('sha256');
  const settings = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  for (const file of [...settings.map((name) => join(root, name)), ...sources.sort()]) {
    if (existsSync(file))
      hash
        .update(`${file.slice(root.length)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}
