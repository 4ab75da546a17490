// @ts-check
/** `npm run check [-- --fast]`: everything that a machine can say about a change without running the tests. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startStores } from './embedded-stores/index.mjs';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { run, tail } from './lib/run.mjs';
import { complain, Refusal, root, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { ensureBuild } from './set-up/build.mjs';
import { setUp } from './set-up/index.mjs';

/**
 * Each step returns what there is to say about a failure, and nothing when all is well.
 * @typedef {(signal: AbortSignal) => Promise<string | undefined>} Step
 */

/** @type {(name: string, ...args: string[]) => Step} a command of the dependencies */
const tool =
  (name, ...args) =>
  (signal) =>
    command(join(root, 'node_modules/.bin', name), args, signal);

/** @type {(...args: string[]) => Step} */
const node =
  (...args) =>
  (signal) =>
    command(process.execPath, args, signal);

/** @type {(program: string, args: string[], signal: AbortSignal) => Promise<string | undefined>} */
async function command(program, args, signal) {
  const { code, output } = await run(program, args, { signal });
  return code === 0 ? undefined : output || `ended with code ${code}`;
}

/** Builds once; asked again, it says the same. @type {Step} */
async function build(signal) {
  return (outcomeOfBuild ??= ensureBuild({ only: 'program', signal }).then(
    () => undefined,
    (error) => {
      if (error instanceof Refusal) return error.message;
      throw error;
    },
  ));
}
/** @type {Promise<string | undefined> | undefined} */
let outcomeOfBuild;

const folder = join(dataFolder, 'check');

/** @type {Record<string, Step>} */
const fastSteps = {
  lint: tool('eslint', '.'),
  format: tool('prettier', '--check', '.'),
  types: tool('tsc', '--noEmit', '-p', 'test/tsconfig.json'), // of the program and its tests
  'types of the package for shops': tool('tsc', '-p', 'sdk'),
  'types of the pages': tool('tsc', '--noEmit', '-p', 'web'),
};

/** @type {Record<string, Step>} */
const slowSteps = {
  'dependency rules': tool('depcruise', 'src', '--config', '.dependency-cruiser.cjs'),
  'dependency rules fail what they must': node('test/arch/must-fail.mjs'),
  build,
  'OpenAPI drift': async (signal) => {
    if (await build(signal)) return 'needs the build';
    const { code, stdout, output } = await run(process.execPath, ['dist/openapi.js'], { signal });
    if (code !== 0) return output;
    mkdirSync(folder, { recursive: true });
    const current = join(folder, 'openapi.json');
    writeFileSync(current, stdout);
    const diff = await run('diff', ['-u', 'docs/openapi.json', current], { signal });
    if (diff.code === 0) return undefined;
    const start = diff.output.split('\n').slice(0, 40).join('\n');
    return `${start}\ndocs/openapi.json is not what the code says; npm run openapi writes it anew`;
  },
  'client of the pages': async (signal) => {
    const current = join(folder, 'schema.d.ts');
    mkdirSync(folder, { recursive: true });
    const { code, output } = await run('npm', ['run', '--silent', 'types', '-w', 'web', '--', current], {
      signal,
    });
    if (code !== 0) return output;
    return readFileSync(current, 'utf8') === readFileSync(join(root, 'web/api/schema.d.ts'), 'utf8')
      ? undefined
      : 'web/api/schema.d.ts is not what docs/openapi.json says; npm run openapi writes it anew';
  },
  'size of the pages': async (signal) => {
    try {
      await ensureBuild({ only: 'pages', signal });
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
    return node('scripts/page-budgets.mjs')(signal);
  },
  'page of invariants': async (signal) => {
    if (await build(signal)) return 'needs the build';
    const { stdout } = await run(process.execPath, ['dist/invariants.js'], { signal });
    return stdout === readFileSync(join(root, 'docs/invariants.md'), 'utf8')
      ? undefined
      : 'docs/invariants.md is not what the code says; npm run invariants writes it anew';
  },
  'page of who may call what': async (signal) => {
    if (await build(signal)) return 'needs the build';
    const { stdout } = await run(process.execPath, ['dist/openapi.js', '--matrix'], { signal });
    return stdout === readFileSync(join(root, 'docs/access-matrix.md'), 'utf8')
      ? undefined
      : 'docs/access-matrix.md is not what the code says; npm run access-matrix writes it anew';
  },
  'error codes of operations': async (signal) =>
    (await build(signal)) ? 'needs the build' : node('scripts/operation-codes.mjs', '--check')(signal),
  'OpenAPI lint': tool('redocly', 'lint', 'docs/openapi.json'),
  'migration drift': async (signal) => {
    if (await build(signal)) return 'needs the build';
    const release = await claimDataFolder(folder, { empty: true });
    try {
      const stores = await startStores({ folder, durable: false, signal });
      try {
        const env = { ...process.env, DATABASE_URL: stores.databaseUrl };
        const { code, output } = await run(process.execPath, ['dist/migration-drift.js'], { env, signal });
        return code === 0 ? undefined : `${output}\nthe migrations do not lead to the schema of the entities`;
      } finally {
        await stores.stop();
      }
    } finally {
      release();
    }
  },
};

await script(async (signal) => {
  const fast = process.argv.includes('--fast');
  await setUp({ build: false, stores: !fast, signal });
  /** @type {string[]} */
  const failed = [];
  const waiting = Object.entries(fast ? fastSteps : { ...fastSteps, ...slowSteps });
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, step] = next;
      const start = performance.now();
      const failure = await step(signal).catch((error) => {
        if (error instanceof Refusal) return error.message;
        throw error;
      });
      if (failure !== undefined) {
        failed.push(name);
        say(tail(failure, 100));
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      say(`${failure === undefined ? 'ok    ' : 'FAILED'}  ${name.padEnd(38)} ${seconds.padStart(6)} s`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() > 1 ? 2 : 1 }, lane));
  if (failed.length === 0) return 0;
  complain(`${failed.length} failed: ${failed.join(', ')}`);
  return 1;
});
