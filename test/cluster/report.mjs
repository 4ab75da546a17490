// @ts-check

/** @typedef {Awaited<ReturnType<import('./steps.mjs').take>>} Taken */

/**
 * A run as a table for docs/scaling.md.
 * @param {import('./cluster-world.mjs').ClusterWorld} world
 * @param {{ seed: string, taken: readonly Taken[], conflicts: number }} run
 */
export function reportOf(world, { seed, taken, conflicts }) {
  const { model, client, findings } = world;
  const seconds = (/** @type {number | null} */ ms) => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);
  return [
    `Seed \`${seed}\`; ${client.counts.get('requests') ?? 0} requests,`,
    `${model.acknowledged()} acknowledged calls, ${model.orders.size} orders, ${conflicts} transactions refused by the cluster and run again.`,
    '',
    '| what happened | orders rewarded again after | calls acknowledged in 4 s meanwhile | node whole again after | rewarded as ever after |',
    '|---|---|---|---|---|',
    ...taken.map(
      ({ name, backMs, acknowledged, wholeMs, afterMs }) =>
        `| ${name} | ${seconds(backMs)} | ${acknowledged} | ${seconds(wholeMs)} | ${seconds(afterMs)} |`,
    ),
    '',
    findings.length === 0
      ? 'Nothing that was acknowledged is lost or doubled, the audit is clean, and every table is the same on all three nodes.'
      : `**${findings.length} findings**`,
  ].join('\n');
}
