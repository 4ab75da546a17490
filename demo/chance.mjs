// @ts-check
import { createHash } from 'node:crypto';

/**
 * A number from 0 up to 1 that only depends on the text: the demo is the same every time.
 * @param {string} text
 */
export function chance(text) {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * One of the choices, by weight.
 * @template T
 * @param {string} text
 * @param {readonly (readonly [T, number])[]} choices
 * @returns {T}
 */
export function choose(text, choices) {
  let left = chance(text) * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) if ((left -= weight) < 0) return choice;
  return /** @type {readonly [T, number]} */ (choices[choices.length - 1])[0];
}
