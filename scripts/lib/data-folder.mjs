// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from './lock.mjs';
import { stopLeftover } from './pid-files.mjs';
import { Refusal, root, shown } from './say.mjs';

/** The folder belongs to a live process. */
export class AlreadyRunning extends Refusal {}

/** Stores, secrets and logs of this checkout. Each script has its own folder in it, so they run side by side. */
export const dataFolder = join(root, '.data');

const unfinished = '.unfinished-';

/**
 * What a killed run may have left behind, the service before the stores that it uses. It can be killed in turn without
 * loss, which is not so certain of a database that is writing.
 * @type {[pidFile: string, patienceMs: number][]}
 */
const leftovers = [
  ['api.pid', 10_000],
  ['worker.pid', 10_000],
  ['redis.pid', 60_000],
  ['mariadb.pid', 60_000],
];

/**
 * Makes a data folder ours alone until the returned function is called, and clears away what a killed run left.
 * @param {string} folder
 * @param {{ empty?: boolean }} [options] `empty`: throw away what it holds
 */
export async function claimDataFolder(folder, { empty = false } = {}) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataFolder, '.gitignore'), '*\n');
  const release = tryLock(join(folder, 'lock'));
  if (!release)
    throw new AlreadyRunning(`already running in this checkout (${shown(folder)} is in use); stop it first`);
  for (const [pidFile, patienceMs] of leftovers) await stopLeftover(join(folder, pidFile), patienceMs);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.includes(unfinished)) removeIfIdle(path);
    else if (empty && name !== 'lock') rmSync(path, { recursive: true });
  }
  return release;
}

/**
 * Whoever wrote it may not know yet that nobody wants it, and go on for a second; then the next start removes it.
 * @param {string} path
 */
function removeIfIdle(path) {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // not idle
  }
}

/**
 * A name for something that takes its real name only once it is complete.
 * @param {string} path
 */
export const unfinishedName = (path) => `${path}${unfinished}${randomBytes(4).toString('hex')}`;
