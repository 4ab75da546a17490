// @ts-check
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, tail } from '../../../scripts/lib/run.mjs';
import { freePort } from '../../../scripts/lib/ports.mjs';
import { embeddedSecrets } from '../../../scripts/embedded-stores/index.mjs';
import { startBankSimulator } from '../../../simulators/http-bank.mjs';
import { startBalancer } from '../../support/balancer.mjs';
import { Client } from './client.mjs';
import { Model } from './model.mjs';
import { startRedisProxy } from './redis-proxy.mjs';
import { startSqlProxy } from './sql-proxy.mjs';
import { Stores } from './stores.mjs';
import { Supervised } from './supervised.mjs';

const PASSWORD = 'a long enough password';
const MERCHANTS = 12;
/** For the first start of four processes, on a machine that may have other things to do. */
const START_MS = 240_000;

/** As in production, but for waits that would only make the run longer. */
const SETTINGS = {
  YINKE_EMBEDDED: '1', // the operator's sample accounts
  YINKE_LOG_LEVEL: 'warn',
  YINKE_BROWSER_CALLS_PER_MINUTE: '0',
  YINKE_SWEEP_SECONDS: '1',
  YINKE_AUDIT_SECONDS: '60',
  YINKE_STOP_GRACE_SECONDS: '1',
  YINKE_HTTP_BANK_TIMEOUT_MS: '400',
  DATABASE_POOL_SIZE: '10',
  DATABASE_STATEMENT_SECONDS: '5',
  DATABASE_WAIT_SECONDS: '2',
};

/** Everything that takes part in a run. */
export class World {
  /** @type {Supervised[]} */
  processes = [];
  /** @type {{ id: string, code: string }[]} */
  merchants = [];
  model = new Model();
  keys = { sk: '', pk: '' };
  people = { maker: '', checker: '' };
  storefront = '';
  couponAsset = '';
  /** @type {string[]} what should not be */
  findings = [];
  over = false;
  /** What has happened so far. @type {import('./runner.mjs').Round[]} */
  rounds = [];
  /** What cannot be had on this machine. @type {import('./faults.mjs').Fault[]} */
  impossible = [];
  /** @type {{ home: string, commit: string } | undefined} */
  otherVersion;
  /** Ends what makes the database slow. @type {(() => void)[]} */
  slow = [];
  /** Stopped for long: nobody expects them to be well. @type {Set<Supervised>} */
  held = new Set();
  /** Longest pause of a shopper between two orders. */
  pauseMs = 120;
  /** @type {Promise<void> | undefined} */
  #rest;
  #wake = () => {};
  /** @type {Client | undefined} */
  #client;
  /** @type {Awaited<ReturnType<typeof startBankSimulator>> | undefined} */
  #bank;
  /** @type {(() => unknown)[]} */
  #undo = [];

  /**
   * @param {string} folder @param {import('./chance.mjs').Chance} chance @param {AbortSignal} signal
   * @param {(line: string) => void} say
   * @param {Stores} stores
   */
  constructor(folder, chance, signal, say, stores = new Stores(folder, signal)) {
    this.folder = folder;
    this.chance = chance;
    this.signal = signal;
    this.say = say;
    this.stores = stores;
    this.faultChance = chance.fork('faults');
  }

  /** While a fault lasts. @param {number} ms */
  async during(ms) {
    await sleep(ms, undefined, { signal: this.signal });
  }

  /** Settings of programs that go to the stores past all proxies. @returns {NodeJS.ProcessEnv} */
  get directEnv() {
    const { mariadb, redis } = this.stores.ports;
    return {
      ...this.env,
      ...this.stores.otherUrls,
      DATABASE_URL: this.stores.databaseUrl(mariadb),
      REDIS_URL: this.stores.redisUrl(redis),
    };
  }

