// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Undo } from '../lib/script.mjs';
import { ensureBinaries } from './install.mjs';
import { startMariadb } from './mariadb.mjs';
import { startRedis } from './redis.mjs';
import { embeddedSecrets } from './secrets.mjs';

export { ensureBinaries, ensureClients } from './install.mjs';
export { embeddedSecrets, secretsFile } from './secrets.mjs';

/**
 * @typedef {object} Stores
 * @property {string} databaseUrl with the user who may change tables; tests and the demo do much that the service may not
 * @property {Record<string, string>} databaseUrls settings of the service: the database with each of its users
 * @property {string} redisUrl
 * @property {Promise<never>} failed rejects when an embedded store ends and nobody asked it to
 * @property {() => Promise<void>} stop
 */

/**
 * Where the database of a running service is, as settings in JSON, for commands that look at it from outside.
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
 * @param {boolean} [options.allPrivileges] the user may create databases and users, and end other connections; for tests and the demo
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Stores>}
 */
export async function startStores({ folder, durable = true, bufferPoolMb = 256, allPrivileges = false, signal }) {
  if (!embeds.database && !embeds.redis) {
    return {
      databaseUrl: String(process.env.DATABASE_MIGRATION_URL || process.env.DATABASE_URL),
      databaseUrls: {}, // the environment has them
      redisUrl: String(process.env.REDIS_URL),
      failed: new Promise(() => {}),
      stop: async () => {},
    };
  }
  const binaries = await ensureBinaries(signal);
  const { redisPassword, ...secrets } = embeddedSecrets(folder);
  const [mariadb, redis] = await together([
    embeds.database && startMariadb({ folder, binaries, secrets, durable, bufferPoolMb, allPrivileges, signal }),
    embeds.redis && startRedis({ folder, binaries, password: redisPassword, durable, signal }),
  ]);
  /** @type {Record<string, string>} */
  const databaseUrls = mariadb ? urlsOf(mariadb.port, secrets) : {};
  writeFileSync(databaseUrlFile(folder), JSON.stringify(databaseUrls), { mode: 0o600 });
  return {
    databaseUrl: String(databaseUrls.DATABASE_MIGRATION_URL ?? process.env.DATABASE_URL),
    databaseUrls,
    redisUrl: redis ? `redis://:${redisPassword}@127.0.0.1:${redis.port}/0` : String(process.env.REDIS_URL),
    failed: Promise.race([mariadb, redis].flatMap((store) => (store ? [store.failed] : []))),
    stop: async () => {
      await Promise.all([mariadb && mariadb.stop(), redis && redis.stop()]);
    },
  };
}

/**
 * An embedded database alone, whatever the user has named: for what needs a fresh one.
 * @param {{ folder: string, signal?: AbortSignal }} options
 */
export async function startDatabase({ folder, signal }) {
  const binaries = await ensureBinaries(signal);
  const secrets = embeddedSecrets(folder);
  const options = { folder, binaries, secrets, durable: true, bufferPoolMb: 256, allPrivileges: false, signal };
  const { port, stop } = await startMariadb(options);
  return { urls: urlsOf(port, secrets), stop };
}

/** @param {number} port @param {Record<'databasePassword' | 'servicePassword' | 'auditPassword', string>} secrets */
function urlsOf(port, { databasePassword, servicePassword, auditPassword }) {
  /** @param {string} user @param {string} password */
  const url = (user, password) => `mysql://${user}:${password}@127.0.0.1:${port}/yinke`;
  return {
    DATABASE_URL: url('yinke_service', servicePassword),
    DATABASE_MIGRATION_URL: url('yinke', databasePassword),
    DATABASE_AUDIT_URL: url('yinke_audit', auditPassword),
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
