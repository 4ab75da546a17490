// @ts-check
/** The walk: rounds of requests, each looked at from outside before and after. */
import pMap from 'p-map';
import { credentialsOf } from './callers.mjs';
import { faultsOf, isShed } from './judge.mjs';
import { Guess } from './guess.mjs';
import { targetOf } from './send.mjs';
import { changed } from './tables.mjs';

/** Requests between two looks at the tables. */
const ROUND = 200;
/** In one round are calls that are likely to change nothing; calls that may; and bytes that are not HTTP, of which many are waited for in vain. */
const LANES = /** @type {const} */ ({ quiet: 0, changing: 1, bytes: 2 });
/** How often an operation is called that was never accepted, at most. */
const SEEKING = 6;
/** Waited for at the same time. */
const RAW_CONCURRENCY = 64;

/** What ends sessions is called with a session of its own. */
const ENDS_SESSIONS = /^\/v1\/(staff|merchants)\/sessions|\/sessions(\/|$)/;

/**
 * @typedef {import('./base.mjs').Request} Request
 * @typedef {{ request: Request, what: string, answer?: import('./send.mjs').Answer }} Fault
 * @typedef {{ request: Request, answer: import('./send.mjs').Answer }} Sent
 */

export class Walk {
  /**
   * @param {object} given
   * @param {import('./generator.mjs').Generator} given.generator
   * @param {import('./send.mjs').Sender} given.sender
   * @param {Pick<import('./tables.mjs').Tables, 'sums'>} given.tables
   * @param {import('./callers.mjs').Callers} given.callers
   * @param {Pick<import('./callers.mjs').SpareSessions, 'instead'>} given.spares
   * @param {import('./pools.mjs').Pools} given.pools
   * @param {Pick<import('./stock.mjs').Stock, 'note'>} [given.stock]
   * @param {import('./tally.mjs').Tally} given.tally
   * @param {number} given.concurrency
   */
  constructor(given) {
    this.given = given;
    /** @type {Fault[]} */
    this.faults = [];
    /** Requests by whether they are likely to change something, so that a look at the tables says something of all others. @type {Request[][]} */
    this.lanes = Object.values(LANES).map(() => []);
    this.guess = new Guess();
    /** @type {Map<string, string> | undefined} */
    this.sums = undefined;
  }

  /** @param {number} from @param {number} to numbers of the requests */
  async run(from, to) {
    for (let number = from; number < to; number += 1) {
      const request = this.given.generator.request(number);
      const lane = /** @type {Request[]} */ (this.lanes[this.#laneOf(request)]);
      lane.push(request);
      if (lane.length === ROUND) await this.#round(lane.splice(0));
    }
  }

  /** Valid calls of what was never accepted so far, each a few times. @param {import('./operations.mjs').Operation[]} operations @param {number} from number of the first request */
  async seek(operations, from) {
    let number = from;
    for (let time = 0; time < SEEKING; time += 1) {
      const wanted = operations.filter(({ id }) => !this.given.tally.wasAccepted(id));
      for (const operation of wanted)
        this.lanes[LANES.changing]?.push(this.given.generator.request(number++, operation));
      await this.finish();
    }
  }

  /** What is left over. */
  async finish() {
    for (const lane of this.lanes) if (lane.length > 0) await this.#round(lane.splice(0));
  }

  /** Somebody else has written meanwhile. */
  forget() {
    this.sums = undefined;
  }

  /** @param {Request} request */
  #laneOf(request) {
    if (request.bytes) return LANES.bytes;
    return this.guess.ofChange(request) < 0.01 ? LANES.quiet : LANES.changing;
  }

  /** @param {Request[]} requests */
  async #round(requests) {
    const { pools, tally } = this.given;
    const { sent, differing } = await this.#look(requests);
    for (const { request, answer } of sent) {
      tally.add(request, answer);
      this.guess.learn(request, answer.status > 0 && answer.status < 400);
      if (answer.status >= 200 && answer.status < 300 && answer.headers['content-type']?.startsWith('application/json'))
        learn(pools, request, answer.text);
      for (const what of faultsOf(request, answer)) this.faults.push({ request, what, answer });
    }
    if (differing.length === 0) tally.provenAtOnce += sent.filter(isRefused).length;
    else await this.#prove(sent, differing);
  }

  /**
   * Something was changed. If some calls were accepted, the refused ones are sent once more by themselves; until there is nobody
   * else who could have done it.
   * @param {Sent[]} sent @param {string[]} differing
   */
  async #prove(sent, differing) {
    const { tally } = this.given;
    const refused = sent.filter(isRefused).map(({ request }) => request);
    if (refused.length === 0) return;
    if (refused.length === 1 && sent.length === 1) {
      this.faults.push({
        request: /** @type {Request} */ (refused[0]),
        what: `refused, and yet ${differing.join(', ')} changed`,
        answer: sent[0]?.answer,
      });
      return;
    }
    // Nobody was accepted: halves, to find who it was.
    const parts =
      refused.length < sent.length
        ? [refused]
        : [refused.slice(0, refused.length / 2), refused.slice(refused.length / 2)];
    for (const part of parts) {
      const again = await this.#look(part);
      tally.repeated += part.length;
      for (const { request, answer } of again.sent)
        for (const what of faultsOf(request, answer)) this.faults.push({ request, what, answer });
      if (again.differing.length === 0) tally.provenAgain += again.sent.filter(isRefused).length;
      else await this.#prove(again.sent, again.differing);
    }
  }

  /** Sends them between two looks at the tables. @param {Request[]} requests @returns {Promise<{ sent: Sent[], differing: string[] }>} */
  async #look(requests) {
    const { sender, tables, spares, callers, concurrency } = this.given;
    const spent = new Map();
    for (const request of requests)
      if (!request.credentials && ENDS_SESSIONS.test(targetOf(request)))
        spent.set(request, await spares.instead(request.caller));
    const before = spent.size > 0 || !this.sums ? await tables.sums() : this.sums;
    const sent = await pMap(
      requests,
      async (request) => ({
        request,
        answer: await sender.send(
          request,
          spent.get(request) ?? request.credentials ?? credentialsOf(request.caller, callers),
        ),
      }),
      { concurrency: requests[0]?.bytes ? RAW_CONCURRENCY : concurrency },
    );
    for (const { request, answer } of sent) this.given.stock?.note(request, answer);
    this.sums = await tables.sums();
    const differing = changed(before, this.sums);
    for (const table of differing) this.given.tally.tables.set(table, (this.given.tally.tables.get(table) ?? 0) + 1);
    return { sent, differing };
  }

  /** Whether anybody was turned away for want of room. */
  get shed() {
    return this.given.tally.shed;
  }
}

/** @param {Sent} sent */
const isRefused = ({ answer }) => answer.status >= 400 && !isShed(answer);

/** @param {import('./pools.mjs').Pools} pools @param {Request} request @param {string} text */
function learn(pools, request, text) {
  if (text.length > 200_000) return;
  try {
    pools.learn(request.operation.id, JSON.parse(text));
  } catch {
    // faultsOf has said so
  }
}
