// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { Client } from '../../demo/client.mjs';
import { readIdentity } from '../../scripts/lib/pid-files.mjs';
import { Refusal } from '../../scripts/lib/say.mjs';
import { startService } from '../../scripts/service/index.mjs';

const PASSWORD = 'the long password of a shard';
/** Ten per cent of what was paid. */
const RATE_BPS = 1_000;
/** Of /proc: processor time is told in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** What an order writes, table by table; nothing else is looked at when nothing may cross. */
const WRITTEN = [
  'visit',
  'shop_order',
  'refund',
  'order_event',
  'reward',
  'journal',
  'entry',
  'account',
  'idempotency_key',
];

/** @typedef {import('mysql2/promise').RowDataPacket} Row */
/** @typedef {{ statements: number, rows: number, redoBytes: number, flushes: number, seconds: Record<string, number> }} Cost */

/** One shard: the whole service with a database and a Redis of its own. It knows of no other. */
export class Shard {
  /** @type {import('../../scripts/service/index.mjs').Service | undefined} */
  #service;
  /** @type {mysql.Connection | undefined} */
  #database;
  keys = { sk: '', pk: '' };
  /** @type {Client | undefined} */
  #auditor;
  /** @type {Client | undefined} */
  #reviewer;

  /** @param {string} name @param {string} folder @param {AbortSignal} signal */
  constructor(name, folder, signal) {
    this.name = name;
    this.folder = folder;
    this.signal = signal;
  }

  get service() {
    if (!this.#service) throw new Error(`shard ${this.name} has not been started`);
    return this.#service;
  }

  get database() {
    if (!this.#database) throw new Error(`shard ${this.name} has not been started`);
    return this.#database;
  }

  /** The storefront's server. */
  get shop() {
    return new Client(this.service.baseUrl, this.signal, this.keys.sk);
  }

  /** Starts it, and opens the same storefront with the same rule in it. */
  async start() {
    this.#service = await startService({
      folder: this.folder,
      empty: true,
      quiet: true,
      bufferPoolMb: 128,
      env: { PORT: '0', YINKE_LOG_LEVEL: 'warn', YINKE_KEY_CALLS_PER_MINUTE: '0', YINKE_SEAL_AFTER_SECONDS: '1' },
      signal: this.signal,
    });
    this.#database = await mysql.createConnection({ uri: this.service.databaseUrl, supportBigNumbers: true });
    const nobody = new Client(this.service.baseUrl, this.signal);
    /** @param {{ email: string, password: string }} who */
    const signIn = async (who) => nobody.as((await nobody.post('/v1/staff/sessions', who)).token);
    const admin = await signIn(this.service.admin);
    /** @param {string} role */
    const hire = async (role) => {
      const email = `${role}@shards.test`;
      await admin.post('/v1/staff', { email, password: PASSWORD, roles: [role] });
      return signIn({ email, password: PASSWORD });
    };
    this.#auditor = await hire('auditor');
    this.#reviewer = await hire('reviewer');
    const shop = await admin.post('/v1/storefronts', {
      name: 'Shop',
      currency: 'CNY',
      homeUrl: 'https://shop.example/',
      origins: ['https://shop.example'],
    });
    this.keys = { sk: shop.secretKey, pk: shop.publishableKey };
    await admin.post('/v1/reward-rules', {
      scope: {},
      validFrom: '2020-01-01T00:00:00Z',
      posting: 'direct',
      grants: [{ asset: 'CNY', kind: 'percent', rateBps: RATE_BPS }],
    });
  }

