// @ts-check
/** Makes requests: the same seed, number and knowledge of the service make the same one. */
import { validRequest } from './base.mjs';
import { Chance } from './chance.mjs';
import { KINDS } from './kinds.mjs';
import { rawRequest, RAW_SHARE } from './raw.mjs';

/** Operations that cost the service or its callers much; how often, compared with others. @type {Record<string, number>} */
export const RARE = {
  signIn: 0.25, // argon2
  replacePassword: 0.25,
  replaceRecoveryCodes: 0.25,
  createStaff: 0.25,
  startSecondFactor: 0.5,
  runAudit: 0.03, // reads everything
  requestRecount: 0.2,
  exportJournals: 0.2,
  simulateRewardRules: 0.3,
};
/** What is a world of its own. @type {Record<string, number>} */
const OFTEN = { receiveBankReport: 2.5, importOrders: 1.5, placeOrder: 1.5 };

/** Of the calls of an operation for which there is something in stock. */
const FROM_STOCK = 0.8;

export class Generator {
  /**
   * @param {object} given
   * @param {number} given.seed
   * @param {import('./operations.mjs').Operation[]} given.operations
   * @param {(node: any) => any} given.follow
   * @param {import('./pools.mjs').Pools} given.pools
   * @param {import('./callers.mjs').Callers} given.callers
   * @param {readonly string[]} given.names of the callers
   * @param {(operation: import('./operations.mjs').Operation, chance: Chance) => string} given.callerOf who may call it
   * @param {import('./stock.mjs').Stock} [given.stock]
   */
  constructor({ seed, operations, follow, pools, callers, names, callerOf, stock }) {
    this.seed = seed;
    this.follow = follow;
    this.pools = pools;
    this.callers = callers;
    this.names = names;
    this.callerOf = callerOf;
    this.stock = stock;
    this.choices = operations.map(
      (operation) => /** @type {const} */ ([OFTEN[operation.id] ?? RARE[operation.id] ?? 1, operation]),
    );
  }

  /** @param {number} number @param {import('./operations.mjs').Operation} [only] of which a valid one is wanted @returns {import('./base.mjs').Request} */
  request(number, only) {
    const chance = new Chance(this.seed, number);
    const operation = only ?? chance.weighted(this.choices);
    const { pools, follow, callers } = this;
    const name = `h-${this.seed.toString(36)}-${number.toString(36)}`;
    const caller = this.callerOf(operation, chance);
    const item = chance.happens(FROM_STOCK) || only ? this.stock?.pick(operation.id, chance) : undefined;
    const valid = item
      ? stocked(validRequest(operation, caller, { chance, pools, name }), item, item.make({ name, chance }))
      : validRequest(operation, caller, { chance, pools, name });
    // Merchants and applicants see what is theirs.
    const own = Object.entries(callers[caller]?.own ?? {}).find(([beginning]) =>
      operation.path.startsWith(beginning),
    )?.[1];
    if (own !== undefined && !item && chance.happens(0.9)) valid.path.id = own;
    if (only) return valid;
    if (chance.happens(RAW_SHARE)) return rawRequest(valid, chance);
    for (;;) {
      const [, kind, spoil] = chance.weighted(KINDS.map((entry) => /** @type {const} */ ([entry[0], entry])));
      const made = spoil(valid, { chance, pools, follow, callers: this.names });
      if (made) return { ...made, kind };
    }
  }
}

/** @param {import('./base.mjs').Request} valid @param {import('./stock.mjs').Item} item @param {import('./stock.mjs').Part} part @returns {import('./base.mjs').Request} */
const stocked = (valid, item, part) => ({ ...valid, ...part, path: { ...valid.path, ...part.path }, item });