  get client() {
    if (!this.#client) throw new Error('not started');
    return this.#client;
  }

  get bank() {
    if (!this.#bank) throw new Error('not started');
    return this.#bank;
  }

  get apis() {
    return this.processes.filter(({ isApi }) => isApi);
  }

  get workers() {
    return this.processes.filter(({ isApi }) => !isApi);
  }

  /** @param {string} what */
  finding(what) {
    this.findings.push(what);
    this.say(`  FOUND  ${what}`);
  }

  /** Where a shopper or clerk waits while the workload rests. */
  async turn() {
    this.signal.throwIfAborted();
    await this.#rest;
  }

  rest() {
    this.#rest ??= new Promise((resolve) => {
      this.#wake = () => {
        this.#rest = undefined;
        resolve();
      };
    });
  }

  resume() {
    this.#wake();
  }

  async start() {
    this.#undo.push(() => this.stores.stop());
    await this.stores.start();
    this.#bank = await startBankSimulator();
    this.#undo.push(() => this.#bank?.close());
    const secrets = embeddedSecrets(this.folder).environment;
    this.env = { PATH: process.env.PATH, ...secrets, ...SETTINGS, YINKE_HTTP_BANK_URL: this.bank.url };
    const migration = await run(process.execPath, ['dist/migrate.js'], { env: this.directEnv, signal: this.signal });
    if (migration.code !== 0) throw new Error(tail(migration.output));

    for (const [name, program] of /** @type {const} */ ([
      ['api-1', 'main'],
      ['api-2', 'main'],
      ['worker-1', 'worker'],
      ['worker-2', 'worker'],
    ])) {
      await this.#add(name, program);
    }
    this.#undo.push(() => Promise.all(this.processes.map((one) => one.end())));
    // One API and one worker are of another version, where there is one.
    for (const one of this.processes) {
      if (this.otherVersion && one.name.endsWith('2')) one.home = this.otherVersion.home;
      one.start();
    }
    this.stores.followers.push(({ mariadb, redis }) => {
      for (const one of this.processes) {
        one.sql.aim(mariadb);
        one.redis.aim(redis);
      }
    });
    this.balancer = await startBalancer(this.apis.map(({ env: { PORT } }) => Number(PORT)));
    this.#undo.push(() => this.balancer?.close());
    await this.allWell(START_MS);
    this.#client = new Client(this.balancer.baseUrl, this.chance.fork('client'));
    this.#undo.push(() => this.#client?.close());
    await this.#open(secrets);
  }

  /** @param {string} name @param {'main' | 'worker'} program */
  async #add(name, program) {
    const { sql, redis, urls, close } = await this.wayToStores(name);
    this.#undo.push(close);
    const env = {
      ...this.env,
      ...urls,
      PORT: String(await freePort()),
      YINKE_WORKER_PORT: String(await freePort()),
    };
    const logFile = join(this.folder, `${name}.log`);
    this.processes.push(new Supervised({ name, program, env, logFile, sql, redis }));
  }

  /** How a process gets to the stores: by proxies of its own. @param {string} _name @returns {Promise<any>} */
  // eslint-disable-next-line no-unused-vars -- where stores are many, the way depends on who goes it
  async wayToStores(_name) {
    const sql = await startSqlProxy(this.stores.ports.mariadb);
    const redis = await startRedisProxy(this.stores.ports.redis);
    return {
      sql,
      redis,
      urls: { DATABASE_URL: this.stores.databaseUrl(sql.port), REDIS_URL: this.stores.redisUrl(redis.port) },
      close: () => Promise.all([sql.close(), redis.close()]),
    };
  }

  /** Waits until every process says that it works. @param {number} withinMs */
  async allWell(withinMs) {
    const end = Date.now() + withinMs;
    let ill = this.processes;
    while (ill.length > 0) {
      this.signal.throwIfAborted();
      const well = await Promise.all(ill.map((one) => one.isWell()));
      ill = ill.filter((_, index) => !well[index]);
      if (ill.length === 0) return;
      if (Date.now() > end) throw new Error(`${ill.map(({ name }) => name).join(', ')}: not well in time`);
      await sleep(100);
    }
  }

  /** The shop, its people, merchants and rules, all over the API. @param {Record<string, string>} secrets */
  async #open(secrets) {
    const { client } = this;
    /** @param {string} token @param {string} path @param {object} [body] */
    const post = async (token, path, body) => {
      const { known, body: answer, code } = await client.insist({ path, token, body }, 10_000);
      if (known !== 'done') throw new Error(`${path}: ${known} ${code} ${client.surprises.at(-1)}`);
      return answer;
    };
    const signIn = async (/** @type {string} */ email, password = PASSWORD) =>
      (await post('', '/v1/staff/sessions', { email, password })).token;
    const admin = await signIn(String(secrets.YINKE_ADMIN_EMAIL), secrets.YINKE_ADMIN_PASSWORD);
    const hire = async (/** @type {string} */ role) => {
      const email = `${role}@faults.test`;
      await post(admin, '/v1/staff', { email, password: PASSWORD, roles: [role] });
      return signIn(email);
    };
    const reviewer = await hire('reviewer');
    this.people = { maker: await hire('finance-maker'), checker: await hire('finance-checker') };
    const shop = await post(admin, '/v1/storefronts', {
      name: 'Shop',
      currency: 'CNY',
      homeUrl: 'https://shop.example/',
      origins: ['https://shop.example'],
    });
    this.storefront = shop.id;
    this.keys = { sk: shop.secretKey, pk: shop.publishableKey };
    const always = { scope: {}, validFrom: '2020-01-01T00:00:00Z' };
    await post(admin, '/v1/coupon-templates', {
      name: 'tea',
      title: 'A cup of tea',
      currency: 'CNY',
      kind: 'amount-off',
      amount: 500,
      validDays: 90,
    });
    this.couponAsset = 'COUPON:tea';
    for (const grant of [
      { asset: 'CNY', kind: 'percent', rateBps: 1_000 },
      { asset: 'POINTS', kind: 'per-amount', per: 100, units: 1 },
      { asset: this.couponAsset, kind: 'fixed', amount: 1 },
    ])
      await post(admin, '/v1/reward-rules', { ...always, posting: 'direct', grants: [grant] });
    await post(admin, '/v1/price-rules', { ...always, kind: 'percent-off', rateBps: 1_000 });
    for (let n = 0; n < MERCHANTS; n += 1) {
      const bankAccount = {
        holder: 'Li Wei',
        number: `62220212345${String(n).padStart(8, '0')}`,
        bankName: 'ICBC',
        country: 'CN',
        town: 'Beijing',
      };
      const form = { wechatId: `seller_${n}`, displayName: `Seller ${n}`, bankAccount, consent: true };
      const { id } = await post(this.keys.pk, '/v1/merchant-applications', form);
      const { merchant } = await post(reviewer, `/v1/merchant-applications/${id}/approve`, {});
      this.merchants.push({ id: merchant.id, code: merchant.code });
    }
    await sleep(1_000); // every process has looked at merchants and rules again
  }

  /** Ends everything, last started first. */
  async stop() {
    this.over = true;
    this.resume();
    for (let step = this.#undo.pop(); step; step = this.#undo.pop()) {
      try {
        await step();
      } catch (error) {
        this.say(`while stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
