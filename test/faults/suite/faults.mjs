// @ts-check
import { bankFaults } from './bank-faults.mjs';
import { callFaults } from './call-faults.mjs';
import { longFaults, processFaults } from './process-faults.mjs';
import { storeFaults } from './store-faults.mjs';

/**
 * One thing that goes wrong. `begin` makes it happen and comes back when it has lasted long enough; `end` makes it good; `hits`
 * says how often it really happened.
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} kind what the table counts together
 * @property {string} [room] of faults of one room, one happens at a time
 * @property {number} [share] how often it comes, beside those that come once
 * @property {number} [lasts] milliseconds, if long
 * @property {(world: import('./world.mjs').World) => string | null} [impossible] why it cannot be had here
 * @property {(world: import('./world.mjs').World) => Promise<{ end: () => unknown, hits: () => number }>} begin
 */

/** @type {Fault[]} */
export const faults = Object.entries({ processFaults, storeFaults, bankFaults, callFaults }).flatMap(([room, ofRoom]) =>
  ofRoom.map((fault) => ({ ...fault, room })),
);
export { longFaults };
