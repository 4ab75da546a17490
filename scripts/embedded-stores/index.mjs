// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Undo } from '../lib/script.mjs';
import { ensureBinaries } from './install.mjs';
import { startMariadb } from './mariadb.mjs';
import { startRedis } from './redis.mjs';
import { embeddedSecrets } from './secrets.mjs';

export { ensureBinaries } from './install.mjs';
export { embeddedSecrets, secretsFile } from './secrets.mjs';

/**
 * @typedef {object} Stores
 * @property {string} databaseUrl
 * @property {string} redisUrl
 * @property {Promise<never>} failed rejects when an embedded store ends and nobody asked it to
 * @property {() => Promise<void>} stop
 */

/**
 * Where the database of a running service is, for commands that look at it from outside.
 * @param {string} folder
 */
export const databaseUrlFile = (folder) => join(folder, 'database-url');

/** The stores that the user has not named are embedded: private to the data folder, stopped with us. */
export const embeds = {
  database: !process.env.DATABASE_URL,
  redis: !process.env.REDIS_URL,
};

/**
 * @param {object} options
 * @param {string} options.folder a claimed data folder
 * @param {boolean} [options.durable] false: faster, and a power cut loses data; for tests
 * @param {number} [options.bufferPoolMb]
 * @param {boolean} [options.allPrivileges] the user may create databases and end other connections; for tests and the demo
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Stores>}
 */
export async function startStores({ folder, durable = true, bufferPoolMb = 256, allPrivileges = false, signal }) {
  if (!embeds.database && !embeds.redis) {
    return {
      databaseUrl: String(process.env.DATABASE_URL),
      redisUrl: String(process.env.REDIS_URL),
      failed: new Promise(() => {}),
      stop: async () => {},
    };
  }
  const binaries = await ensureBinaries(signal);
  const { databasePassword, redisPassword } = embeddedSecrets(folder);
  const [mariadb, redis] = await together([
    embeds.database &&
      startMariadb({ folder, binaries, password: databasePassword, durable, bufferPoolMb, allPrivileges, signal }),
    embeds.redis && startRedis({ folder, binaries, password: redisPassword, durable, signal }),
  ]);
  const databaseUrl = mariadb
    ? `mysql://yinke:${databasePassword}@127.0.0.1:${mariadb.port}/yinke`
    : String(process.env.DATABASE_URL);
  writeFileSync(databaseUrlFile(folder), databaseUrl, { mode: 0o600 });
  return {
    databaseUrl,
    redisUrl: redis ? `redis://:${redisPassword}@127.0.0.1:${redis.port}/0` : String(process.env.REDIS_URL),
    failed: Promise.race([mariadb, redis].flatMap((store) => (store ? [store.failed] : []))),
    stop: async () => {
      await Promise.all([mariadb && mariadb.stop(), redis && redis.stop()]);
    },
  };
}

/**
 * All or none: if one does not start, the others are stopped.
 * @template {import('./store.mjs').EmbeddedStore} S
 * @param {(Promise<S> | false)[]} starting
 */
async function together(starting) {
  const results = await Promise.allSettled(starting);
  const undo = new Undo();
  for (const result of results) if (result.status === 'fulfilled' && result.value) undo.add(result.value.stop);
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    await undo.run();
    throw result.reason;
  }
  return results.map((result) => result.status === 'fulfilled' && result.value);
}
