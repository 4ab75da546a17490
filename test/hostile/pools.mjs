// @ts-check
/** What the service has shown so far: ids, names and cursors that requests are made of. */

import { hasHalfPair } from './text.mjs';

const ID = /^([a-z]{3})_[0-9a-z]{26}(-\d+)?$/;
/** Fields whose values are looked up by. */
const NAMED = new Set(
  'orderId code name sku category group currency asset number redemptionId wechatId displayName email revision token visit quote session month'.split(
    ' ',
  ),
);
const MOST = 300;

export class Pools {
  /** @param {string} [now] a moment that has just been */
  constructor(now = '2026-01-01T00:00:00.000Z') {
    this.now = now;
    /** A report as a bank sends it. @type {string | Buffer} */
    this.bankReport = '<Document/>';
    /** @type {Map<string, string[]>} by the prefix of an id, or the name of a field */
    this.values = new Map();
    /** @type {{ operation: string, cursor: string }[]} */
    this.cursors = [];
    /** @type {Set<string>} what the callers themselves are, or live by */
    this.spared = new Set();
  }

  /** @param {string} operation @param {any} answer */
  learn(operation, answer) {
    if (typeof answer?.nextCursor === 'string') keep(this.cursors, { operation, cursor: answer.nextCursor });
    this.#walk(answer, operation, 0);
  }

  /** @param {any} value @param {string} name @param {number} depth */
  #walk(value, name, depth) {
    if (depth > 8) return;
    if (Array.isArray(value)) for (const item of value.slice(0, 50)) this.#walk(item, name, depth + 1);
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) this.#walk(item, key, depth + 1);
    else if (typeof value === 'string' && value.length <= 2_000) this.#add(name, value);
  }

  /** @param {string} name @param {string} value */
  #add(name, value) {
    const prefix = ID.exec(value)?.[1];
    if (prefix) this.#put(prefix, value);
    if (NAMED.has(name) && value.length > 0 && !hasHalfPair(value)) this.#put(name, value);
  }

  /** @param {string} name @param {string} value */
  #put(name, value) {
    const known = this.values.get(name) ?? [];
    this.values.set(name, known);
    if (!known.includes(value)) keep(known, value);
  }

  /**
   * What might stand where the example does; ids that callers live by are left out where something is changed.
   * @param {string} name @param {unknown} example @param {boolean} changes
   */
  like(name, example, changes) {
    const prefix = typeof example === 'string' ? ID.exec(example)?.[1] : undefined;
    const known = this.values.get(prefix ?? name) ?? [];
    return changes ? known.filter((value) => !this.spared.has(value)) : known;
  }
}

/** The oldest goes when there are many; the first few, which the demo made, stay. @template T @param {T[]} list @param {T} value */
function keep(list, value) {
  list.push(value);
  if (list.length > MOST) list.splice(MOST / 2, 1);
}
