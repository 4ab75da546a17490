import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { addressesOf } from './store-addresses.js';

/** A connection to Redis: to one server, or to a cluster. */
export type RedisConnection = Redis | Cluster;

/** So long a cluster may take to say who has which keys, and between two attempts to reach any of it. */
const SLOTS_MS = 2_000;
const LONGEST_PAUSE_MS = 2_000;

/** A connection to the Redis of a URL; with several addresses to the cluster that they belong to. */
export function connectRedis(url: string, options: RedisOptions): RedisConnection {
  const urls = addressesOf(url);
  if (urls.length === 1) return new Redis(url, options);
  const { lazyConnect, enableOfflineQueue, ...redisOptions } = options;
  const { protocol, username, password } = new URL(urls[0]);
  return new Cluster(urls, {
    ...(lazyConnect !== undefined && { lazyConnect }),
    ...(enableOfflineQueue !== undefined && { enableOfflineQueue }),
    slotsRefreshTimeout: SLOTS_MS,
    clusterRetryStrategy: (times) => Math.min(100 * times, LONGEST_PAUSE_MS),
    redisOptions: {
      ...redisOptions,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  });
}

/** Rejects when the server that has the keys with this prefix does not answer; of a cluster that is one of several. */
export async function askRedis(connection: RedisConnection, prefix: string): Promise<void> {
  await connection.exists(prefix);
}
