// @ts-check
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { run, tail } from '../../scripts/lib/run.mjs';
import { ClusterNode } from './node.mjs';

const PORT = 13_306;
const GROUP_PORT = 14_567;
const TRANSFER_PORTS = { increments: 14_568, state: 14_444 };

/** A silent node is put out after two seconds and not after five, so that a run is short. */
const TIMES =
  'evs.keepalive_period=PT0.5S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT6S;evs.inactive_check_period=PT0.25S';

/** @typedef {import('../../scripts/embedded-stores/cluster-programs.mjs').ensureClusterPrograms} Ensure */
/** @typedef {Awaited<ReturnType<Ensure>>} Programs */

/** MariaDB servers that hold the same data, each of which takes writes as long as it sees the majority. */
export class Galera {
  /** @type {ClusterNode[]} */
  nodes = [];

  /**
   * @param {object} given
   * @param {string} given.folder
   * @param {Programs} given.programs
   * @param {import('./networks.mjs').Networks} given.networks
   * @param {import('../../scripts/embedded-stores/secrets.mjs').DatabasePasswords} given.secrets
   * @param {AbortSignal} given.signal
   */
  constructor({ folder, programs, networks, secrets, signal }) {
    this.folder = folder;
    this.programs = programs;
    this.networks = networks;
    this.secrets = secrets;
    this.signal = signal;
  }

  /** `host:port` of all, beginning with node `first`. @param {number} [first] */
  hosts(first = 1) {
    return this.#numbers.map((n) => this.addressOf(((n + first - 2) % 3) + 1)).join(',');
  }

  /** @param {number} n from 1 */
  addressOf(n) {
    return `${this.networks.address(n)}:${PORT}`;
  }

