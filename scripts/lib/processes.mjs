// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './say.mjs';

/**
 * When a live process was started, in whatever unit the system has; undefined when there is no such process.
 * A number alone proves nothing, since the system hands it out again; number and start time together do.
 * @param {number} pid
 */
function startTimeOf(pid) {
  if (existsSync('/proc/self/stat')) {
    try {
      // "pid (name) state ppid …": the name may hold spaces and brackets, so count from its last bracket.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined;
}

/** @typedef {{ pid: number, startTime: string | undefined }} Identity */

/** @param {number} pid @returns {Identity} */
export const identityOf = (pid) => ({ pid, startTime: startTimeOf(pid) });

/** @param {Identity} identity */
export function isAlive({ pid, startTime }) {
  return startTime !== undefined && startTimeOf(pid) === startTime;
}

/** @param {string} file @returns {Identity | undefined} */
export function readIdentity(file) {
  try {
    const { pid, startTime } = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 1 && typeof startTime === 'string' ? { pid, startTime } : undefined;
  } catch {
    return undefined; // absent, or cut off half-way through writing: it names nobody
  }
}

/** @param {string} file @param {number} pid */
export function writeIdentity(file, pid) {
  writeFileSync(file, JSON.stringify(identityOf(pid)));
}

/**
 * Stops the process that an earlier, killed run has left behind, if it still lives and is the one of the file.
 * @param {string} pidFile
 * @param {number} [patienceMs] then it is killed
 */
export async function stopLeftover(pidFile, patienceMs = 60_000) {
  const leftover = readIdentity(pidFile);
  if (leftover && isAlive(leftover)) {
    process.kill(leftover.pid, 'SIGTERM');
    const patienceEnds = Date.now() + patienceMs;
    while (isAlive(leftover)) {
      if (Date.now() > patienceEnds) process.kill(leftover.pid, 'SIGKILL');
      await sleep(50);
    }
  }
  rmSync(pidFile, { force: true });
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {AbortSignal} [options.signal]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {boolean} [options.show] the command's output goes to the terminal instead of into the result
 * @param {boolean} [options.uninterruptible] a signal waits for the end; for what must not be left half-done
 * @returns {Promise<{ code: number, output: string, stdout: string }>} `code` is 127 if it could not be started
 */
export async function run(command, args, { signal, env, cwd = root, show, uninterruptible } = {}) {
  signal?.throwIfAborted();
  // A session of its own keeps the terminal's Ctrl-C away from a command that nobody looks at.
  const child = spawn(command, args, {
    cwd,
    env,
    detached: !show,
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => ((output += text), (stdout += text)));
  child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
  // A negative number means the whole group: npm and shells do not always pass a signal on.
  const stop = () => child.pid && !uninterruptible && process.kill(show ? child.pid : -child.pid, 'SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  const code = await new Promise((resolve) => {
    child.once('error', (error) => ((output += error.message), resolve(127)));
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  return { code, output, stdout };
}

/**
 * The end of a long output, for a message.
 * @param {string} output
 * @param {number} [lines]
 */
export function tail(output, lines = 15) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
