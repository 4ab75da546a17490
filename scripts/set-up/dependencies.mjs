// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from '../lib/run.mjs';
import { Refusal, root, say } from '../lib/say.mjs';

/**
 * Installs what package-lock.json asks for, unless it is there already.
 * @param {AbortSignal} [signal]
 */
export async function ensureDependencies(signal) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node ${process.versions.node} is too old; 20.19 or newer is needed`);
  }
  if (!existsSync(join(root, 'package-lock.json')))
    throw new Refusal('package-lock.json is missing from this checkout');
  if (isInstalled()) return;

  say('Installing dependencies (npm ci) …');
  // Without a network, npm ci tries each of its hundreds of packages for minutes; asking for one of them tells at once.
  const probe = await npm(['view', 'typescript', 'version', '--fetch-retries=0'], signal);
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(probe.output);
  // The tools that build and test are wanted even where NODE_ENV says production.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', ...(offline ? ['--offline'] : [])];
  const { code, output } = await npm(args, signal);
  if (code === 0) return;
  if (offline) throw new Refusal('npm ci cannot reach the package registry; is there a network?');
  const errors = output.split('\n').filter((line) => line.startsWith('npm error')); // its help text follows them
  throw new Refusal(`npm ci failed:\n${errors.slice(0, 10).join('\n') || tail(output)}`);
}

/**
 * @param {string[]} args
 * @param {AbortSignal} [signal]
 */
function npm(args, signal) {
  // One of the packages would report its installation to a third party.
  return run('npm', args, { signal, env: { ...process.env, SCARF_ANALYTICS: 'false' } });
}

/**
 * npm writes down what it has put into node_modules, last of all; that has to be what the lock file asks for. So an
 * `npm install` by hand counts, and one that was cut off does not.
 */
function isInstalled() {
  const wanted = packages('package-lock.json');
  const installed = packages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || installed[path]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}
