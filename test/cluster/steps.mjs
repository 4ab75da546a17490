// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./cluster-world.mjs').ClusterWorld} World */

/** So long a fault lasts after all is well again without what is gone. */
const LASTS_MS = 4_000;

/**
 * Which database nodes a step is about, by number: the one that is written to as it begins, and the other two.
 * @typedef {{ writer: number, other: number, third: number }} Roles
 */

/**
 * What happens to the clusters, one after the other. `begin` makes it happen, `end` makes it good and resolves when the cluster is whole again.
 * `waits`: orders are rewarded only after the end.
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [waits]
 * @property {(world: World, roles: Roles) => Promise<unknown>} begin
 * @property {(world: World, roles: Roles) => Promise<unknown>} end
 */

/** @type {Step[]} */
export const steps = [
  {
    name: 'the database node that is written to is killed, and rejoins with what it missed',
    begin: ({ galera }, { writer }) => galera.node(writer).kill(),
    end: ({ galera, signal }, { writer }) => galera.node(writer).start(signal),
  },
  {
    name: 'another database node is killed and loses its disk, and rejoins with the whole state (mariabackup)',
    begin: async ({ galera }, { other }) => {
      await galera.node(other).kill();
      galera.empty(other);
    },
    end: ({ galera, signal }, { other }) => galera.node(other).start(signal),
  },
  {
    name: 'the Redis node that has the queues is killed, and rejoins',
    waits: true,
    begin: async (world) => (await world.redisCluster.holderOf('{yinke}')).kill(),
    end: async (world) => {
      await (await world.redisCluster.holderOf('{yinke}')).start(world.signal);
      await world.redisCluster.whole();
    },
  },
  {
    name: 'the database node that is written to is cut off from everybody, and comes back',
    begin: ({ galera }, { writer }) => galera.cut(writer),
    end: ({ galera }, { writer }) => galera.mend(writer),
  },
  {
    name: 'another database node is cut off from everybody, and comes back',
    begin: ({ galera }, { other }) => galera.cut(other),
    end: ({ galera }, { other }) => galera.mend(other),
  },
  {
    name: 'the database node that is written to stops without a word, and goes on',
    begin: async ({ galera }, { writer }) => galera.node(writer).signal('SIGSTOP'),
    end: async ({ galera }, { writer }) => galera.node(writer).signal('SIGCONT'),
  },
  {
    name: 'two of the three database nodes are killed at once, and a person lets the third go on',
    waits: true,
    begin: ({ galera }, { writer, other }) => Promise.all([galera.node(writer).kill(), galera.node(other).kill()]),
    end: async ({ galera, signal }, { writer, other, third }) => {
      await galera.at(third, (connection) =>
        connection.query("SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'"),
      );
      await galera.node(writer).start(signal);
      await galera.node(other).start(signal);
    },
  },
];

/**
 * One step, from the beginning until all is well with the cluster whole.
 * @param {World} world @param {Step} step @param {(world: any) => Promise<number>} recovered
 * @returns {Promise<{ name: string, backMs: number | null, acknowledged: number, wholeMs: number, afterMs: number }>}
 */
export async function take(world, { name, waits, begin, end }, recovered) {
  const { signal, model, galera } = world;
  const roles = await rolesOf(world);
  const start = Date.now();
  await begin(world, roles);
  let backMs = null;
  if (!waits) {
    await recovered(world);
    backMs = Date.now() - start;
  }
  const before = model.acknowledged();
  const writtenTo = await galera.writtenTo(() => sleep(LASTS_MS, undefined, { signal }));
  const acknowledged = model.acknowledged() - before;
  const mendAt = Date.now();
  await end(world, roles);
  await galera.whole();
  const wholeMs = Date.now() - mendAt;
  await recovered(world);
  const afterMs = Date.now() - mendAt;
  writtenTo.push(...(await galera.writtenTo(() => sleep(LASTS_MS, undefined, { signal }))));
  const nodes = new Set(writtenTo);
  // The locks of a transaction are not known at another node.
  if (!waits && nodes.size !== 1)
    world.finding(`${name}: nodes ${[...nodes].join(' and ')} were written to, and not one`);
  return { name, backMs, acknowledged, wholeMs, afterMs };
}

/** @param {World} world @returns {Promise<Roles>} */
async function rolesOf({ stores, galera }) {
  const [row] = await stores.query('SELECT address FROM cluster_writer WHERE id = 1');
  const writer = [1, 2, 3].find((n) => galera.addressOf(n) === row?.address);
  if (!writer) throw new Error(`the cluster is written to at ${row?.address}, which is none of its nodes`);
  return { writer, other: (writer % 3) + 1, third: ((writer + 1) % 3) + 1 };
}