  /** @param {string} wechatId @returns {Promise<{ id: string, code: string }>} */
  async addMerchant(wechatId) {
    const form = { wechatId, displayName: wechatId, consent: true };
    const { id } = await this.shop.as(this.keys.pk).post('/v1/merchant-applications', form);
    const { merchant } = await known(this.#reviewer).post(`/v1/merchant-applications/${id}/approve`, {});
    return merchant;
  }

  /** Whether every event of an order has become money, and every journal has been chained. */
  async isAtRest() {
    const [[row]] = /** @type {[Row[], unknown]} */ (
      await this.database.query(
        `SELECT (SELECT COUNT(*) FROM order_event WHERE state <> 'posted') waiting,
                (SELECT COUNT(*) FROM journal) - (SELECT COUNT(*) FROM journal_seal) unsealed`,
      )
    );
    return Number(row?.waiting) === 0 && Number(row?.unsealed) === 0;
  }

  /** What stands in the tables that orders write: any row that is added or changed makes it another. */
  async content() {
    const tables = await this.#tables();
    const [rows] = await this.database.query(`CHECKSUM TABLE ${tables.join(', ')}`);
    return JSON.stringify(
      /** @type {Row[]} */ (rows).map(({ Table, Checksum }) => [Table.split('.').at(-1), Checksum]),
    );
  }

  /** What it has cost so far. @returns {Promise<Cost>} */
  async cost() {
    const [rows] = /** @type {[Row[], unknown]} */ (await this.database.query('SHOW GLOBAL STATUS'));
    const status = new Map(
      rows.map(({ Variable_name: name, Value: value }) => [String(name).toLowerCase(), Number(value)]),
    );
    /** @param {string} name */
    const of = (name) => {
      const value = status.get(name);
      if (value === undefined) throw new Refusal(`this MariaDB does not tell ${name}`);
      return value;
    };
    const files = { API: 'api.pid', worker: 'worker.pid', MariaDB: 'mariadb.pid', Redis: 'redis.pid' };
    return {
      statements: of('questions'),
      rows: of('handler_write') + of('handler_update') + of('handler_delete'),
      redoBytes: of('innodb_os_log_written'),
      flushes: of('innodb_data_fsyncs'),
      seconds: Object.fromEntries(
        Object.entries(files).map(([name, file]) => [name, processorSeconds(join(this.folder, file))]),
      ),
    };
  }

  /** Bytes of the tables that orders write, with their indexes. */
  async bytes() {
    const tables = await this.#tables();
    await this.database.query(`ANALYZE TABLE ${tables.join(', ')}`);
    const [[row]] = /** @type {[Row[], unknown]} */ (
      await this.database.query(
        `SELECT SUM(data_length) data, SUM(index_length) indexes FROM information_schema.tables
          WHERE table_schema = DATABASE() AND table_name IN (?)`,
        [tables],
      )
    );
    return { data: Number(row?.data), indexes: Number(row?.indexes) };
  }

  /** Balances of every merchant who is in its books. @returns {Promise<Map<string, bigint>>} */
  async balances() {
    const [rows] = await this.database.query("SELECT merchant_id id, available FROM account WHERE asset = 'CNY'");
    return new Map(/** @type {Row[]} */ (rows).map(({ id, available }) => [id, BigInt(available)]));
  }

  /** Whether every invariant and the chain hold, and what the accounts of each asset come to. */
  async audit() {
    const auditor = known(this.#auditor);
    const { clean } = await auditor.get('/v1/finance/audit');
    const { totals } = await auditor.get('/v1/finance/trial-balance');
    return { clean: clean === true, sums: /** @type {{ sum: number }[]} */ (totals).map(({ sum }) => sum) };
  }

  async stop() {
    await this.#database?.end();
    await this.#service?.stop();
  }

  async #tables() {
    const [rows] = await this.database.query(
      'SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN (?) ORDER BY 1',
      [WRITTEN],
    );
    return /** @type {Row[]} */ (rows).map(({ name }) => String(name));
  }
}

/** @template T @param {T | undefined} value @returns {T} */
function known(value) {
  if (value === undefined) throw new Error('the shard has not been started');
  return value;
}

/** Processor time of a process so far, in user and kernel. @param {string} pidFile */
function processorSeconds(pidFile) {
  const identity = readIdentity(pidFile);
  if (!identity) throw new Refusal(`${pidFile} is not there`);
  const stat = readFileSync(`/proc/${identity.pid}/stat`, 'utf8');
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}
