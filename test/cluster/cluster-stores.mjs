// @ts-check
import { embeddedSecrets } from '../../scripts/embedded-stores/index.mjs';
import { ensureClusterPrograms } from '../../scripts/embedded-stores/cluster-programs.mjs';
import { Galera } from './galera.mjs';
import { Networks } from './networks.mjs';
import { RedisCluster } from './redis-cluster.mjs';

const NODES = 3;
/** How the service connects. Of the built program, which is not there where types are checked. */
const DATA_SOURCE = new URL('../../dist/core/data-source.js', import.meta.url).href;

/** The stores of the fault suite as clusters: what asks them goes over the list of their addresses, as the service does. */
export class ClusterStores {
  /** @type {Promise<import('typeorm').DataSource> | undefined} */
  #reader;
  ports = { mariadb: 0, redis: 0 };
  /** Nobody has to be told of a new port. @type {never[]} */
  followers = [];

  /** @param {string} folder @param {AbortSignal} signal */
  constructor(folder, signal) {
    this.folder = folder;
    this.signal = signal;
  }

  async start() {
    const { folder, signal } = this;
    const programs = await ensureClusterPrograms(signal);
    const secrets = embeddedSecrets(folder);
    this.networks = new Networks(programs.env, NODES);
    this.galera = new Galera({ folder, programs, networks: this.networks, secrets, signal });
    this.redisCluster = new RedisCluster({ folder, programs, password: secrets.redisPassword, signal });
    await this.redisCluster.start();
    await this.galera.start();
  }

  /** @param {number} [first] the node that comes first in the list */
  databaseUrl(first) {
    return this.#url('yinke_service', embeddedSecrets(this.folder).servicePassword, first || 1);
  }

  redisUrl() {
    return this.redisCluster?.url ?? '';
  }

  get otherUrls() {
    const { databasePassword, auditPassword } = embeddedSecrets(this.folder);
    return {
      DATABASE_MIGRATION_URL: this.#url('yinke', databasePassword),
      DATABASE_AUDIT_URL: this.#url('yinke_audit', auditPassword),
    };
  }

  /** @param {string} sql @param {unknown[]} [values] @returns {Promise<any[]>} */
  async query(sql, values) {
    this.#reader ??= import(DATA_SOURCE).then(({ createDataSource }) =>
      createDataSource({ url: this.otherUrls.DATABASE_MIGRATION_URL, poolSize: 4, entities: [] }).initialize(),
    );
    return (await this.#reader).query(sql, values);
  }

  async stop() {
    // What still waits for a node that is gone is not waited for.
    void this.#reader?.then(
      (reader) => reader.destroy(),
      () => undefined,
    );
    for (const n of [1, 2, 3]) if (this.networks?.isApart) this.networks.mend(n);
    await Promise.allSettled([this.galera?.stop(), this.redisCluster?.stop()]);
    this.networks?.remove();
  }

  /** @param {string} user @param {string} password @param {number} [first] */
  #url(user, password, first) {
    return `mysql://${user}:${password}@${this.galera?.hosts(first)}/yinke`;
  }
}
