// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../scripts/lib/ports.mjs';
import { ClusterNode } from './node.mjs';

const SLOTS = 16_384;
/** The bus of a cluster listens this much above the port of a node. */
const BUS = 10_000;

/** Three Redis servers that share the keys. */
export class RedisCluster {
  /** @type {{ node: ClusterNode, port: number }[]} */
  nodes = [];

  /** @param {{ folder: string, programs: { redisServer: string }, password: string, signal: AbortSignal }} given */
  constructor({ folder, programs, password, signal }) {
    this.folder = folder;
    this.programs = programs;
    this.password = password;
    this.signal = signal;
  }

  get url() {
    return `redis://:${this.password}@${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  }

  async start() {
    for (const n of [1, 2, 3]) this.nodes.push(await this.#node(n));
    await Promise.all(this.nodes.map(({ node }) => node.start(this.signal)));
    const size = Math.ceil(SLOTS / this.nodes.length);
    for (const [index, { port }] of this.nodes.entries())
      await this.at(port, async (redis) => {
        const last = Math.min((index + 1) * size, SLOTS) - 1;
        await redis.call('CLUSTER', 'ADDSLOTSRANGE', index * size, last);
        await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      });
    for (const { port } of this.nodes.slice(1))
      await this.at(port, (redis) => redis.call('CLUSTER', 'MEET', '127.0.0.1', String(this.nodes[0]?.port)));
    await this.whole();
  }

  /** The node that has the keys with this prefix. @param {string} prefix */
  async holderOf(prefix) {
    const slot = Number(
      await this.at(Number(this.nodes[0]?.port), (redis) => redis.call('CLUSTER', 'KEYSLOT', prefix)),
    );
    const index = Math.floor(slot / Math.ceil(SLOTS / this.nodes.length));
    const found = this.nodes[index];
    if (!found) throw new Error(`nobody has slot ${slot}`);
    return found.node;
  }

  /** Until all say that all keys are there. */
  async whole() {
    for (; ; await sleep(100, undefined, { signal: this.signal })) {
      const said = await Promise.all(
        this.nodes.map(({ port }) => this.at(port, (redis) => redis.call('CLUSTER', 'INFO')).catch(() => '')),
      );
      if (said.every((text) => /cluster_state:ok/.test(String(text)) && /known_nodes:3/.test(String(text)))) return;
    }
  }

  /** @template T @param {number} port @param {(redis: Redis) => Promise<T>} ask */
  async at(port, ask) {
    const redis = new Redis(port, '127.0.0.1', { password: this.password, maxRetriesPerRequest: 1, lazyConnect: true });
    redis.on('error', () => undefined);
    try {
      return await ask(redis);
    } finally {
      redis.disconnect();
    }
  }

  async stop() {
    await Promise.all(this.nodes.map(({ node }) => node.stop()));
  }

  /** @param {number} n */
  async #node(n) {
    const home = join(this.folder, `redis-${n}`);
    mkdirSync(home, { recursive: true });
    let port = await freePort();
    while (port + BUS > 65_535) port = await freePort();
    const lines = [
      'bind 127.0.0.1',
      `port ${port}`,
      `requirepass ${this.password}`,
      `masterauth ${this.password}`,
      'dir .',
      'maxmemory-policy noeviction',
      'appendonly yes',
      'save ""',
      'cluster-enabled yes',
      'cluster-node-timeout 2000',
    ];
    writeFileSync(join(home, 'redis.conf'), `${lines.join('\n')}\n`, { mode: 0o600 });
    const node = new ClusterNode({
      name: `Redis node ${n}`,
      logFile: join(this.folder, `redis-${n}.log`),
      ready: /ready to accept connections/i,
      launch: () => ({
        command: [this.programs.redisServer, './redis.conf'],
        argv0: 'redis-server',
        cwd: home,
        env: process.env,
      }),
    });
    return { node, port };
  }
}
