// @ts-check
/**
 * What a benchmark is. A target is a ratio, measured in one run on one machine: of what Yinke does to a limit that the
 * same benchmark measures, in turns.
 *
 * @typedef {{ atLeast: number } | { atMost: number }} Goal
 *
 * @typedef {object} Benchmark
 * @property {string} name
 * @property {string} what the work, in a sentence
 * @property {string} limit what the work is compared with, in a sentence
 * @property {Goal} goal of the ratio
 * @property {(world: import('./world.mjs').World) => Promise<Measured | Measured[]>} run
 *
 * @typedef {object} Result
 * @property {string} name of the benchmark, or of a part of it
 * @property {number} ratio median of the rounds
 * @property {number} min
 * @property {number} max
 * @property {Goal} goal
 * @property {string} detail the figures that the ratio is made of
 *
 * @typedef {Omit<Result, 'name' | 'goal'> & Partial<Pick<Result, 'name' | 'goal'>>} Measured name and goal are the benchmark's,
 *   unless it measures several things
 */

/** @param {Benchmark} benchmark */
export const benchmark = (benchmark) => benchmark;

/** @param {Goal} goal */
export const goalNumber = (goal) => ('atLeast' in goal ? goal.atLeast : goal.atMost);

/** @param {Pick<Result, 'ratio' | 'goal'>} result */
export const isMet = ({ ratio, goal }) => ('atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost);
