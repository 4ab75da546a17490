// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { Redis } from 'ioredis';
import { embeddedSecrets, ensureBinaries } from '../../../scripts/embedded-stores/index.mjs';
import { startMariadb } from '../../../scripts/embedded-stores/mariadb.mjs';
import { startRedis } from '../../../scripts/embedded-stores/redis.mjs';
import { readIdentity } from '../../../scripts/lib/pid-files.mjs';

/** A disk of its own for the database, so that it can be filled; as large as a long run may need. */
const DISK_MB = 2_500;
const MEGABYTE = 1 << 20;
const PAGE = 4_096;

/**
 * MariaDB and Redis of the run, which can be stopped, killed, emptied and started anew.
 */
export class Stores {
  /** @type {Awaited<ReturnType<typeof startMariadb>> | undefined} */
  #mariadb;
  /** @type {Awaited<ReturnType<typeof startRedis>> | undefined} */
  #redis;
  /** @type {mysql.Pool | undefined} */
  #pool;
  /** @type {Redis | undefined} */
  #client;
  /** Told the new port whenever a store starts. @type {((ports: { mariadb: number, redis: number }) => void)[]} */
  followers = [];

  /** @param {string} folder @param {AbortSignal} signal */
  constructor(folder, signal) {
    this.folder = folder;
    this.signal = signal;
    this.disk = join(folder, 'disk');
    this.hasDisk = false;
  }

  async start() {
    mkdirSync(this.disk, { recursive: true });
    this.hasDisk =
      process.getuid?.() === 0 &&
      spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=700`, 'tmpfs', this.disk]).status === 0;
    this.binaries = await ensureBinaries(this.signal);
    await this.startMariadb();
    await this.startRedis();
    for (const statement of [
      'CREATE DATABASE IF NOT EXISTS faults',
      'CREATE TABLE faults.ballast (id INT PRIMARY KEY, n INT NOT NULL)',
      'INSERT INTO faults.ballast SELECT seq, 0 FROM seq_1_to_2000',
    ])
      await this.query(statement);
  }

  async startMariadb() {
    const secrets = embeddedSecrets(this.folder);
    const { binaries, signal } = this;
    if (!binaries) throw new Error('not started');
    const settings = { durable: true, bufferPoolMb: 256, allPrivileges: true };
    this.#mariadb = await startMariadb({ folder: this.disk, binaries, secrets, signal, ...settings });
    const { port } = this.#mariadb;
    await this.#pool?.end().catch(() => undefined);
    this.#pool = mysql.createPool({
      uri: `mysql://yinke:${secrets.databasePassword}@127.0.0.1:${port}/yinke`,
      connectionLimit: 6,
      supportBigNumbers: true,
      timezone: 'Z',
    });
    this.#tell();
  }

  async startRedis() {
    const { redisPassword: password } = embeddedSecrets(this.folder);
    const { binaries, signal } = this;
    if (!binaries) throw new Error('not started');
    this.#redis = await startRedis({ folder: this.folder, binaries, password, durable: true, signal });
    this.#client?.disconnect();
    this.#client = new Redis(this.#redis.port, '127.0.0.1', { password });
    this.#client.on('error', () => undefined);
    this.#tell();
  }

  #tell() {
    if (!this.#mariadb || !this.#redis) return;
    const ports = { mariadb: this.#mariadb.port, redis: this.#redis.port };
    for (const follower of this.followers) follower(ports);
  }

  get ports() {
    return { mariadb: this.#mariadb?.port ?? 0, redis: this.#redis?.port ?? 0 };
  }

  /** Of the user of the service, who unlike ours may not write when everybody else may only read. @param {number} port of a proxy before it */
  databaseUrl(port) {
    return `mysql://yinke_service:${embeddedSecrets(this.folder).servicePassword}@127.0.0.1:${port}/yinke`;
  }

  /** Settings of the migration and the audit, which have users of their own. */
  get otherUrls() {
    const { databasePassword, auditPassword } = embeddedSecrets(this.folder);
    const at = `127.0.0.1:${this.ports.mariadb}/yinke`;
    return {
      DATABASE_MIGRATION_URL: `mysql://yinke:${databasePassword}@${at}`,
      DATABASE_AUDIT_URL: `mysql://yinke_audit:${auditPassword}@${at}`,
    };
  }

  /** @param {number} port of a proxy before it */
  redisUrl(port) {
    return `redis://:${embeddedSecrets(this.folder).redisPassword}@127.0.0.1:${port}/0`;
  }

  /** @param {string} sql @param {unknown[]} [values] @returns {Promise<any[]>} */
  async query(sql, values) {
    if (!this.#pool) throw new Error('not started');
    const [rows] = await this.#pool.query(sql, values);
    return /** @type {any[]} */ (rows);
  }

  /** A session of ours beside those of the service. */
  session() {
    if (!this.#pool) throw new Error('not started');
    return this.#pool.getConnection();
  }

  get redis() {
    if (!this.#client) throw new Error('not started');
    return this.#client;
  }

  /** @param {'mariadb' | 'redis'} store @param {'SIGKILL' | 'SIGSTOP' | 'SIGCONT'} signal */
  signalStore(store, signal) {
    const folder = store === 'mariadb' ? this.disk : this.folder;
    const identity = readIdentity(join(folder, `${store}.pid`));
    if (identity) process.kill(identity.pid, signal);
  }

  async killMariadb() {
    this.signalStore('mariadb', 'SIGKILL');
    await this.#mariadb?.stop();
  }

  /** Starts MariaDB anew when it has ended by itself, as whatever runs databases does: one whose disk is full may. */
  async reviveMariadb() {
    if (readIdentity(join(this.disk, 'mariadb.pid'))) return;
    await this.#mariadb?.stop();
    await this.startMariadb();
  }

  /** Ends Redis; `empty`: what it had is gone. @param {{ empty: boolean }} how */
  async endRedis({ empty }) {
    this.signalStore('redis', 'SIGKILL');
    await this.#redis?.stop();
    if (empty) rmSync(join(this.folder, 'redis'), { recursive: true, force: true });
  }

  /** Fills the disk of the database to the last page. */
  fillDisk() {
    const { bavail, bsize } = statfsSync(this.disk);
    const file = join(this.disk, 'ballast');
    spawnSync('fallocate', ['-l', String(bavail * bsize - MEGABYTE), file]);
    // The rest, to the last page.
    for (let left = 2 * MEGABYTE; left > 0; left -= PAGE) {
      try {
        writeFileSync(file, Buffer.alloc(PAGE), { flag: 'a' });
      } catch {
        return;
      }
    }
  }

  emptyDisk() {
    rmSync(join(this.disk, 'ballast'), { force: true });
  }

  async stop() {
    this.#client?.disconnect();
    for (const store of /** @type {const} */ (['mariadb', 'redis'])) {
      try {
        this.signalStore(store, 'SIGCONT');
      } catch {
        // it has ended
      }
    }
    this.#pool?.end().catch(() => undefined); // a session of a fault may still be out
    await Promise.allSettled([this.#mariadb?.stop(), this.#redis?.stop()]);
    await unmount(this.disk);
  }
}

/** Takes the disk of the run, or of one that was killed, away. @param {string} disk */
export async function unmount(disk) {
  for (let tries = 0; tries < 80 && isMounted(disk); tries += 1) {
    if (spawnSync('umount', [disk]).status === 0) return;
    await sleep(250);
  }
}

/** @param {string} disk */
const isMounted = (disk) => existsSync('/proc/mounts') && readFileSync('/proc/mounts', 'utf8').includes(` ${disk} `);
