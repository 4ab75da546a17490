// @ts-check
/** Where one benchmark runs: a database of its own, processes of the service, limits, and the load generator. */
import mysql from 'mysql2/promise';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder } from '../../scripts/lib/data-folder.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { root } from '../../scripts/lib/say.mjs';
import { Undo } from '../../scripts/lib/script.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {mysql.RowDataPacket} Row */

/** A part of every size, to try out whether a benchmark works. */
const SCALE = Number(process.env.BENCH_SCALE ?? 1);

export class World {
  /** Processes that ran, by what they are, for the line about what was beside. @type {Set<string>} */
  beside = new Set(['load generator', 'MariaDB', 'Redis']);
  /** Profiles that are written, and the moment (µs of the monotonic clock) at which their process was ready. @type {Map<string, bigint>} */
  profiles = new Map();
  #undo = new Undo();
  /** @type {ChildProcess | undefined} */
  #generator;

  /**
   * @param {string} name
   * @param {{ large: boolean, profile: boolean }} options
   * @param {mysql.Pool} pool
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(name, { large, profile }, pool, env) {
    this.name = name;
    this.large = large;
    this.profile = profile;
    /** Connections of the benchmark itself, for rows that are there beforehand and for limits that are SQL alone. */
    this.pool = pool;
    this.env = env;
  }

  /**
   * An empty database with the program's tables.
   * @param {string} name
   * @param {{ large: boolean, profile: boolean }} options
   */
  static async open(name, options) {
    const database = `yinke_bench_${name.replaceAll('-', '_')}`;
    const url = new URL(process.env.DATABASE_URL ?? '');
    const server = await mysql.createConnection({ uri: url.href, supportBigNumbers: true });
    await server.query(`DROP DATABASE IF EXISTS ${database}`);
    await server.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
    url.pathname = `/${database}`;
    const env = {
      ...process.env,
      DATABASE_URL: url.href,
      YINKE_QUEUE_PREFIX: `{${database}}`,
      YINKE_LOG_LEVEL: 'error',
      YINKE_KEY_CALLS_PER_MINUTE: '0',
      YINKE_BROWSER_CALLS_PER_MINUTE: '0',
      YINKE_STOP_GRACE_SECONDS: '0',
      YINKE_WORKER_PORT: '',
    };
    const { code, output } = await run(process.execPath, ['dist/migrate.js'], { env });
    if (code !== 0) throw new Error(`the tables could not be made:\n${output}`);
    const pool = mysql.createPool({
      uri: url.href,
      connectionLimit: 20,
      supportBigNumbers: true,
      bigNumberStrings: true,
      timezone: 'Z',
      flags: ['-FOUND_ROWS'],
    });
    const world = new World(name, options, pool, env);
    world.#undo.add(async () => {
      await pool.end();
      await server.query(`DROP DATABASE IF EXISTS ${database}`);
      await server.end();
    });
    return world;
  }

  close() {
    return this.#undo.run();
  }

  /** @param {() => unknown} step last first, before the processes are stopped that were started before */
  whenClosed(step) {
    this.#undo.add(step);
  }

  /** How much of something there is: as usual, or by --large. @param {number} usual @param {number} large */
  size = (usual, large) => Math.ceil((this.large ? large : usual) * SCALE);

  /** @param {string} line */
  say = (line) => void process.stderr.write(`  ${line}\n`);

  /** @param {string} sql @param {any[]} [values] @returns {Promise<Row[]>} */
  query = async (sql, values = []) => {
    const [rows] = /** @type {[Row[], unknown]} */ (await this.pool.query(sql, values));
    return rows;
  };

  /** @param {string} table @param {string} [where] */
  async count(table, where = '') {
    return Number((await this.query(`SELECT COUNT(*) n FROM ${table} ${where}`))[0]?.n);
  }

  /** An API process. @param {Record<string, string>} [settings] */
  startApi(settings = {}) {
    return this.#startServer('API', 'dist/main.js', { settings, isOurs: true });
  }

  /**
   * A worker process; it does nothing on its own unless `settings` say so, since sweeps are not what is measured.
   * @param {Record<string, string>} [settings]
   */
  async startWorker(settings = {}) {
    const port = await freePort();
    const asked = { YINKE_SWEEP_SECONDS: '3600', YINKE_AUDIT_SECONDS: '86400', YINKE_WORKER_PORT: String(port) };
    const worker = this.#start('worker', 'dist/worker.js', { settings: { ...asked, ...settings }, isOurs: true });
    await this.#answered(`http://127.0.0.1:${port}/healthz`, worker);
    return worker;
  }

  /**
   * The server of a limit, a file of bench/limits; it is sent `plan` before it listens.
   * @param {string} file
   * @param {unknown} plan
   */
  startLimit(file, plan) {
    return this.#startServer(`limit (${file})`, `bench/limits/${file}`, { plan, isOurs: false });
  }

  /** @param {string} label @param {string} entry @param {{ settings?: Record<string, string>, plan?: unknown, isOurs: boolean }} options */
  async #startServer(label, entry, { settings, plan, isOurs }) {
    const port = await freePort();
    const server = this.#start(label, entry, {
      settings: { HOST: '127.0.0.1', PORT: String(port), ...settings },
      isOurs,
    });
    if (plan !== undefined) server.child.send(/** @type {object} */ (plan));
    const baseUrl = `http://127.0.0.1:${port}`;
    await this.#answered(baseUrl, server);
    return { ...server, baseUrl };
  }

  /** @param {string} url @param {{ throwIfEnded: () => void, profile: string | undefined }} server */
  async #answered(url, server) {
    for (const end = Date.now() + 120_000; ; await sleep(50)) {
      server.throwIfEnded();
      if (await fetch(url).catch(() => undefined)) {
        if (server.profile) this.profiles.set(server.profile, process.hrtime.bigint() / 1000n);
        return;
      }
      if (Date.now() > end) throw new Error(`${url} did not answer within two minutes`);
    }
  }

  /** @param {string} label @param {string} entry @param {{ settings: Record<string, string>, isOurs: boolean }} options */
  #start(label, entry, { settings, isOurs }) {
    this.beside.add(label);
    const profile = this.profile && isOurs ? this.#profileOf(label) : undefined;
    const child = fork(join(root, entry), [], {
      cwd: root,
      env: { ...this.env, ...settings },
      execArgv: profile
        ? ['--cpu-prof', `--cpu-prof-dir=${dirname(profile)}`, `--cpu-prof-name=${basename(profile)}`]
        : [],
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const exited = once(child, 'exit');
    const stop = async () => {
      child.kill('SIGTERM');
      await exited;
    };
    this.#undo.add(stop);
    const throwIfEnded = () => {
      if (child.exitCode !== null) throw new Error(`${entry} ended with code ${child.exitCode}`);
    };
    return { child, profile, pid: child.pid ?? 0, throwIfEnded, stop };
  }

  /** @param {string} label */
  #profileOf(label) {
    const folder = join(dataFolder, 'profiles');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${this.name}-${label}-${this.profiles.size + 1}.cpuprofile`);
    this.profiles.set(file, 0n);
    return file;
  }

  /**
   * @param {Partial<import('./load-generator.mjs').Load> & Pick<import('./load-generator.mjs').Load, 'url' | 'requests'>} load
   * @returns {Promise<import('./load-generator.mjs').Answered>}
   */
  async load(load) {
    const { body } = load.requests[0] ?? {};
    const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...load.headers };
    const method = body === undefined ? 'GET' : 'POST';
    const whole = { method, status: method === 'GET' ? 200 : 201, connections: 32, ...load, headers };
    const generator = (this.#generator ??= this.#startGenerator());
    generator.send(whole);
    const [message] = await once(generator, 'message');
    if (message.error) throw new Error(message.error);
    return message.answered;
  }

  #startGenerator() {
    const generator = fork(join(root, 'bench/lib/load-generator.mjs'), { cwd: root });
    this.#undo.add(() => generator.disconnect());
    return generator;
  }
}

/** Memory that a process has now, in bytes; where /proc is not, 0. @param {number} pid */
export function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
