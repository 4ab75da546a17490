// @ts-check
import { World } from '../faults/suite/world.mjs';
import { ClusterStores } from './cluster-stores.mjs';

/** Two APIs and two workers of the fault suite, on clusters. */
export class ClusterWorld extends World {
  /**
   * @param {string} folder @param {import('../faults/suite/chance.mjs').Chance} chance @param {AbortSignal} signal
   * @param {(line: string) => void} say
   * @param {{ severalWriters: boolean }} options the second API and the second worker write to another node than the first
   */
  constructor(folder, chance, signal, say, { severalWriters }) {
    const clusters = new ClusterStores(folder, signal);
    super(folder, chance, signal, say, /** @type {any} */ (clusters));
    this.clusters = clusters;
    this.severalWriters = severalWriters;
  }

  get galera() {
    const { galera } = this.clusters;
    if (!galera) throw new Error('not started');
    return galera;
  }

  get redisCluster() {
    const { redisCluster } = this.clusters;
    if (!redisCluster) throw new Error('not started');
    return redisCluster;
  }

  /** Straight, over the list of all nodes. @override @param {string} name @returns {Promise<any>} */
  async wayToStores(name) {
    const first = this.severalWriters && name.endsWith('2') ? 2 : 1;
    return {
      urls: { DATABASE_URL: this.clusters.databaseUrl(first), REDIS_URL: this.clusters.redisUrl() },
      close: () => undefined,
    };
  }
}
