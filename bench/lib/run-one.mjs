// @ts-check
/** `node bench/lib/run-one.mjs NAME FILE [--large] [--profile]`: one benchmark in this process; its results are appended to FILE. */
import { appendFileSync } from 'node:fs';
import { figure } from './rounds.mjs';
import { goalNumber, isMet } from './benchmark.mjs';
import { describeMachine, loadNow } from './machine.mjs';
import { summarise } from './profile.mjs';
import { World } from './world.mjs';

const [name = '', file = '', ...flags] = process.argv.slice(2);
const world = await World.open(name, { large: flags.includes('--large'), profile: flags.includes('--profile') });
try {
  /** @type {import('./benchmark.mjs').Benchmark} */
  const benchmark = (await import(`../${name}.bench.mjs`)).default;
  world.say(benchmark.what);
  world.say(`limit: ${benchmark.limit}`);
  if (flags.includes('--machine')) for (const line of await describeMachine(world)) world.say(line);
  const before = loadNow();
  const begin = performance.now();
  const measured = [await benchmark.run(world)].flat();
  const seconds = Math.round((performance.now() - begin) / 1000);
  for (const one of measured) {
    const result = { name: benchmark.name, goal: benchmark.goal, ...one };
    const { ratio, min, max, goal, detail } = result;
    const verdict = isMet(result) ? 'met' : 'MISSED';
    const bound = `goal ${'atLeast' in goal ? '≥' : '≤'} ${goalNumber(goal)}`;
    world.say(`${result.name}: ${figure(ratio)} (${figure(min)}–${figure(max)}), ${bound}: ${verdict}. ${detail}`);
    appendFileSync(file, `${JSON.stringify(result)}\n`);
  }
  world.say(
    `${seconds} s, load average ${before} before and ${loadNow()} after; it ran beside: ${[...world.beside].join(', ')}`,
  );
} finally {
  await world.close();
}
for (const [profile, from] of world.profiles) process.stderr.write(`${summarise(profile, from)}\n`);
process.exit();
