// @ts-check
/**
 * `npm run bench [-- NAME …] [--json] [--large] [--profile]`: every benchmark, or the named ones, on stores with the durability of
 * real data. `--json` prints a line for each result and nothing else; `--large` takes the sizes of docs/performance.md, which
 * need an hour; `--profile` shows where the processes of the service spent their time. Figures vary and no test looks at them:
 * a goal that is missed is printed and fails nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL } from '../bench/all.mjs';
import { goalNumber, isMet } from '../bench/lib/benchmark.mjs';
import { embeddedSecrets, startStores } from './embedded-stores/index.mjs';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { run } from './lib/run.mjs';
import { complain, Refusal, root, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

const FLAGS = ['--json', '--large', '--profile'];
const BUFFER_POOL_MB = 512;

/** @typedef {import('../bench/lib/benchmark.mjs').Result} Result */

await script(async (signal, undo) => {
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith('--'));
  const names = words.filter((word) => !word.startsWith('--'));
  const unknown = [
    ...flags.filter((flag) => !FLAGS.includes(flag)),
    ...names.filter((name) => !ALL.some((one) => one === name)),
  ];
  if (unknown.length > 0)
    throw new Refusal(`no ${unknown.join(', ')}; there are ${ALL.join(', ')}, and ${FLAGS.join(', ')}`);

  const folder = join(dataFolder, 'bench');
  undo.add(await claimDataFolder(folder, { empty: true }));
  await setUp({ signal });
  const stores = await startStores({ folder, bufferPoolMb: BUFFER_POOL_MB, allPrivileges: true, signal });
  undo.add(stores.stop);
  const env = {
    ...embeddedSecrets(folder).environment,
    YINKE_EMBEDDED: '1',
    ...process.env,
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
  };
  const json = flags.includes('--json');
  const chosen = names.length > 0 ? names : ALL;
  /** @type {string[]} */
  const failed = [];
  for (const [at, name] of chosen.entries()) {
    process.stderr.write(`\n${name}\n`);
    const file = join(folder, `${name}.results`);
    const passedOn = [...flags, ...(at === 0 ? ['--machine'] : [])];
    const { code } = await run(process.execPath, [join(root, 'bench/lib/run-one.mjs'), name, file, ...passedOn], {
      env,
      show: true,
      signal,
    });
    if (code !== 0) failed.push(name);
    if (json) resultsIn(file).forEach(sayAsJson);
  }
  if (!json) sayAsTable(chosen.flatMap((name) => resultsIn(join(folder, `${name}.results`))));
  if (failed.length > 0) complain(`could not be run to the end: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});

/** @param {string} file @returns {Result[]} */
function resultsIn(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
}

/** @param {Result} result */
function sayAsJson({ name, ratio, min, max, goal }) {
  say(JSON.stringify({ name, ratio, min, max, goal: goalNumber(goal) }));
}

/** @param {Result[]} results */
function sayAsTable(results) {
  const short = (/** @type {number} */ value) => String(Number(value.toPrecision(2)));
  const rows = results.map((result) => {
    const { name, ratio, min, max, goal, detail } = result;
    const bound = `${'atLeast' in goal ? '≥' : '≤'} ${goalNumber(goal)}`;
    return [name, short(ratio), `${short(min)}–${short(max)}`, bound, isMet(result) ? 'met' : 'MISSED', detail];
  });
  const all = [['name', 'ratio', 'spread', 'goal', '', 'median of the rounds'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  say('');
  for (const row of all) say(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()); // prettier-ignore
}
