// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { pay } from './clerks.mjs';
import { faults, longFaults } from './faults.mjs';
import { LIMIT_MS, quiet, recovered } from './recovery.mjs';
import { shop } from './shoppers.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./faults.mjs').Fault} Fault */

const SHOPPERS = 6;
const CLERKS = 3;
/** All is looked at after so many rounds, and at the end. */
const ROUNDS_BETWEEN_LOOKS = 40;
const SHARE_OF_SEVERAL = 0.5;

/**
 * One fault, or several at once, from the beginning until all is well again.
 * @typedef {object} Round
 * @property {Fault[]} faults
 * @property {number[]} hits of each
 * @property {number} recoveryMs
 */

/**
 * Runs faults until the time is over or enough of them have happened.
 * @param {World} world
 * @param {{ endAt: number, enough: number, only?: string }} extent `only`: faults whose name has this in it
 */
export async function runFaults(world, { endAt, enough, only }) {
  const schedule = world.chance.fork('schedule');
  const wanted = faults.filter(({ name }) => !only || name.includes(only));
  const impossible = wanted.filter((fault) => fault.impossible?.(world));
  const deck = deckOf(
    schedule,
    wanted.filter((fault) => !impossible.includes(fault)),
  );
  const { rounds } = world;
  world.impossible = impossible;
  const actors = [
    ...Array.from({ length: SHOPPERS }, (_, n) => shop(world, n)),
    ...Array.from({ length: CLERKS }, (_, n) => pay(world, n)),
  ];
  for (const actor of actors)
    actor.catch((error) => world.signal.aborted || world.over || world.finding(`the workload: ${error.stack}`));
  const isOver = (lasts = 0) => Date.now() + lasts > endAt || injected(rounds) >= enough;
  const longOnes = only ? undefined : inBackground(world, schedule.fork('long'), isOver);

  while (!isOver()) {
    const several = schedule.happens(SHARE_OF_SEVERAL) && !only;
    const chosen = several ? together(deck, schedule.whole(2, 3)) : [deck.next()];
    if (chosen.some(({ lasts }) => isOver(lasts))) continue;
    rounds.push(await round(world, chosen, rounds.length + 1));
    if (rounds.length % ROUNDS_BETWEEN_LOOKS === 0 && !world.held.size) await look(world, 'a look', false);
    await sleep(schedule.whole(50, 500), undefined, { signal: world.signal });
  }
  await longOnes;
  await look(world, 'the last look', true);
  world.over = true;
}

/** How many faults have happened. @param {readonly Round[]} rounds */
export const injected = (rounds) => rounds.reduce((sum, { hits }) => sum + hits.reduce((a, b) => a + b, 0), 0);

/** @param {World} world @param {string} name @param {boolean} payouts */
async function look(world, name, payouts) {
  const before = world.findings.length;
  const tookMs = await quiet(world, { payouts });
  const verdict = world.findings.length === before ? 'client’s books and service’s agree, audit clean' : 'NOT WELL';
  world.say(
    `  ${name}: ${world.model.acknowledged()} acknowledged, at rest after ${(tookMs / 1000).toFixed(1)} s, ${verdict}`,
  );
}

/** @param {World} world @param {Fault[]} chosen @param {number} number @returns {Promise<Round>} */
async function round(world, chosen, number) {
  const begun = await Promise.all(chosen.map((fault) => begin(world, fault)));
  await Promise.all(begun.map(({ end }) => end()));
  const recoveryMs = await recovered(world).catch((error) => {
    world.signal.throwIfAborted();
    world.finding(`after ${chosen.map(({ name }) => name).join(' + ')}: ${error.message}`);
    return NaN;
  });
  if (recoveryMs > LIMIT_MS)
    world.finding(`after ${chosen.map(({ name }) => name).join(' + ')}: well again only after ${recoveryMs} ms`);
  const hits = begun.map(({ hits }) => hits());
  const names = chosen.map(({ name }, n) => `${name} ×${hits[n]}`).join(' + ');
  world.say(
    `#${number} ${new Date().toISOString().slice(11, 19)} ${names} · well after ${(recoveryMs / 1000).toFixed(2)} s`,
  );
  return { faults: chosen, hits, recoveryMs };
}

/** @param {World} world @param {Fault} fault */
async function begin(world, fault) {
  try {
    return await fault.begin(world);
  } catch (error) {
    world.signal.throwIfAborted();
    world.finding(
      `${fault.name} could not be made to happen: ${error instanceof Error ? error.message : String(error)}`,
    );
    return { end: () => undefined, hits: () => 0 };
  }
}

/**
 * Faults that last longer than every lease, one after the other beside the rounds.
 * @param {World} world @param {import('./chance.mjs').Chance} chance @param {(lasts?: number) => boolean} isOver whether the run is, before something that lasts so long
 */
async function inBackground(world, chance, isOver) {
  for (;;) {
    const fault = chance.one(longFaults);
    if (isOver(fault.lasts)) return;
    const begun = await begin(world, fault);
    const start = Date.now();
    await begun.end();
    await recovered(world).catch((error) => world.finding(`after ${fault.name}: ${error.message}`));
    world.rounds.push({ faults: [fault], hits: [begun.hits()], recoveryMs: Date.now() - start });
    world.say(`   beside: ${fault.name} · well after ${((Date.now() - start) / 1000).toFixed(2)} s`);
    await sleep(chance.whole(1_000, 20_000), undefined, { signal: world.signal });
  }
}

/** Every fault once in some order, and again. @param {import('./chance.mjs').Chance} chance @param {Fault[]} all */
function deckOf(chance, all) {
  /** @type {Fault[]} */
  let left = [];
  return {
    next: () => {
      if (left.length === 0)
        left = chance.shuffled(all.flatMap((fault) => Array.from({ length: fault.share ?? 1 }, () => fault)));
      return /** @type {Fault} */ (left.pop());
    },
  };
}

/** Different things at once: two of one kind would be in each other's way. @param {ReturnType<typeof deckOf>} deck @param {number} count */
function together(deck, count) {
  /** @type {Fault[]} */
  const chosen = [];
  for (let tries = 0; chosen.length < count && tries < 10; tries += 1) {
    const fault = deck.next();
    if (!chosen.some(({ room }) => room === fault.room)) chosen.push(fault);
  }
  return chosen;
}
