// @ts-check
/** How likely a request is to be accepted and to change something: by its operation and by what is hostile in it. */

/** Reads that leave something behind: a visit, what the audit found, a line of the audit log that contacts were shown. */
const LEAVES = new Set([
  'followShareLink',
  'runAudit',
  'downloadApplicantData',
  'downloadMerchantData',
  'readMerchant',
  'listMerchants',
  'readApplication',
  'listApplications',
  'listApplicationDoubles',
  'downloadPayoutFile',
]);
const READS = /^(GET|HEAD|OPTIONS|TRACE|PROPFIND|SEARCH|REPORT)$/;

/** As long as little is known. @type {Record<string, number>} */
const AT_FIRST = { 'wrong type': 0.02, nesting: 0.02, address: 0, method: 0.05, 'bad JSON or encoding': 0.08 };
const OTHER_AT_FIRST = 0.25;
const WEIGHT = 20;

export class Guess {
  constructor() {
    /** @type {Map<string, { sent: number, accepted: number }>} */
    this.known = new Map();
  }

  /** @param {import('./base.mjs').Request} request */
  ofChange(request) {
    if (READS.test(request.method) && !LEAVES.has(request.operation.id)) return 0;
    const all = this.#rate('all', OTHER_AT_FIRST);
    const kind = this.#rate(request.kind, AT_FIRST[request.kind] ?? OTHER_AT_FIRST);
    return (this.#rate(request.operation.id, OTHER_AT_FIRST) * kind) / all;
  }

  /** @param {import('./base.mjs').Request} request @param {boolean} accepted */
  learn(request, accepted) {
    if (READS.test(request.method) && !LEAVES.has(request.operation.id)) return;
    for (const name of ['all', request.kind, request.operation.id]) {
      const known = this.known.get(name) ?? { sent: 0, accepted: 0 };
      this.known.set(name, known);
      known.sent += 1;
      if (accepted) known.accepted += 1;
    }
  }

  /** @param {string} name @param {number} atFirst */
  #rate(name, atFirst) {
    const { sent, accepted } = this.known.get(name) ?? { sent: 0, accepted: 0 };
    return (accepted + WEIGHT * atFirst) / (sent + WEIGHT);
  }
}
