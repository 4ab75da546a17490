// @ts-check
import { LIMIT_MS } from './recovery.mjs';
import { injected } from './runner.mjs';

/** @typedef {import('./world.mjs').World} World */

/**
 * A run, or what there is of it, as a table for docs/faults.md.
 * @param {World} world
 * @param {{ seed: string, minutes: number }} run
 */
export function reportOf(world, { seed, minutes }) {
  const { rounds, impossible } = world;
  /** @type {Map<string, { faults: number, times: number[] }>} */
  const kinds = new Map();
  for (const { faults, hits, recoveryMs } of rounds) {
    faults.forEach((fault, n) => {
      const kind = kinds.get(fault.kind) ?? { faults: 0, times: [] };
      kinds.set(fault.kind, kind);
      kind.faults += hits[n] ?? 0;
      if ((hits[n] ?? 0) > 0) kind.times.push(recoveryMs);
    });
  }
  const seconds = (/** @type {number | undefined} */ ms) => (ms === undefined ? '' : `${(ms / 1000).toFixed(2)} s`);
  const rows = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { faults, times }]) => {
      const sorted = times.sort((a, b) => a - b);
      return `| ${kind} | ${faults} | ${times.length} | ${seconds(sorted[sorted.length >> 1])} | ${seconds(sorted.at(-1))} |`;
    });
  const longest = Math.max(...rounds.filter(({ hits }) => hits.some((n) => n > 0)).map(({ recoveryMs }) => recoveryMs));
  const { model, client, bank } = world;
  const { counts } = client;
  const answered = [...counts].filter(([what]) => /^answered 5(?!03)/.test(what)).reduce((sum, [, n]) => sum + n, 0);
  const lost = world.findings.filter((one) => one.startsWith('lost')).length;
  const doubled = world.findings.filter((one) => one.startsWith('doubled')).length;
  const lines = [
    `Seed \`${seed}\`, ${minutes.toFixed(0)} minutes, ${rounds.length} rounds, **${injected(rounds)} faults**; ${counts.get('requests') ?? 0} requests,`,
    `${model.acknowledged()} acknowledged calls, ${model.orders.size} orders, ${bank.payments().length} payments at the called bank, ${model.filed.size} in files.`,
    ...(world.otherVersion
      ? ['', `One API and one worker were of another version: commit ${world.otherVersion.commit}.`]
      : []),
    '',
    `Lost **${lost}**, doubled **${doubled}**, answers 5xx other than 503 **${answered}**, longest recovery **${seconds(longest)}** (limit ${LIMIT_MS / 1000} s), findings **${world.findings.length}**.`,
    '',
    '| what goes wrong | faults | rounds | recovery, median | recovery, longest |',
    '|---|--:|--:|--:|--:|',
    ...rows,
    ...impossible.map((fault) => `| ${fault.name} | – | – | not here: ${fault.impossible?.(world)} | |`),
  ];
  return lines.join('\n');
}
