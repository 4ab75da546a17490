// @ts-check
/** Rounds in which Yinke and its limit take turns, so that a slower spell of the machine hits both. */

/** Rounds that count; one more warms up. */
export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Seconds that a round takes, about. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 1);

/**
 * @param {object} options
 * @param {string} [options.name] of a part of a benchmark
 * @param {import('./benchmark.mjs').Goal} [options.goal] of that part
 * @param {string} options.unit of what both return, as in "requests/s"
 * @param {(round: number) => Promise<number>} options.ours one round; round 0 warms up
 * @param {(round: number) => Promise<number>} options.limit
 * @param {number} [options.rounds]
 * @param {(line: string) => void} options.say
 * @returns {Promise<import('./benchmark.mjs').Measured>} ratio of ours to limit
 */
export async function compare({ name, goal, unit, ours, limit, rounds = ROUNDS, say }) {
  await ours(0);
  await limit(0);
  /** @type {[ours: number, limit: number][]} */
  const figures = [];
  for (let round = 1; round <= rounds; round++) {
    const pair = /** @type {[number, number]} */ ([await ours(round), await limit(round)]);
    figures.push(pair);
    say(`${name ? `${name}: ` : ''}round ${round}: ${figure(pair[0])} of ${figure(pair[1])} ${unit}`);
  }
  return resultOf({ name, goal, unit, figures });
}

/**
 * @param {object} options
 * @param {string} [options.name]
 * @param {import('./benchmark.mjs').Goal} [options.goal]
 * @param {string} options.unit
 * @param {readonly (readonly [ours: number, limit: number])[]} options.figures one pair for each round
 * @returns {import('./benchmark.mjs').Measured}
 */
export function resultOf({ name, goal, unit, figures }) {
  const ratios = figures.map(([ours, limit]) => ours / limit);
  const [ours, limit] = [0, 1].map((side) => figure(median(figures.map((pair) => pair[side] ?? NaN))));
  const detail = `${ours} of ${limit} ${unit}, ${figures.length} rounds`;
  return {
    ...(name && { name }),
    ...(goal && { goal }),
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    detail,
  };
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/** Between the two values nearest to it, in proportion. @param {readonly number[]} values @param {number} q */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [lower, upper] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return lower + (upper - lower) * (place - Math.floor(place));
}

/** A figure as people read it. @param {number} value */
export const figure = (value) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
