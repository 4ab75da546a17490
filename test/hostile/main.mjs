// @ts-check
/** Everything after the service is there: who calls, the walk, what is looked at after it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../scripts/lib/ports.mjs';
import { root, say } from '../../scripts/lib/say.mjs';
import { credentialsOf, SpareSessions } from './callers.mjs';
import { Garden, SET_ASIDE, tend, whoMay } from './garden/index.mjs';
import { Generator } from './generator.mjs';
import { cellFaults, logFaults } from './judge.mjs';
import { readApi } from './operations.mjs';
import { Pools } from './pools.mjs';
import { Sender } from './send.mjs';
import { REQUEST_SECONDS, sendSlowly } from './slow.mjs';
import { Stock } from './stock.mjs';
import { Chance } from './chance.mjs';
import { Tables } from './tables.mjs';
import { Tally } from './tally.mjs';
import { Walk } from './walk.mjs';

const CONCURRENCY = 16;
/** Looks at memory, at least; and requests between two of them, at most. */
const PARTS = 20;
const PART = 1_000;
/** Requests from one time of gardening to the next. */
const GARDENING = 5_000;

/**
 * @param {object} given
 * @param {number} given.requests
 * @param {number} given.seed
 * @param {number} given.minutes after which no further requests are made
 * @param {NodeJS.ProcessEnv} given.env of the API
 * @param {string} given.logFile
 * @param {import('./callers.mjs').Callers} given.callers
 * @param {Buffer} given.bankReport as a bank sends it
 * @param {Pick<ConstructorParameters<typeof Garden>[0], 'wechatPay' | 'wechatAccount' | 'publicUrl' | 'currency' | 'homeUrl'>} given.world beside the service
 * @param {AbortSignal} given.signal
 */
export async function walkApi({ requests, seed, minutes, env, logFile, callers, bankReport, world, signal }) {
  const started = performance.now();
  const api = await startApi(env, logFile);
  const tables = await Tables.open(String(env.DATABASE_URL));
  const connection = await createConnection(String(env.DATABASE_URL));
  const redis = new Redis(String(env.REDIS_URL));
  const sender = new Sender(api.baseUrl, CONCURRENCY);
  try {
    const { operations, follow } = readApi();
    const pools = new Pools(new Date().toISOString());
    pools.bankReport = bankReport;
    const callerOf = chooser(callers);
    const names = Object.keys(callers);
    const stock = new Stock();
    const generator = new Generator({ seed, operations, follow, pools, callers, names, callerOf, stock });
    await lookAround(operations, { sender, pools, callers });
    await spare(pools, callers, connection);
    const tally = new Tally();
    const spares = new SpareSessions(connection, callers);
    const walk = new Walk({
      generator,
      sender,
      tables,
      callers,
      spares,
      pools,
      stock,
      tally,
      concurrency: CONCURRENCY,
    });
    const garden = new Garden({ ...world, operations, sender, callers, spares, stock, pools, connection });
    /** @type {Set<string>} */
    const barren = new Set();
    /** @type {Set<string>} */
    const uncounted = new Set();
    const parts = Math.max(PARTS, Math.ceil(requests / PART));
    const end = performance.now() + minutes * 60_000;
    let tended = 0;
    for (let part = 0; part < parts && !signal.aborted && performance.now() < end; part += 1) {
      // What limits guesses counts afresh, or most sign-ins would be turned away unread.
      await redis.flushdb();
      const from = Math.floor((requests * part) / parts);
      if (part === 0 || from - tended >= GARDENING) {
        tended = from;
        const began = performance.now();
        for (const failure of await tend(garden, (work) => withWorker(env, work))) barren.add(failure);
        walk.forget();
        tally.gardening += (performance.now() - began) / 1000;
      }
      await walk.run(from, Math.floor((requests * (part + 1)) / parts));
      for (const table of await tables.uncounted()) uncounted.add(table);
      const { heapUsed, rss } = await api.memory();
      tally.memory.push({ sent: tally.sent, heapMb: heapUsed / 1_048_576, rssMb: rss / 1_048_576 });
      say(
        `  ${tally.sent} sent, ${walk.faults.length} faults, heap ${(heapUsed / 1_048_576).toFixed(0)} MB, ${((performance.now() - started) / 1000).toFixed(0)} s`,
      );
    }
    await walk.finish();
    await walk.seek(operations, requests);
    const slow = await sendSlowly(operations, {
      baseUrl: api.baseUrl,
      callers,
      callerOf: (operation) => callerOf(operation, new Chance(seed)),
      chance: new Chance(seed),
    });
    const posted = await post(env, connection);
    const ended = await endedSessions(operations, { sender, callers });
    const cells = await readExports(operations, { sender, callers, pools });
    const audit = await sender.send(plainRequest(operations, 'runAudit'), credentialsOf('auditor', callers));
    await api.stop();
    const log = readFileSync(logFile, 'utf8');
    /** @type {string[]} */
    const more = [...slow.faults, ...posted, ...ended, ...cells.faults, ...logFaults(log)];
    for (const table of uncounted) more.push(`${table} was changed, and the database counted no changed row`);
    if (!audit.text.includes('"clean":true')) more.push(`the audit is not clean: ${audit.text.slice(0, 500)}`);
    return {
      seed,
      operations: operations.length,
      never: operations.map(({ id }) => id).filter((id) => !tally.wasAccepted(id)),
      barren: [...barren],
      seconds: (performance.now() - started) / 1000,
      tally,
      walk,
      more,
      slow: slow.told,
      cells: cells.read,
      logLines: log.split('\n').length - 1,
    };
  } finally {
    sender.close();
    redis.disconnect();
    await tables.close();
    await connection.end();
    await api.stop();
  }
}

