// @ts-check
import { World } from '../faults/suite/world.mjs';
import { ClusterStores } from './cluster-stores.mjs';

/** Two APIs and two workers of the fault suite, on clusters. */
export class ClusterWorld extends World {
  /**
   * @param {string} folder @param {import('../faults/suite/chance.mjs').Chance} chance @param {AbortSignal} signal
   * @param {(line: string) => void} say
   */
  constructor(folder, chance, signal, say) {
    const clusters = new ClusterStores(folder, signal);
    super(folder, chance, signal, say, /** @type {any} */ (clusters));
    this.clusters = clusters;
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

  /** Straight, over the list of all nodes; the second API and the second worker have it in another order. @override @param {string} name @returns {Promise<any>} */
  async wayToStores(name) {
    const first = name.endsWith('2') ? 2 : 1;
    return {
      urls: { DATABASE_URL: this.clusters.databaseUrl(first), REDIS_URL: this.clusters.redisUrl() },
      close: () => undefined,
    };
  }
}
