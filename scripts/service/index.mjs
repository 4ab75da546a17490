// @ts-check
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedSecrets, embeds, startStores } from '../embedded-stores/index.mjs';
import { claimDataFolder } from '../lib/data-folder.mjs';
import { freePort } from '../lib/ports.mjs';
import { run, tail } from '../lib/run.mjs';
import { Refusal } from '../lib/say.mjs';
import { Undo } from '../lib/script.mjs';
import { setUp } from '../set-up/index.mjs';
import { startServiceProcess } from './process.mjs';

/**
 * @typedef {object} Service
 * @property {string} baseUrl
 * @property {string | undefined} workerUrl where the worker shows its health and metrics
 * @property {{ email: string, password: string }} admin
 * @property {boolean} isNew the secrets were made up just now
 * @property {string} databaseUrl with the user who may change tables
 * @property {NodeJS.ProcessEnv} env its settings
 * @property {string} redisUrl
 * @property {Promise<never>} failed rejects when a part of it ends and nobody asked it to
 * @property {() => Promise<void>} stop
 */

/**
 * The whole service from a bare checkout: set-up, stores, schema, API and worker. Resolves when it answers that it is
 * ready; if it cannot get there, or is interrupted, it stops what it had started before it rejects.
 * @param {object} options
 * @param {string} options.folder
 * @param {boolean} [options.empty] throw away what the folder holds
 * @param {boolean} [options.quiet] the output of the processes goes to log files in the folder
 * @param {number} [options.bufferPoolMb]
 * @param {boolean} [options.allPrivileges] the database's user may create databases
 * @param {Record<string, string>} [options.env] settings; HOST and PORT are settings like the others
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Service>}
 */
export async function startService({ folder, empty, quiet, bufferPoolMb, allPrivileges, env: settings = {}, signal }) {
  const undo = new Undo();
  try {
    undo.add(await claimDataFolder(folder, { empty }));
    const { host, port } = await listeningAddress({ ...process.env, ...settings });
    const workerPort = await workerPortOf(host, { ...process.env, ...settings });
    await setUp({ signal });

    // Made-up keys are for a made-up database: whoever brings a database has to keep its keys, and knows them.
    const madeUp = embeds.database ? embeddedSecrets(folder) : undefined;
    const stores = await startStores({ folder, bufferPoolMb, allPrivileges, signal });
    undo.add(stores.stop);
    /** @type {NodeJS.ProcessEnv} */
    const env = {
      ...(madeUp && { ...madeUp.environment, YINKE_EMBEDDED: '1' }),
      YINKE_STOP_GRACE_SECONDS: '0', // no balancer stands before the one API process
      ...process.env,
      ...settings,
      HOST: host,
      PORT: String(port),
      YINKE_WORKER_PORT: workerPort,
      ...stores.databaseUrls,
      REDIS_URL: stores.redisUrl,
    };

    if (!embeds.database || !embeds.redis) {
      const check = await run(process.execPath, ['dist/check-stores.js', '--wait'], { env, signal, show: true });
      if (check.code !== 0) throw new Refusal('a store cannot be used, as said above');
    }
    const migration = await run(process.execPath, ['--enable-source-maps', 'dist/migrate.js'], { env, signal });
    if (migration.code !== 0) throw new Refusal(`the database could not be migrated:\n${tail(migration.output)}`);

    /** @type {ReturnType<typeof startServiceProcess>[]} */
    const processes = [];
    undo.add(() => Promise.all(processes.map((one) => one.stop())));
    for (const [name, entry] of /** @type {const} */ ([
      ['API', 'dist/main.js'],
      ['worker', 'dist/worker.js'],
    ])) {
      signal?.throwIfAborted();
      const file = join(folder, name.toLowerCase());
      const pidFile = `${file}.pid`;
      processes.push(startServiceProcess({ name, entry, env, pidFile, logFile: quiet ? `${file}.log` : undefined }));
    }

    const failed = Promise.race([...processes.map((one) => one.failed), stores.failed]);
    failed.catch(() => {}); // whoever does not look at it does not mind
    const baseUrl = `http://${urlHost(host)}:${port}`;
    await Promise.race([untilReady(baseUrl, signal), failed]);
    return {
      baseUrl,
      workerUrl: workerPort === '' ? undefined : `http://${urlHost(host)}:${workerPort}`,
      admin: { email: String(env.YINKE_ADMIN_EMAIL ?? ''), password: String(env.YINKE_ADMIN_PASSWORD ?? '') },
      isNew: madeUp?.isNew ?? false,
      databaseUrl: stores.databaseUrl,
      env,
      redisUrl: stores.redisUrl,
      failed,
      stop: () => undo.run(),
    };
  } catch (error) {
    await undo.run();
    throw error;
  }
}

/**
 * Where the API is to listen, tried out first: hearing after a minute of set-up that the port is taken would be late.
 * @param {NodeJS.ProcessEnv} env
 */
async function listeningAddress({ HOST: host = '127.0.0.1', PORT: portText = '3000' }) {
  const wanted = Number(portText);
  if (!/^\d+$/.test(portText) || wanted > 65_535)
    throw new Refusal(`PORT is ${portText}; a port is a number up to 65535`);
  try {
    return { host, port: await freePort({ host, port: wanted }) };
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EADDRINUSE')
      throw new Refusal(`port ${wanted} is in use; choose another one: PORT=${wanted + 1} npm start`);
    throw new Refusal(`cannot listen on HOST ${host}, PORT ${wanted}: ${message}`);
  }
}

/**
 * The worker's port: as set, or else any free one, so that it is never the one that somebody wants for an API.
 * @param {string} host @param {NodeJS.ProcessEnv} env
 */
async function workerPortOf(host, { YINKE_WORKER_PORT: wanted }) {
  return wanted !== undefined && wanted !== '0' ? wanted : String(await freePort({ host }));
}

/** @param {string} host */
function urlHost(host) {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** @param {string} baseUrl @param {AbortSignal} [signal] */
async function untilReady(baseUrl, signal) {
  let answer = 'no answer';
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
    signal?.throwIfAborted();
    try {
      const response = await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(5_000) });
      const text = await response.text();
      if (response.ok) return;
      answer = `${response.status} ${text.slice(0, 300)}`;
    } catch {
      // not listening yet
    }
  }
  throw new Refusal(`the service did not become ready within a minute; GET /readyz: ${answer}`);
}
