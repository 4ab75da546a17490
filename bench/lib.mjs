// @ts-check
/** What benchmarks share: processes on private stores, rounds that alternate, and the table of ratios. */
import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../scripts/lib/ports.mjs';
import { run } from '../scripts/lib/run.mjs';
import { root } from '../scripts/lib/say.mjs';

/**
 * A measured subject beside the limit it is compared with.
 * @typedef {object} Comparison
 * @property {string} name
 * @property {string} unit as in "requests/s"
 * @property {() => Promise<number>} ours one round: units per second
 * @property {() => Promise<number>} limit one round of what bounds it
 * @property {string} limitName
 */

/** Runs a script of the repository to its end. @param {string} entry */
export async function runToEnd(entry) {
  const { code } = await run(process.execPath, [entry], { show: true });
  if (code !== 0) throw new Error(`${entry} ended with code ${code}`);
}

/**
 * Starts a process of the service.
 * @param {string} entry
 * @param {Record<string, string>} [env]
 */
export function startProcess(entry, env = {}) {
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: { ...process.env, YINKE_LOG_LEVEL: 'error', YINKE_KEY_CALLS_PER_MINUTE: '0', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  return {
    throwIfEnded: () => {
      if (child.exitCode !== null) throw new Error(`${entry} ended with code ${child.exitCode}`);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/**
 * Starts an HTTP server in a process of its own and waits until it answers anything at all.
 * @param {string} entry
 */
export async function startServer(entry) {
  const port = await freePort();
  const server = startProcess(entry, { HOST: '127.0.0.1', PORT: String(port) });
  const baseUrl = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 60_000; ; await sleep(50)) {
    server.throwIfEnded();
    if (await fetch(baseUrl).catch(() => undefined)) return { ...server, baseUrl };
    if (Date.now() > end) throw new Error(`${entry} did not start within a minute`);
  }
}

/**
 * Requests per second that a server answers when it is asked as fast as it can; throws when an answer is not `status`.
 * @param {object} options
 * @param {string} options.url
 * @param {Record<string, string>} [options.headers]
 * @param {unknown} options.body sent as JSON
 * @param {number} options.status expected of every answer
 * @param {{ duration: number } | { amount: number }} options.extent seconds, or a number of requests
 * @param {number} options.connections
 */
export async function load({ url, headers, body, status, extent, connections }) {
  const begin = performance.now();
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    connections,
    ...extent,
    sampleInt: 'amount' in extent ? 10 : 1000, // it stops at the next sample
    timeout: 60,
  });
  const codes = Object.keys(result.statusCodeStats ?? {});
  if (result.errors > 0 || codes.some((code) => code !== String(status)))
    throw new Error(`${url} answered ${codes.join(', ')} with ${result.errors} errors; ${status} was expected`);
  return (result.requests.total * 1000) / (performance.now() - begin);
}

/**
 * Measures subject and limit in turns, so that a slower spell of the machine hits both; prints medians and ratios.
 * @param {Comparison[]} comparisons
 * @param {number} rounds
 */
export async function compare(comparisons, rounds) {
  for (const { name, unit, ours, limit, limitName } of comparisons) {
    await ours(); // the first round warms both up
    await limit();
    const ratios = [];
    const speeds = { ours: /** @type {number[]} */ ([]), limit: /** @type {number[]} */ ([]) };
    for (let round = 0; round < rounds; round++) {
      const [a, b] = [await ours(), await limit()];
      speeds.ours.push(a);
      speeds.limit.push(b);
      ratios.push(a / b);
    }
    const spread = `${ratio(Math.min(...ratios))}–${ratio(Math.max(...ratios))}`;
    console.log(
      `${name.padEnd(28)} ${ratio(median(ratios)).padStart(6)} of ${limitName}  (${spread} in ${rounds} rounds; ` +
        `${whole(median(speeds.ours))} of ${whole(median(speeds.limit))} ${unit})`,
    );
  }
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** @param {number} value */
const ratio = (value) => (value >= 0.1 ? value.toFixed(2) : value.toPrecision(2));
/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');

/**
 * A client for setting things up; throws on any answer but 2xx.
 * @param {string} baseUrl
 * @param {string} [bearer]
 */
export function client(baseUrl, bearer) {
  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  const send = async (method, path, body) => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    /** @param {string} path */
    get: (path) => send('GET', path),
    /** @param {string} path @param {unknown} [body] */
    post: (path, body) => send('POST', path, body),
    /** @param {string} path @param {unknown} body */
    put: (path, body) => send('PUT', path, body),
  };
}
