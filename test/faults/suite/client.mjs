// @ts-check
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * One call, sent with the same content and key however often it is sent.
 * @typedef {object} Call
 * @property {'GET' | 'POST'} [method] default POST
 * @property {string} path
 * @property {string} token
 * @property {unknown} [body]
 * @property {Buffer} [xml] instead of a body
 * @property {string} [key] Idempotency-Key
 * @property {readonly string[]} [mayBeRefused] codes, or what they begin with, that are no surprise
 * @property {boolean} [isOut] whether it was sent before and not answered, so that it may still arrive
 */

/** @typedef {{ status: number, code?: string, body: any, bytes: Buffer }} Answer */

/**
 * What is known of a call. `maybe`: it was sent, and no answer that decides came; with a `code`, and for good: it was refused once, and
 * sent before without an answer, so that the one before may have been carried out, or still arrive.
 * @typedef {{ known: 'done' | 'refused' | 'maybe', code?: string, body?: any, bytes?: Buffer }} Result
 */

/** Answers in no time longer than this are given up. */
const TIMEOUT_MS = 5_000;
/** So long a call is sent again before its caller turns to something else, and the call is left for later. */
const PATIENCE_MS = 8_000;
const LATER_MS = 2_000;

/** What the faults of callers do to calls; 0: nothing. */
export class Manners {
  /** Sent twice at the same time. */
  twice = 0;
  /** Given up by the caller after a moment, and sent again. */
  impatient = 0;
  /** Held back, so that others overtake it. */
  delayed = 0;
}

/** A client that sends again what was not answered, and writes down what it was told. */
export class Client {
  #agent = new Agent({ keepAlive: true, maxSockets: 200 });
  /** @type {{ call: Call, settle: (result: Result) => void }[]} */
  #later = [];
  manners = new Manners();
  /** @type {Map<string, number>} */
  counts = new Map();
  /** @type {string[]} answers that nobody should get */
  surprises = [];
  closed = false;
  /** Calls that are being sent. */
  busy = 0;

  /** @param {string} baseUrl @param {import('./chance.mjs').Chance} chance */
  constructor(baseUrl, chance) {
    this.baseUrl = baseUrl;
    this.chance = chance;
    void this.#laterOnes();
  }

  /** @param {string} what */
  #count(what) {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Calls that wait to be sent again. */
  get unanswered() {
    return this.#later.length;
  }

  /**
   * Sends a call until it is answered, or for a few seconds; then it is `maybe`, and is sent again later, until `settle` is
   * told what became of it.
   * @param {Call} call @param {(result: Result) => void} settle
   * @returns {Promise<Result>}
   */
  async deliver(call, settle) {
    this.busy += 1;
    const result = await this.#insist(call, PATIENCE_MS).finally(() => (this.busy -= 1));
    settle(result);
    if (isOpen(result)) {
      // Some callers never come back.
      if (this.chance.happens(0.15)) this.#count('never sent again');
      else this.#later.push({ call, settle });
    }
    return result;
  }

  /** For what only looks, or must come to an end: sent until it is answered. @param {Call} call @param {number} [forMs] */
  async insist(call, forMs = 120_000) {
    return this.#insist(call, forMs);
  }

  /** @param {Call} call @param {number} forMs @returns {Promise<Result>} */
  async #insist(call, forMs) {
    const end = Date.now() + forMs;
    for (let tries = 1; ; tries += 1) {
      const { twice, impatient, delayed } = this.manners;
      if (this.chance.happens(delayed)) {
        this.#count('call delayed');
        await sleep(this.chance.whole(10, 400));
      }
      const hurried = this.chance.happens(impatient);
      if (hurried) this.#count('caller timed out');
      const timeout = hurried ? this.chance.whole(1, 60) : TIMEOUT_MS;
      const doubled = this.chance.happens(twice);
      if (doubled) this.#count('call sent twice');
      const answers = await Promise.all(
        Array.from({ length: doubled ? 2 : 1 }, () => this.#send(call, timeout).catch(() => undefined)),
      );
      const results = answers.map((answer) => answer && this.#decided(call, answer));
      const done = results.find((result) => result?.known === 'done');
      if (done) return done;
      call.isOut ||= answers.includes(undefined);
      const refused = results.find((result) => result?.known === 'refused');
      // Under a key the first answer holds for all.
      if (refused) return call.isOut && !call.key ? { ...refused, known: 'maybe' } : refused;
      if (Date.now() > end || this.closed) return { known: 'maybe' };
      await sleep(Math.min(50 * 2 ** Math.min(tries, 5), 1_000));
    }
  }

  /** @param {Call} call @param {Answer} answer @returns {Result | undefined} undefined: nothing was decided, so it is sent again */
  #decided(call, { status, code, body, bytes }) {
    if (status >= 200 && status < 300) return { known: 'done', body, bytes };
    if (code === 'idempotency.answer-lost') {
      this.#count('answer lost');
      return { known: 'done', code };
    }
    if (status === 503 || status === 429 || code === 'idempotency.in-progress') {
      this.#count(`answered ${status} ${code}`);
      return undefined;
    }
    if (status >= 500) {
      this.#count(`answered ${status} ${code}`);
      this.surprises.push(`${call.method ?? 'POST'} ${call.path}: ${status} ${bytes.toString().slice(0, 300)}`);
      return undefined;
    }
    const expected = call.mayBeRefused?.some((one) => code?.startsWith(one));
    if (!expected)
      this.surprises.push(`${call.method ?? 'POST'} ${call.path}: ${status} ${bytes.toString().slice(0, 300)}`);
    return { known: 'refused', code };
  }

  async #laterOnes() {
    while (!this.closed) {
      await sleep(LATER_MS);
      const waiting = this.#later;
      this.#later = [];
      await Promise.all(
        waiting.map(async (one) => {
          const result = await this.#insist(one.call, 0);
          if (isOpen(result)) this.#later.push(one);
          else one.settle(result);
        }),
      );
    }
  }

  /** @param {Call} call @param {number} timeoutMs @returns {Promise<Answer>} */
  #send({ method = 'POST', path, token, body, xml, key }, timeoutMs) {
    const content = xml ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
    /** @type {Record<string, string | number>} */
    const headers = { authorization: `Bearer ${token}` };
    if (content) {
      headers['content-type'] = xml ? 'application/xml' : 'application/json';
      headers['content-length'] = content.length;
    }
    if (key) headers['idempotency-key'] = key;
    this.#count('requests');
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.baseUrl), { method, headers, agent: this.#agent }, (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', fail);
        response.on('aborted', () => fail(new Error('aborted')));
        response.on('end', () => {
          clearTimeout(timer);
          const bytes = Buffer.concat(chunks);
          const isJson = /json/.test(response.headers['content-type'] ?? '') && bytes.length > 0;
          try {
            const parsed = isJson ? JSON.parse(bytes.toString()) : undefined;
            resolve({ status: response.statusCode ?? 0, code: parsed?.code, body: parsed, bytes });
          } catch (error) {
            reject(error);
          }
        });
      });
      /** @param {Error} error */
      const fail = (error) => {
        clearTimeout(timer);
        sent.destroy();
        reject(error);
      };
      const timer = setTimeout(() => fail(new Error('timed out')), timeoutMs);
      sent.on('error', fail);
      sent.end(content);
    });
  }

  close() {
    this.closed = true;
    this.#agent.destroy();
  }
}

/** Whether nothing more is known of a call than that it was sent. @param {Result} result */
const isOpen = ({ known, code }) => known === 'maybe' && code === undefined;
