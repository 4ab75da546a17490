// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../../scripts/lib/say.mjs';

const SHIFTED_CLOCK = new URL('../../support/shifted-clock.mjs', import.meta.url).href;
/** After which what has ended is started again, as whatever runs containers or services does. */
const RESTART_MS = 200;

/**
 * One process of the service, started anew whenever it ends.
 */
export class Supervised {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #wanted = false;
  /** Hours by which its clock is wrong, from its next start on. */
  clockHours = 0;
  /** The checkout whose build it runs. */
  home = root;
  starts = 0;

  /**
   * @param {object} given
   * @param {string} given.name
   * @param {'main' | 'worker'} given.program
   * @param {NodeJS.ProcessEnv} given.env
   * @param {string} given.logFile
   * @param {Awaited<ReturnType<import('./sql-proxy.mjs').startSqlProxy>>} given.sql
   * @param {Awaited<ReturnType<import('./redis-proxy.mjs').startRedisProxy>>} given.redis
   */
  constructor({ name, program, env, logFile, sql, redis }) {
    this.name = name;
    this.program = program;
    this.env = env;
    this.logFile = logFile;
    this.sql = sql;
    this.redis = redis;
  }

  get isApi() {
    return this.program === 'main';
  }

  start() {
    this.#wanted = true;
    const log = openSync(this.logFile, 'a', 0o600);
    const shift = this.clockHours * 3_600_000;
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', ...(shift === 0 ? [] : ['--import', SHIFTED_CLOCK]), `dist/${this.program}.js`],
      {
        cwd: this.home,
        env: { ...this.env, TEST_CLOCK_SHIFT_MS: String(shift) },
        detached: true,
        stdio: ['ignore', log, log, 'ipc'], // without us it ends by itself
      },
    );
    closeSync(log);
    this.starts += 1;
    this.#child = child;
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
      if (this.#wanted) void sleep(RESTART_MS).then(() => this.#wanted && !this.#child && this.start());
    });
  }

  /** @param {'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'} signal */
  signal(signal) {
    this.#child?.kill(signal);
  }

  /** Ends it for good. */
  async end() {
    this.#wanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(patience);
  }

  /** Whether it says that it works. */
  async isWell() {
    const path = this.isApi ? `${this.env.PORT}/readyz` : `${this.env.YINKE_WORKER_PORT}/healthz`;
    try {
      const answer = await fetch(`http://127.0.0.1:${path}`, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
