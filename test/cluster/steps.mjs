// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./cluster-world.mjs').ClusterWorld} World */

/** So long a fault lasts after all is well again without what is gone. */
const LASTS_MS = 4_000;

/**
 * What happens to the clusters, one after the other. `begin` makes it happen, `end` makes it good and resolves when the cluster is whole again.
 * `waits`: orders are rewarded only after the end.
 * @typedef {{ name: string, waits?: boolean, begin: (world: World) => Promise<unknown>, end: (world: World) => Promise<unknown> }} Step
 */

/** @type {Step[]} */
export const steps = [
  {
    name: 'the database node that is written to is killed, and rejoins with what it missed',
    begin: ({ galera }) => galera.node(1).kill(),
    end: async ({ galera, signal }) => {
      await galera.node(1).start(signal);
      await galera.whole();
    },
  },
  {
    name: 'another database node is killed and loses its disk, and rejoins with the whole state (mariabackup)',
    begin: async ({ galera }) => {
      await galera.node(3).kill();
      galera.empty(3);
    },
    end: async ({ galera, signal }) => {
      await galera.node(3).start(signal);
      await galera.whole();
    },
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
    begin: ({ galera }) => galera.cut(1),
    end: async ({ galera }) => {
      await galera.mend(1);
      await galera.whole();
    },
  },
  {
    name: 'another database node is cut off from everybody, and comes back',
    begin: ({ galera }) => galera.cut(2),
    end: async ({ galera }) => {
      await galera.mend(2);
      await galera.whole();
    },
  },
  {
    name: 'the database node that is written to stops without a word, and goes on',
    begin: async ({ galera }) => galera.node(1).signal('SIGSTOP'),
    end: async ({ galera }) => {
      galera.node(1).signal('SIGCONT');
      await galera.whole();
    },
  },
  {
    name: 'the only database node that knows everything is left: the other two are killed',
    waits: true,
    begin: ({ galera }) => Promise.all([galera.node(2).kill(), galera.node(3).kill()]),
    end: async ({ galera, signal }) => {
      // What is left is no majority, and refuses: a person says that it is to go on alone (docs/scaling.md).
      await galera.at(1, (connection) => connection.query("SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'"));
      await galera.node(2).start(signal);
      await galera.node(3).start(signal);
      await galera.whole();
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
  const start = Date.now();
  await begin(world);
  let backMs = null;
  if (!waits) {
    await recovered(world);
    backMs = Date.now() - start;
  }
  const before = model.acknowledged();
  const writtenTo = await galera.writtenTo(() => sleep(LASTS_MS, undefined, { signal }));
  // The locks of a transaction are not known at another node.
  if (writtenTo.length > 1) world.finding(`${name}: nodes ${writtenTo.join(' and ')} were written to at the same time`);
  const acknowledged = model.acknowledged() - before;
  const mendAt = Date.now();
  await end(world);
  const wholeMs = Date.now() - mendAt;
  await recovered(world);
  return { name, backMs, acknowledged, wholeMs, afterMs: Date.now() - mendAt };
}
