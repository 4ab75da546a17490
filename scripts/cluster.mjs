// @ts-check
/**
 * `npm run test:cluster [-- --seed N] [--only text] [--report file]`: three MariaDB servers in a Galera cluster and a Redis Cluster of
 * three, two APIs and two workers over the lists of their addresses, the workload of the fault suite with books of its own, and nodes that die, lose their
 * disk, stop and are cut off. In the end nothing acknowledged is lost or doubled, the audit is clean and all nodes hold the same.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

const SHOPPERS = 5;
const CLERKS = 2;
/** Before the first fault, so that there is something to lose. */
const FIRST_MS = 8_000;

await script(async (signal, undo) => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      only: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const seed = values.seed ?? String(Math.floor(Math.random() * 1e9));
  await setUp({ signal });
  // Only now: they need node_modules and what is built.
  const { Chance } = await import('../test/faults/suite/chance.mjs');
  const { pay } = await import('../test/faults/suite/clerks.mjs');
  const { quiet, recovered } = await import('../test/faults/suite/recovery.mjs');
  const { shop } = await import('../test/faults/suite/shoppers.mjs');
  const { ClusterWorld } = await import('../test/cluster/cluster-world.mjs');
  const { steps, take } = await import('../test/cluster/steps.mjs');
  const { reportOf } = await import('../test/cluster/report.mjs');

  const folder = join(dataFolder, 'cluster');
  undo.add(await claimDataFolder(folder, { empty: true }));
  const world = new ClusterWorld(folder, new Chance(seed), signal, say);
  undo.add(() => world.stop());
  const start = Date.now();
  say(
    `Seed ${seed}. Starting three database nodes and three of Redis; each database node takes the state of another …`,
  );
  await world.start();
  const { galera, clusters } = world;
  say(
    `Started after ${seconds(Date.now() - start)}; nodes are ${clusters.networks?.isApart ? 'in networks of their own' : 'on the loopback'}.`,
  );

  const actors = [
    ...Array.from({ length: SHOPPERS }, (_, n) => shop(world, n)),
    ...Array.from({ length: CLERKS }, (_, n) => pay(world, n)),
  ];
  for (const actor of actors)
    actor.catch((error) => signal.aborted || world.over || world.finding(`the workload: ${error.stack}`));
  await sleep(FIRST_MS, undefined, { signal });

  /** @type {Awaited<ReturnType<typeof take>>[]} */
  const taken = [];
  for (const step of steps.filter(({ name }) => !values.only || name.includes(values.only))) {
    const one = await take(world, step, recovered);
    taken.push(one);
    const back =
      one.backMs === null ? `${one.acknowledged} calls acknowledged meanwhile` : `well after ${seconds(one.backMs)}`;
    say(
      `${one.name}: ${back}; whole again ${seconds(one.wholeMs)} and well ${seconds(one.afterMs)} after it was mended`,
    );
  }
  await quiet(world, { payouts: true });
  world.over = true;
  const conflicts = await galera.conflicts();
  await Promise.all(world.processes.map((one) => one.end()));
  for (const difference of await galera.differences()) world.finding(difference);
  const table = reportOf(world, { seed, taken, conflicts });
  say(`\n${table}\n`);
  if (values.report) writeFileSync(values.report, `${table}\n`);
  if (world.findings.length === 0) return 0;
  say(`${world.findings.length} things are not as they should be:\n${world.findings.join('\n')}`);
  return 1;
});

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
