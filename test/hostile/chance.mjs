// @ts-check
/** Chance that a seed decides: the same seed makes the same requests. */
export class Chance {
  /** @param {number} seed @param {number} [stream] tells two uses of one seed apart */
  constructor(seed, stream = 0) {
    this.state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35)) >>> 0;
  }

  /** The next of mulberry32, 0 ≤ x < 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** @param {number} below */
  integer(below) {
    return Math.floor(this.next() * below);
  }

  /** @param {number} share of all cases */
  happens(share) {
    return this.next() < share;
  }

  /** @template T @param {readonly T[]} choices @returns {T} */
  of(choices) {
    if (choices.length === 0) throw new Error('there is nothing to choose from');
    return /** @type {T} */ (choices[this.integer(choices.length)]);
  }

  /** One of a table, as often as its weight says. @template T @param {readonly (readonly [number, T])[]} choices @returns {T} */
  weighted(choices) {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return /** @type {readonly [number, T]} */ (choices[choices.length - 1])[1];
  }
}
