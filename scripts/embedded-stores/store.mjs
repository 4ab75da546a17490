// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stopLeftover } from '../lib/pid-files.mjs';
import { freePort } from '../lib/ports.mjs';
import { Refusal, shown } from '../lib/say.mjs';

const guard = fileURLToPath(new URL('guard.mjs', import.meta.url));

/**
 * @typedef {object} EmbeddedStore
 * @property {number} port
 * @property {Promise<never>} failed rejects when the store ends and nobody asked it to
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a store under its guard and waits until it takes connections.
 * @param {object} options
 * @param {string} options.name as in "MariaDB"
 * @param {string} options.folder the data folder; log and pid file are named after the store
 * @param {(port: number) => { command: string, args: string[], argv0?: string, cwd: string }} options.launch
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<EmbeddedStore>}
 */
export async function startEmbeddedStore({ name, folder, launch, signal }) {
  const file = join(folder, name.toLowerCase());
  const logFile = `${file}.log`;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const port = await freePort();
    if (existsSync(logFile)) renameSync(logFile, `${logFile}.old`); // the log of a crash survives the next start
    const { exited, stop } = startGuard({ ...launch(port), logFile, pidFile: `${file}.pid` });
    try {
      // The log and not the port says that it is ready: at the port, another store may have been faster.
      while (!/ready (to accept|for) connections/i.test(read(logFile))) {
        signal?.throwIfAborted();
        if ((await Promise.race([exited, sleep(20, 'alive')])) !== 'alive') throw new Exit();
      }
    } catch (error) {
      await stop();
      if (!(error instanceof Exit)) throw error;
      const log = read(logFile);
      if (/address already in use/i.test(log) && attempt < 5) continue;
      throw new Refusal(`the embedded ${name} did not start: ${lastError(log)} (all of it in ${shown(logFile)})`);
    }
    let stopping = false;
    const failed = exited.then(() => {
      if (stopping) return new Promise(() => {});
      throw new Refusal(`the embedded ${name} ended unexpectedly; see the end of ${shown(logFile)}`);
    });
    failed.catch(() => {}); // whoever does not look at it does not mind
    return {
      port,
      failed: /** @type {Promise<never>} */ (failed),
      stop: () => {
        stopping = true;
        return stop();
      },
    };
  }
}

class Exit extends Error {}

/** @param {{ pidFile: string } & Record<string, unknown>} store what guard.mjs needs to know */
function startGuard(store) {
  const child = spawn(process.execPath, [guard, JSON.stringify(store)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.on('error', () => {}); // it ended before us
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.stdin.end('stop');
    await exited;
    await stopLeftover(store.pidFile); // there is one only if the guard itself was killed
  };
  return { exited, stop };
}

/** @param {string} logFile */
function read(logFile) {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

/** @param {string} log the line to show of it */
function lastError(log) {
  const lines = log.trim().split('\n');
  const errors = lines.filter((line) => /error|fatal|bad file format/i.test(line));
  return (errors[0] ?? lines.at(-1) ?? '').trim() || 'it said nothing';
}
