// @ts-check
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from './lock.mjs';
import { stopLeftover } from './processes.mjs';
import { Refusal, root, shown } from './say.mjs';

/** The folder belongs to a live process. */
export class AlreadyRunning extends Refusal {}

/** Stores, secrets and logs of this checkout. Each script has its own folder in it, so they run side by side. */
export const dataFolder = join(root, '.data');

const unfinished = '.unfinished-';

/** The service is stopped before the stores that it uses. */
const stopOrder = ['api.pid', 'worker.pid', 'redis.pid', 'mariadb.pid'];

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
  for (const pidFile of stopOrder) await stopLeftover(join(folder, pidFile));
  for (const name of readdirSync(folder)) {
    const halfWritten = name.includes(unfinished);
    if (halfWritten || (empty && name !== 'lock')) {
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }
  return release;
}

/**
 * A name for something that takes its real name only once it is complete.
 * @param {string} path
 */
export const unfinishedName = (path) => `${path}${unfinished}${process.pid}`;