/** @param {NodeJS.ProcessEnv} env @param {string} logFile */
async function startApi(env, logFile) {
  const port = await freePort();
  const log = openSync(logFile, 'w', 0o600);
  const probe = new URL('memory-probe.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', probe, 'dist/main.js'], {
    cwd: root,
    env: { ...env, PORT: String(port), YINKE_REQUEST_SECONDS: String(REQUEST_SECONDS) },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 180_000; ; await sleep(100)) {
    const ready = await fetch(`${baseUrl}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`the API does not start; see ${logFile}`);
  }
  return {
    baseUrl,
    /** @returns {Promise<{ heapUsed: number, rss: number }>} */
    memory: async () => {
      child.send('memory');
      const [message] = await once(child, 'message');
      return message;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Does something while a worker runs. @template T @param {NodeJS.ProcessEnv} env @param {(child: import('node:child_process').ChildProcess) => Promise<T>} work */
async function withWorker(env, work) {
  const child = spawn(process.execPath, ['dist/worker.js'], {
    cwd: root,
    env: { ...env, YINKE_WORKER_PORT: '', YINKE_LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  try {
    return await work(child);
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

/**
 * A worker posts what was ordered and completed, so that it gets to the books and into the exports.
 * @param {NodeJS.ProcessEnv} env @param {import('mysql2/promise').Connection} connection
 */
async function post(env, connection) {
  await connection.query(
    "UPDATE order_event SET state = 'waiting', error = NULL WHERE state = 'parked' AND error = ?",
    [SET_ASIDE],
  );
  const count = async (/** @type {string} */ state) => {
    const [[row]] = /** @type {any} */ (
      await connection.query('SELECT COUNT(*) AS n FROM order_event WHERE state = ?', [state])
    );
    return Number(row.n);
  };
  return withWorker(env, async (child) => {
    for (const end = Date.now() + 300_000; (await count('waiting')) > 0; await sleep(500))
      if (child.exitCode !== null || Date.now() > end) return [`${await count('waiting')} order events are not posted`];
    const parked = await count('parked');
    return parked === 0 ? [] : [`${parked} order events of accepted calls cannot be posted`];
  });
}

/** Who calls an operation: anybody whom it is for. @param {import('./callers.mjs').Callers} callers */
function chooser(callers) {
  const all = Object.entries(callers);
  return (
    /** @type {import('./operations.mjs').Operation} */ { id, kinds, roles },
    /** @type {import('./chance.mjs').Chance} */ chance,
  ) => {
    const kind = chance.of(kinds);
    if (kind === 'anyone') return 'nobody';
    const fit = all.filter(
      ([, caller]) =>
        caller.kind === kind && (kind !== 'staff' || roles.length === 0 || roles.includes(String(caller.role))),
    );
    if (fit.length === 0) throw new Error(`there is nobody who may ${id}`);
    return chance.of(fit)[0];
  };
}

/** @param {import('./operations.mjs').Operation[]} operations @param {string} id @param {Record<string, string>} [path] @returns {import('./base.mjs').Request} */
function plainRequest(operations, id, path = {}) {
  const operation = operations.find((one) => one.id === id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  return {
    operation,
    kind: 'valid',
    how: 'as documented',
    caller: '',
    method: operation.method,
    path,
    query: [],
    headers: [],
  };
}

/** Reads every list, and some of what the lists name, so that requests name what there is. @param {import('./operations.mjs').Operation[]} operations @param {{ sender: Sender, pools: Pools, callers: import('./callers.mjs').Callers }} given */
async function lookAround(operations, { sender, pools, callers }) {
  const reads = operations.filter(({ method, id }) => method === 'GET' && id !== 'runAudit');
  for (const depth of [0, 1]) {
    for (const operation of reads) {
      const inPath = operation.parameters.filter(({ in: where }) => where === 'path');
      if (inPath.length > 0 !== depth > 0) continue;
      for (let time = 0; time < (depth === 0 ? 1 : 4); time += 1) {
        const path = Object.fromEntries(
          inPath.map(({ name, example }) => [name, pools.like(name, example, false)[time * 3] ?? String(example)]),
        );
        const request = plainRequest(operations, operation.id, path);
        if (operation.parameters.some(({ name }) => name === 'limit'))
          request.query = [['limit', time === 0 ? '100' : '2']];
        const { status, headers, text } = await sender.send(
          request,
          credentialsOf(whoMay(operation, callers), callers),
        );
        if (status === 200 && headers['content-type']?.startsWith('application/json'))
          pools.learn(operation.id, JSON.parse(text));
      }
    }
  }
}

/** What the callers live by is not changed. @param {Pools} pools @param {import('./callers.mjs').Callers} callers @param {import('mysql2/promise').Connection} connection */
async function spare(pools, callers, connection) {
  for (const { own } of Object.values(callers)) for (const id of Object.values(own ?? {})) pools.spared.add(id);
  const [rows] = await connection.query('SELECT id FROM staff UNION SELECT id FROM storefront ORDER BY id');
  for (const { id } of /** @type {any[]} */ (rows)) pools.spared.add(id);
}

/** Callers who could not call to the end. @param {import('./operations.mjs').Operation[]} operations @param {{ sender: Sender, callers: import('./callers.mjs').Callers }} given */
async function endedSessions(operations, { sender, callers }) {
  const ended = [];
  for (const [name, { kind, own }] of Object.entries(callers)) {
    const id =
      kind === 'staff'
        ? 'readCurrentSession'
        : kind === 'merchant'
          ? 'readCurrentMerchantSession'
          : kind === 'secret-key'
            ? 'listOrders'
            : kind === 'publishable-key'
              ? 'readApplicationForm'
              : kind === 'widget'
                ? 'readBalances'
                : 'readApplication';
    const { status } = await sender.send(
      plainRequest(operations, id, { id: Object.values(own ?? {})[0] ?? '' }),
      credentialsOf(name, callers),
    );
    if (status !== 200) ended.push(`${name} could not call to the end: ${status}`);
  }
  return ended;
}

/** Every export as CSV, with what was written into the service by then. @param {import('./operations.mjs').Operation[]} operations @param {{ sender: Sender, callers: import('./callers.mjs').Callers, pools: Pools }} given */
async function readExports(operations, { sender, callers, pools }) {
  /** @type {string[]} */
  const read = [];
  /** @type {string[]} */
  const faults = [];
  const from = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const to = new Date(Date.now() + 86_400_000).toISOString();
  const month = to.slice(0, 7);
  for (const merchant of [undefined, ...pools.like('', 'mer_00000000000000000000000000', false).slice(0, 5)]) {
    for (const id of merchant ? ['listEntries', 'readMonthStatement'] : ['exportJournals']) {
      if (!operations.some((one) => one.id === id)) continue;
      const request = plainRequest(operations, id, { id: merchant ?? '' });
      request.headers.push(['accept', 'text/csv']);
      request.query.push(
        ...(id === 'readMonthStatement'
          ? [/** @type {[string, string]} */ (['month', month])]
          : /** @type {[string, string][]} */ ([
              ['from', from],
              ['to', to],
            ])),
      );
      const { status, headers, text } = await sender.send(request, credentialsOf('auditor', callers));
      if (status !== 200 || !headers['content-type']?.startsWith('text/csv'))
        faults.push(`${id} as CSV: ${status} ${text.slice(0, 200)}`);
      else {
        read.push(id);
        faults.push(...cellFaults(text).map((what) => `${id}: ${what}`));
      }
    }
  }
  return { read, faults };
}
