// @ts-check
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeIdentity } from '../lib/pid-files.mjs';
import { Refusal, root, shown } from '../lib/say.mjs';

/**
 * Starts one process of the service. Its session is its own, so that a Ctrl-C reaches the script alone, which stops
 * things in order; should the script be killed, the process notices that its IPC channel is gone and ends.
 * @param {object} options
 * @param {string} options.name as in "API"
 * @param {string} options.entry as in "dist/main.js"
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.pidFile
 * @param {string} [options.logFile] where the output goes; without it, to the terminal
 */
export function startServiceProcess({ name, entry, env, pidFile, logFile }) {
  const output = logFile ? openSync(logFile, 'w', 0o600) : 'inherit';
  const child = spawn(process.execPath, ['--enable-source-maps', entry], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  if (child.pid) writeIdentity(pidFile, child.pid);

  let stopping = false;
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const failed = exited.then(() => {
    if (stopping) return new Promise(() => {});
    const how = child.signalCode ? `was ended by ${child.signalCode}` : `ended with code ${child.exitCode}`;
    throw new Refusal(`the ${name} process ${how}${logFile ? `; see ${shown(logFile)}` : ''}`);
  });
  failed.catch(() => {}); // whoever does not look at it does not mind
  return {
    failed: /** @type {Promise<never>} */ (failed),
    stop: async () => {
      stopping = true;
      child.kill('SIGTERM');
      const patience = new AbortController();
      void sleep(30_000, undefined, { signal: patience.signal }).then(
        () => child.kill('SIGKILL'),
        () => {},
      );
      await exited;
      patience.abort();
      rmSync(pidFile, { force: true });
    },
  };
}
