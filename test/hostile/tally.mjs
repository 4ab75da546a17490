// @ts-check
/** What was sent and what came, counted. */
import { cannotBeHeard, isShed } from './judge.mjs';

export class Tally {
  constructor() {
    this.sent = 0;
    this.accepted = 0;
    this.refused = 0;
    this.shed = 0;
    this.serverErrors = 0;
    this.unanswered = 0;
    this.repeated = 0;
    this.provenAtOnce = 0;
    this.provenAgain = 0;
    /** Seconds. */
    this.gardening = 0;
    /** @type {Map<string, number>} in how many rounds a table was changed */
    this.tables = new Map();
    /** @type {Map<string, Map<string, number>>} statuses by kind and by operation */
    this.byKind = new Map();
    /** @type {Map<string, Map<string, number>>} */
    this.byOperation = new Map();
    /** @type {Map<string, number>} */
    this.codes = new Map();
    /** @type {{ ms: number, what: string }[]} */
    this.slowest = [];
    /** @type {{ sent: number, heapMb: number, rssMb: number }[]} */
    this.memory = [];
  }

  /** @param {import('./base.mjs').Request} request @param {import('./send.mjs').Answer} answer */
  add(request, answer) {
    const { status } = answer;
    this.sent += 1;
    if (isShed(answer)) this.shed += 1;
    else if (status >= 500) this.serverErrors += 1;
    else if (status >= 400) this.refused += 1;
    else if (status > 0) this.accepted += 1;
    else if (status === 0 && !cannotBeHeard(request, answer)) this.unanswered += 1;
    count(this.byKind, request.kind, String(status));
    count(this.byOperation, request.operation.id, status > 0 ? `${String(status)[0]}xx` : 'none');
    const code = status >= 400 && /"code":"([\w.-]+)"/.exec(answer.text)?.[1];
    if (code) this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    this.slowest.push({ ms: answer.ms, what: `${request.operation.id}, ${request.kind}: ${request.how}` });
    if (this.slowest.length > 200) this.slowest = this.slowest.sort((a, b) => b.ms - a.ms).slice(0, 10);
  }

  /** @param {string} id of an operation */
  wasAccepted(id) {
    const counts = this.byOperation.get(id);
    return Boolean(counts?.get('2xx') || counts?.get('3xx'));
  }

  /** Memory at the end beside what it was once everything had been loaded: the fourth part of the run. */
  get growth() {
    const settled = this.memory.slice(Math.floor(this.memory.length / 4));
    const [first] = settled;
    const last = settled.at(-1);
    if (!first || !last) return { heap: NaN, rss: NaN };
    return { heap: last.heapMb / first.heapMb, rss: last.rssMb / first.rssMb };
  }
}

/** @param {Map<string, Map<string, number>>} table @param {string} row @param {string} column */
function count(table, row, column) {
  const counts = table.get(row) ?? new Map();
  table.set(row, counts);
  counts.set(column, (counts.get(column) ?? 0) + 1);
}
