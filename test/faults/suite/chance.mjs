// @ts-check

/** Numbers that follow from a seed alone, so that a run can be told again. */
export class Chance {
  #state;

  /** @param {string | number} seed */
  constructor(seed) {
    this.seed = String(seed);
    let hash = 2_166_136_261;
    for (const character of this.seed) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
    this.#state = hash >>> 0;
  }

  /** A stream of its own for one part of the run: what another part draws does not move it. @param {string | number} name */
  fork(name) {
    return new Chance(`${this.seed}/${name}`);
  }

  /** From 0 up to 1. */
  number() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. @param {number} least @param {number} most */
  whole(least, most) {
    return least + Math.floor(this.number() * (most - least + 1));
  }

  /** @param {number} probability */
  happens(probability) {
    return this.number() < probability;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  one(list) {
    return /** @type {T} */ (list[this.whole(0, list.length - 1)]);
  }

  /** Some of them, each once. @template T @param {readonly T[]} list @param {number} count @returns {T[]} */
  some(list, count) {
    return this.shuffled(list).slice(0, count);
  }

  /** @template T @param {readonly T[]} list @returns {T[]} */
  shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i -= 1) {
      const other = this.whole(0, i);
      [copy[i], copy[other]] = [/** @type {T} */ (copy[other]), /** @type {T} */ (copy[i])];
    }
    return copy;
  }
}
