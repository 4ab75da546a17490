// @ts-check
/** Calls that would be accepted now, by operation: hostile ones are made of them, so that they meet something in the state that they need. */

/**
 * @typedef {Partial<Pick<import('./base.mjs').Request, 'path' | 'query' | 'headers' | 'json' | 'body' | 'caller' | 'credentials'>>} Part of a call
 * @typedef {(given: { name: string, chance: import('./chance.mjs').Chance }) => Part} MakePart `name`: unlike those of other requests
 * @typedef {{ id: string, make: MakePart, uses: number, refusals: number }} Item
 */

/** So often what it is about may be said to be wrong before it counts as used up by somebody else. */
const MOST_REFUSALS = 4;

/** Refusals that look at the call alone. */
const OF_THE_CALL = /^(request|access|route|idempotency)\./;

export class Stock {
  constructor() {
    /** @type {Map<string, Item[]>} */
    this.items = new Map();
  }

  /** @param {string} id of the operation @param {Part | MakePart} part @param {number} [uses] how often it can be accepted */
  give(id, part, uses = 1) {
    const items = this.items.get(id) ?? [];
    this.items.set(id, items);
    items.push({ id, make: typeof part === 'function' ? part : () => part, uses, refusals: 0 });
  }

  /** @param {string} id @param {import('./chance.mjs').Chance} chance @returns {Item | undefined} */
  pick(id, chance) {
    const items = this.items.get(id);
    return items && items.length > 0 ? chance.of(items) : undefined;
  }

  /** @param {string} id */
  count(id) {
    return (this.items.get(id) ?? []).reduce((sum, { uses }) => sum + Math.min(uses, 100), 0);
  }

  /** What became of a call: what is used up goes. @param {import('./base.mjs').Request} request @param {import('./send.mjs').Answer} answer */
  note({ item, kind }, { status, text }) {
    if (!item || item.uses === Infinity) return;
    const code = /"code":"([\w.-]+)"/.exec(text)?.[1] ?? '';
    if (status >= 200 && status < 400) item.uses -= 1;
    else if (status >= 400 && !OF_THE_CALL.test(code)) item.refusals += kind === 'valid' ? MOST_REFUSALS : 1;
    if (item.uses > 0 && item.refusals < MOST_REFUSALS) return;
    const items = this.items.get(item.id) ?? [];
    const at = items.indexOf(item);
    if (at >= 0) items.splice(at, 1);
  }
}
