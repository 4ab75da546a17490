// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./faults.mjs').Fault} Fault */

const LASTS_MS = 3_000;

/** @type {readonly [string, import('../../../simulators/http-bank.mjs').Rule['does'], 'submit' | 'status'][]} */
const BEHAVIOURS = [
  ['never answers, and has not paid', 'time-out-before', 'submit'],
  ['never answers, and has paid', 'time-out-after', 'submit'],
  ['says 500, and has not paid', 'error-before', 'submit'],
  ['says 500, and has paid', 'error-after', 'submit'],
  ['breaks the connection, and has not paid', 'break-before', 'submit'],
  ['breaks the connection, and has paid', 'break-after', 'submit'],
  ['says 429', 'rate-limit', 'submit'],
  ['answers what is no JSON', 'garbage', 'submit'],
  ['speaks of another amount', 'other-amount', 'submit'],
  ['refuses', 'reject', 'submit'],
  ['accepts, and then says that it has not', 'accept-then-reject', 'submit'],
  ['never answers a question', 'time-out-before', 'status'],
  ['answers a question with 500', 'error-before', 'status'],
  ['answers a question with what is no JSON', 'garbage', 'status'],
  ['answers a question with another amount', 'other-amount', 'status'],
];

/** @param {(typeof BEHAVIOURS)[number]} behaviour @returns {Fault} */
const behaves = ([name, does, on]) => ({
  name: `the bank ${name}`,
  kind: 'bank misbehaves',
  begin: async (world) => {
    let hits = 0;
    world.bank.behave({ does, on, when: () => void (hits += 1) });
    await world.during(LASTS_MS);
    return { end: () => world.bank.forget(), hits: () => hits };
  },
});

/** @type {Fault[]} */
export const bankFaults = [
  ...BEHAVIOURS.map(behaves),
  {
    name: 'the bank answers late',
    kind: 'bank misbehaves',
    begin: async (world) => {
      let hits = 0;
      const first = async () => {
        hits += 1;
        await sleep(world.faultChance.whole(100, 900));
      };
      world.bank.behave({ does: 'accept', first });
      await world.during(LASTS_MS);
      return { end: () => world.bank.forget(), hits: () => hits };
    },
  },
];
