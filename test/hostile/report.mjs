// @ts-check
/** The walk as a table, for the terminal and for docs/hostile.md. */
import { MAY_CHANGE } from './tables.mjs';

/** Why a call of an operation cannot be accepted here. @type {Record<string, string>} */
export const NEVER = {};

/**
 * @typedef {object} Outcome
 * @property {number} seed
 * @property {number} operations
 * @property {number} seconds
 * @property {import('./tally.mjs').Tally} tally
 * @property {number} faults
 * @property {string[]} slow what was tried slowly, and how it ended
 * @property {string[]} cells what was exported as CSV
 * @property {number} logLines
 * @property {string[]} never operations of which no call was accepted
 * @property {string[]} barren what a gardener could not make
 */

/** @param {Outcome} outcome */
export function reportOf({ seed, operations, seconds, tally, faults, slow, cells, logLines, barren, never }) {
  const { growth } = tally;
  const last = tally.memory.at(-1);
  const slowest = [...tally.slowest].sort((a, b) => b.ms - a.ms).slice(0, 5);
  const kinds = [...tally.byKind].sort(([a], [b]) => a.localeCompare(b));
  return [
    `Seed ${seed}: ${whole(tally.sent)} requests to ${operations} operations in ${whole(seconds)} s (${whole(tally.gardening)} s of them to make anew what was used up), and ${whole(tally.repeated)} of them once more.`,
    '',
    '| what | how many |',
    '|---|---:|',
    `| accepted | ${whole(tally.accepted)} (${((100 * tally.accepted) / tally.sent).toFixed(0)} %) |`,
    `| refused | ${whole(tally.refused)} |`,
    `| 5xx | ${whole(tally.serverErrors)} |`,
    `| 503 for want of room | ${whole(tally.shed)} |`,
    `| without an answer in time | ${whole(tally.unanswered)} |`,
    `| refused calls of which no table changed: at once, when sent again | ${whole(tally.provenAtOnce)}, ${whole(tally.provenAgain)} |`,
    `| lines of the log read | ${whole(logLines)} |`,
    `| exports read for cells that a spreadsheet would run | ${cells.length} |`,
    `| faults found | ${whole(faults)} |`,
    '',
    `Memory after a collection, at the end beside a quarter of the way: heap × ${growth.heap.toFixed(2)}, resident × ${growth.rss.toFixed(2)}` +
      (last ? ` (${last.heapMb.toFixed(0)} and ${last.rssMb.toFixed(0)} MB).` : '.'),
    '',
    '| kind | requests | 2xx | 3xx | 4xx | 5xx |',
    '|---|---:|---:|---:|---:|---:|',
    ...kinds.map(([kind, counts]) => row(kind, counts)),
    '',
    `Slowest: ${slowest.map(({ ms, what }) => `${what} ${(ms / 1000).toFixed(2)} s`).join('; ')}.`,
    '',
    ...slow.map((line) => `- ${line}`),
    '',
    `Operations of which a call was accepted: ${operations - never.length} of ${operations}.${never.map((id) => ` ${id}: ${NEVER[id] ?? 'never, without a reason'}.`).join('')}`,
    '',
    ...(barren.length === 0 ? [] : ['Could not be made between rounds:', '', ...barren.map((line) => `- ${line}`), '']),
    `Changed by accepted calls: ${[...tally.tables.keys()].sort().join(', ')}.`,
    '',
    'What a refused call may change by design:',
    '',
    ...MAY_CHANGE.map(
      ({ table, columns, rows, reason }) =>
        `- \`${table}\`${columns === '*' ? '' : ` (${rows ?? columns.join(', ')})`}: ${reason}.`,
    ),
    '',
  ].join('\n');
}

/** The codes of all refusals. @param {import('./tally.mjs').Tally} tally */
export function codesOf(tally) {
  const codes = [...tally.codes].sort(([, a], [, b]) => b - a);
  return codes.map(([code, times]) => `\`${code}\` ${whole(times)}`).join(', ');
}

/** How often each operation was called, and with what result. @param {import('./tally.mjs').Tally} tally */
export function operationsOf(tally) {
  return [...tally.byOperation].sort(([a], [b]) => a.localeCompare(b)).map(([id, counts]) => row(`\`${id}\``, counts));
}

/** @param {string} name @param {Map<string, number>} counts */
function row(name, counts) {
  const sum = (/** @type {string} */ digit) =>
    [...counts].reduce((all, [status, times]) => all + (status.startsWith(digit) ? times : 0), 0);
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  return `| ${name} | ${whole(all)} | ${['2', '3', '4', '5'].map((digit) => whole(sum(digit))).join(' | ')} |`;
}

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');
