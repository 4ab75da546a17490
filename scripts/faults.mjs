// @ts-check
/**
 * `npm run test:faults [-- --minutes 60] [--faults 10000] [--seed N] [--only text] [--beside commit] [--report file]`: the
 * service and its stores as real processes, a workload with books of its own, and faults, until the time is over or enough
 * have happened. `--beside`: half of the processes are of that commit.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { Refusal, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

/** Of a run without arguments. */
const SHORT_MINUTES = 3;
/** At the end everything comes to rest and is looked at. */
const LAST_LOOK_MS = 40_000;

await script(async (signal, undo) => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      faults: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      beside: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const enough = values.faults === undefined ? Infinity : positive('--faults', values.faults);
  const minutes = positive(
    '--minutes',
    values.minutes ?? (values.faults === undefined ? String(SHORT_MINUTES) : '1440'),
  );
  const seed = values.seed ?? String(Math.floor(Math.random() * 1e9));

  await setUp({ signal });
  // Only now: they need node_modules.
  const { otherVersion } = await import('../test/faults/suite/other-version.mjs');
  const { Chance } = await import('../test/faults/suite/chance.mjs');
  const { reportOf } = await import('../test/faults/suite/report.mjs');
  const { runFaults } = await import('../test/faults/suite/runner.mjs');
  const { unmount } = await import('../test/faults/suite/stores.mjs');
  const { World } = await import('../test/faults/suite/world.mjs');
  const folder = join(dataFolder, 'faults');
  await unmount(join(folder, 'disk'));
  undo.add(await claimDataFolder(folder, { empty: true }));
  const start = Date.now();
  say(`Seed ${seed}. The same again: npm run test:faults -- --seed ${seed} --minutes ${minutes}`);
  const world = new World(folder, new Chance(seed), signal, say);
  undo.add(() => world.stop());
  if (values.beside) world.otherVersion = await otherVersion(values.beside, signal, undo);
  await world.start();
  const endAt = start + minutes * 60_000 - LAST_LOOK_MS;
  const report = () => {
    const table = reportOf(world, { seed, minutes: (Date.now() - start) / 60_000 });
    say(`\n${table}\n`);
    if (values.report) writeFileSync(values.report, `${table}\n`);
  };
  try {
    await runFaults(world, { endAt, enough, only: values.only });
  } finally {
    report(); // of a run that was interrupted, so far
  }
  if (world.findings.length === 0) return 0;
  say(`${world.findings.length} things are not as they should be:\n${world.findings.join('\n')}`);
  return 1;
});

/** @param {string} name @param {string} text */
function positive(name, text) {
  const number = Number(text);
  if (!(number > 0)) throw new Refusal(`${name} ${text}: a number above 0 is needed`);
  return number;
}
