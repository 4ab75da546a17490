// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopLeftover, writeIdentity } from '../../scripts/lib/pid-files.mjs';

/** One server of a cluster, as a process that can be killed, stopped and started again. */
export class ClusterNode {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {Promise<void>} */
  #exited = Promise.resolve();

  /**
   * @param {object} given
   * @param {string} given.name
   * @param {string} given.logFile
   * @param {(extra: readonly string[]) => { command: string[], argv0?: string, cwd: string, env: NodeJS.ProcessEnv }} given.launch
   * @param {RegExp} given.ready what its log says when it takes part
   */
  constructor({ name, logFile, launch, ready }) {
    this.name = name;
    this.logFile = logFile;
    this.launch = launch;
    this.ready = ready;
    // Beside the folder, which a run empties before it begins.
    this.pidFile = join(dirname(logFile), '..', `cluster-${basename(logFile, '.log')}.pid`);
  }

  /** Resolves when it takes part. @param {AbortSignal} signal @param {readonly string[]} [extra] */
  async start(signal, extra = []) {
    await stopLeftover(this.pidFile, 0);
    const { command, argv0, cwd, env } = this.launch(extra);
    const [program = '', ...args] = command;
    const log = openSync(this.logFile, 'w', 0o600);
    const child = spawn(program, args, { cwd, env, argv0, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    if (child.pid) writeIdentity(this.pidFile, child.pid);
    let isGone = false;
    this.#exited = new Promise((resolve) => {
      const end = () => {
        isGone = true;
        resolve();
      };
      child.once('exit', end);
      child.once('error', end);
    });
    while (!this.ready.test(readFileSync(this.logFile, 'utf8'))) {
      if (isGone) throw new Error(`${this.name} did not start; see ${this.logFile}`);
      await sleep(50, undefined, { signal });
    }
  }

  /** @param {'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'} name */
  signal(name) {
    const pid = this.#child?.pid;
    // The whole group: a state transfer has processes of its own.
    if (pid !== undefined && this.#child?.exitCode === null && this.#child.signalCode === null) {
      try {
        process.kill(-pid, name);
      } catch {
        // it has ended just now
      }
    }
  }

  async kill() {
    this.signal('SIGKILL');
    await this.#exited;
  }

  async stop() {
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const patience = setTimeout(() => this.signal('SIGKILL'), 20_000);
    await this.#exited;
    clearTimeout(patience);
  }
}
