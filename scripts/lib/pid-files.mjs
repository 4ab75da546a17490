// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

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
