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
   */
  constructor({ seed, operations, follow, pools, callers, names, callerOf }) {
    this.seed = seed;
    this.follow = follow;
    this.pools = pools;
    this.callers = callers;
    this.names = names;
    this.callerOf = callerOf;
    this.choices = operations.map(
      (operation) => /** @type {const} */ ([OFTEN[operation.id] ?? RARE[operation.id] ?? 1, operation]),
    );
  }

  /** @param {number} number @returns {import('./base.mjs').Request} */
  request(number) {
    const chance = new Chance(this.seed, number);
    const operation = chance.weighted(this.choices);
    const { pools, follow, callers } = this;
    const name = `h-${this.seed.toString(36)}-${number.toString(36)}`;
    const caller = this.callerOf(operation, chance);
    const valid = validRequest(operation, caller, { chance, pools, name });
    // Merchants and applicants see what is theirs.
    const own = Object.entries(callers[caller]?.own ?? {}).find(([beginning]) =>
      operation.path.startsWith(beginning),
    )?.[1];
    if (own !== undefined && chance.happens(0.9)) valid.path.id = own;
    if (chance.happens(RAW_SHARE)) return rawRequest(valid, chance);
    for (;;) {
      const [, kind, spoil] = chance.weighted(KINDS.map((entry) => /** @type {const} */ ([entry[0], entry])));
      const made = spoil(valid, { chance, pools, follow, callers: this.names });
      if (made) return { ...made, kind };
    }
  }
}
