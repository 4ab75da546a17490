// @ts-check
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readIdentity, writeIdentity } from './pid-files.mjs';

/**
 * Takes a lock file, or returns undefined when a live process has it. The lock of a dead process is worth nothing,
 * so a `kill -9` leaves none behind.
 * @param {string} file
 * @returns {(() => void) | undefined} gives the lock back
 */
export function tryLock(file) {
  const own = `${file}.${process.pid}`;
  writeIdentity(own, process.pid);
  const content = readFileSync(own, 'utf8');
  try {
    for (;;) {
      try {
        linkSync(own, file); // unlike a write, a link appears whole and only if the name is free
        return () => read(file) === content && rmSync(file, { force: true });
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const seen = read(file);
      const holder = readIdentity(file);
      if (holder && isAlive(holder)) return undefined;
      putAside(file, seen);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Removes a dead lock; gives it back if another process has put its own there since we looked.
 * @param {string} file
 * @param {string | undefined} dead
 */
function putAside(file, dead) {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
    if (read(aside) !== dead) linkSync(aside, file);
  } catch {
    // gone meanwhile: the next turn of the loop sees what is there now
  }
  rmSync(aside, { force: true });
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Waits for a lock that is only held for a while.
 * @param {string} file
 * @param {{ signal?: AbortSignal, onWait: () => void }} options
 */
export async function waitForLock(file, { signal, onWait }) {
  for (let turn = 0; ; turn++) {
    signal?.throwIfAborted();
    const release = tryLock(file);
    if (release) return release;
    if (turn === 0) onWait();
    await sleep(200);
  }
}