  get #numbers() {
    return [1, 2, 3];
  }

  async start() {
    for (const n of this.#numbers) this.nodes.push(this.#node(n));
    const home = join(this.folder, 'db-1');
    const made = await run(
      this.programs.mariadbInstallDb,
      [
        '--no-defaults',
        '--user=root',
        '--datadir=./data',
        '--skip-test-db',
        '--auth-root-authentication-method=socket',
      ],
      { cwd: home, signal: this.signal },
    );
    if (made.code !== 0) throw new Error(`mariadb-install-db failed:\n${tail(made.output)}`);
    await this.node(1).start(this.signal, ['--wsrep-new-cluster', `--init-file=${this.#usersFile()}`]);
    for (const n of [2, 3]) await this.node(n).start(this.signal);
  }

  /** @param {number} n from 1 */
  node(n) {
    const node = this.nodes[n - 1];
    if (!node) throw new Error(`there is no node ${n}`);
    return node;
  }

  /** Loses all that it has, so that it needs the whole state when it comes back. @param {number} n */
  empty(n) {
    for (const name of ['data', 'tmp']) {
      rmSync(join(this.folder, `db-${n}`, name), { recursive: true, force: true });
      mkdirSync(join(this.folder, `db-${n}`, name));
    }
  }

  /** Over no list of addresses: what this node says. @template T @param {number} n @param {(connection: mysql.Connection) => Promise<T>} ask */
  async at(n, ask) {
    const connection = await mysql.createConnection({
      host: this.networks.address(n),
      port: PORT,
      user: 'yinke',
      password: this.secrets.databasePassword,
      database: 'yinke',
      connectTimeout: 3_000,
    });
    connection.on('error', () => undefined);
    try {
      return await ask(connection);
    } finally {
      connection.destroy();
    }
  }

  /** Whether it is one of three that see each other. @param {number} n */
  async isWhole(n) {
    try {
      return await this.at(n, async (connection) => {
        const [rows] = await connection.query({
          sql: "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_cluster_size', 'wsrep_local_state_comment', 'wsrep_ready')",
          timeout: 2_000,
        });
        const found = /** @type {{ Value: string }[]} */ (rows).map(({ Value }) => Value);
        return ['3', 'Synced', 'ON'].every((wanted) => found.includes(wanted));
      });
    } catch {
      return false;
    }
  }

  /** Until all see each other again and have the same. @returns {Promise<number>} milliseconds */
  async whole() {
    const start = Date.now();
    for (; ; await sleep(100, undefined, { signal: this.signal })) {
      const well = await Promise.all(this.#numbers.map((n) => this.isWhole(n)));
      if (well.every(Boolean)) return Date.now() - start;
      if (Date.now() - start > 120_000) throw new Error('the database nodes did not find each other within 120 s');
    }
  }

  /** Nobody reaches it and it reaches nobody. @param {number} n */
  async cut(n) {
    if (this.networks.isApart) return this.networks.cut(n);
    await this.at(n, (connection) => connection.query("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'"));
  }

  /** @param {number} n */
  async mend(n) {
    if (this.networks.isApart) return this.networks.mend(n);
    await this.at(n, (connection) => connection.query("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=0'"));
  }

  /** What each table holds, at one node. @param {number} n @returns {Promise<Map<string, string>>} */
  checksums(n) {
    return this.at(n, async (connection) => {
      await connection.query('SET SESSION wsrep_sync_wait = 15');
      const [tables] = await connection.query(
        "SELECT table_name name FROM information_schema.tables WHERE table_schema = 'yinke' ORDER BY table_name",
      );
      const names = /** @type {{ name: string }[]} */ (tables).map(({ name }) => `\`${name}\``);
      const [sums] = await connection.query(`CHECKSUM TABLE ${names.join(', ')}`);
      return new Map(/** @type {any[]} */ (sums).map(({ Table, Checksum }) => [Table, String(Checksum)]));
    });
  }

  /** Which nodes are written to while `during` runs: of each that answers, whether transactions came from it. @param {() => Promise<unknown>} during */
  async writtenTo(during) {
    const count = (/** @type {number} */ n) =>
      this.at(n, async (connection) => {
        const [rows] = await connection.query({ sql: "SHOW GLOBAL STATUS LIKE 'wsrep_replicated'", timeout: 2_000 });
        return Number(/** @type {{ Value: string }[]} */ (rows)[0]?.Value);
      }).catch(() => NaN);
    const before = await Promise.all(this.#numbers.map(count));
    await during();
    const after = await Promise.all(this.#numbers.map(count));
    return this.#numbers.filter((n) => Number(after[n - 1]) > Number(before[n - 1]));
  }

  /** Tables that are not the same everywhere. @returns {Promise<string[]>} */
  async differences() {
    const [first, ...others] = await Promise.all(this.#numbers.map((n) => this.checksums(n)));
    return [...(first ?? [])].flatMap(([table, sum]) =>
      others.every((one) => one.get(table) === sum) ? [] : [`${table} is not the same on all nodes`],
    );
  }

  /** Transactions that the cluster refused because another node was first, since the nodes were started. */
  async conflicts() {
    const of = (/** @type {number} */ n) =>
      this.at(n, async (connection) => {
        const [rows] = await connection.query(
          "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')",
        );
        return /** @type {{ Value: string }[]} */ (rows).reduce((sum, { Value }) => sum + Number(Value), 0);
      });
    return (await Promise.all(this.#numbers.map(of))).reduce((sum, one) => sum + one, 0);
  }

  async stop() {
    // The last one is the one that knows everything.
    for (const node of [...this.nodes].reverse()) await node.stop();
  }

  /** @param {number} n */
  #node(n) {
    const { programs, networks } = this;
    const home = join(this.folder, `db-${n}`);
    mkdirSync(home, { recursive: true });
    this.empty(n);
    if (n === 1) rmSync(join(home, 'data'), { recursive: true });
    const settings = join(home, 'my.cnf');
    writeFileSync(settings, this.#settings(n, home), { mode: 0o600 });
    return new ClusterNode({
      name: `database node ${n}`,
      logFile: join(this.folder, `db-${n}.log`),
      ready: /Synchronized with group, ready for connections/,
      launch: (extra) => ({
        command: [...networks.prefix(n), programs.mariadbd, `--defaults-file=${settings}`, ...extra],
        cwd: home,
        env: { ...process.env, ...programs.env },
      }),
    });
  }

  /** @param {number} n @param {string} home */
  #settings(n, home) {
    const address = this.networks.address(n);
    const others = this.#numbers.map((one) => `${this.networks.address(one)}:${GROUP_PORT}`);
    const lines = [
      '[mysqld]',
      ...(process.getuid?.() === 0 ? ['user=root'] : []),
      `datadir=${join(home, 'data')}`,
      `tmpdir=${join(home, 'tmp')}`,
      `socket=${join(home, 's')}`,
      `bind-address=${address}`,
      `port=${PORT}`,
      'skip-name-resolve',
      'max-connections=300',
      'max-allowed-packet=64M',
      'character-set-server=utf8mb4',
      'collation-server=utf8mb4_bin',
      'default-time-zone=+00:00',
      'performance-schema=OFF',
      'innodb-buffer-pool-size=128M',
      'innodb-flush-log-at-trx-commit=1',
      // Of Galera.
      'binlog-format=ROW',
      'innodb-autoinc-lock-mode=2',
      'wsrep-on=ON',
      `wsrep-provider=${this.programs.provider}`,
      `wsrep-provider-options=gmcast.listen_addr=tcp://${address}:${GROUP_PORT};ist.recv_addr=${address}:${TRANSFER_PORTS.increments};gcache.size=64M;${TIMES}`,
      'wsrep-cluster-name=yinke-test',
      `wsrep-cluster-address=gcomm://${others.join(',')}`,
      `wsrep-node-name=n${n}`,
      `wsrep-node-address=${address}:${GROUP_PORT}`,
      'wsrep-sst-method=mariabackup',
      `wsrep-sst-auth=transfer:${this.secrets.auditPassword}`,
      `wsrep-sst-receive-address=${address}:${TRANSFER_PORTS.state}`,
    ];
    return `${lines.join('\n')}\n`;
  }

  #usersFile() {
    const file = join(this.folder, 'users.sql');
    const { databasePassword, servicePassword, auditPassword } = this.secrets;
    const users = { yinke: databasePassword, yinke_service: servicePassword, yinke_audit: auditPassword };
    const statements = [
      'CREATE DATABASE yinke CHARACTER SET utf8mb4',
      ...Object.entries(users).map(([name, password]) => `CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`),
      "GRANT ALL PRIVILEGES ON *.* TO 'yinke'@'%' WITH GRANT OPTION",
      `CREATE USER 'transfer'@'localhost' IDENTIFIED BY '${auditPassword}'`,
      "GRANT RELOAD, PROCESS, LOCK TABLES, REPLICATION CLIENT, BINLOG MONITOR ON *.* TO 'transfer'@'localhost'",
    ];
    writeFileSync(file, statements.map((statement) => `${statement};\n`).join(''), { mode: 0o600 });
    return file;
  }
}
