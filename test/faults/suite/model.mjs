// @ts-check

/**
 * What became of one thing as its caller knows it. `unsent`: it was never asked for.
 * @typedef {'unsent' | 'done' | 'refused' | 'maybe'} Known
 */

/**
 * @typedef {object} ModelOrder
 * @property {string | null} merchant who brought the shopper
 * @property {number} paid what is paid on completion
 * @property {Known} placed
 * @property {Known} completed
 * @property {string} [refusal] what its completion was told
 * @property {Known} cancelled
 * @property {Map<string, { amount: number, known: Known }>} refunds
 */

/** The books of the client: what it asked for, and what it was told. */
export class Model {
  /** @type {Map<string, ModelOrder>} */
  orders = new Map();
  /** @type {Map<string, { merchant: string, asset: string, amount: number, known: Known }>} */
  redemptions = new Map();
  /** Visits that were said to be recorded. @type {Set<string>} */
  visits = new Set();
  /** Payout batches by the key that they were drafted with. @type {Map<string, { known: Known, id?: string }>} */
  drafts = new Map();
  /** What every download of a batch's file has to be. @type {Map<string, string>} */
  files = new Map();
  /** What the bank was handed in files: executed once for each reference. @type {Map<string, number>} */
  filed = new Map();
  /** Payments of files whose report was sent, answered or not. @type {Set<string>} */
  reported = new Set();
  /** Those whose report was acknowledged. @type {Set<string>} */
  booked = new Set();

  /** Calls that were acknowledged. */
  acknowledged() {
    const all = [
      ...[...this.orders.values()].flatMap((one) => [
        one.placed,
        one.completed,
        one.cancelled,
        ...[...one.refunds.values()].map(({ known }) => known),
      ]),
      ...[...this.redemptions.values(), ...this.drafts.values()].map(({ known }) => known),
    ];
    return all.filter((known) => known === 'done').length + this.visits.size;
  }
}
