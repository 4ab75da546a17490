// @ts-check
/** What no answer may be, whatever was asked. */
import { parse } from 'csv-parse/sync';
import { MARK } from './strings.mjs';

/** Refusals of the edge, before an operation is reached: any of them may stand for `default`. */
const OF_THE_EDGE = new Map([
  ['request.malformed', 400],
  ['route.not-found', 404],
  ['request.timed-out', 408],
  ['request.too-large', 413],
  ['request.uri-too-long', 414],
  ['request.unsupported-media-type', 415],
  ['request.headers-too-large', 431],
]);

/** What a person may write and a spreadsheet would run. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** What the log tells people of by design, as loudly as of an error. */
const ALARMS = new Set(['a bank report contradicts the books']);
/** By name: the second admin is made by the first, alone; a transfer succeeds that people had stated failed. */
const NAMED_ALARMS = new Set(['money-role-alone', 'payout-contradiction']);

const LEAKS =
  /node_modules|\bat [\w.<>]+ \(|ER_[A-Z_]{5,}|SQLSTATE|You have an error in your SQL|\.ts:\d+|\.js:\d+:\d+|QueryFailedError|Cannot read propert|is not a function/;

/**
 * What was never sent, and who sends more than is read and may find the connection closed before the answer that said so.
 * @param {import('./base.mjs').Request} request @param {import('./send.mjs').Answer} answer
 */
export function cannotBeHeard({ kind }, { failure = '' }) {
  return failure.startsWith('cannot be sent') || (kind === 'oversize' && /^(ECONNRESET|EPIPE)$/.test(failure));
}

/**
 * @param {import('./base.mjs').Request} request @param {import('./send.mjs').Answer} answer
 * @returns {string[]} what is wrong with it
 */
export function faultsOf(request, answer) {
  const { status, headers, text, failure } = answer;
  if (cannotBeHeard(request, answer)) return [];
  // On a connection that is not HTTP, silence and the end are an answer too.
  if (status === -1) return [];
  if (failure !== undefined || status === 0) return [failure ?? 'what came is not HTTP'];
  const wrong = [];
  const type = headers['content-type'] ?? '';
  if (status >= 500 && status !== 503) wrong.push(`${status}: ${text.slice(0, 200)}`);
  if (status === 503) wrong.push(...shedding(headers, text));
  if (Object.keys(headers).some((name) => name.includes(MARK))) wrong.push('a header of the caller’s in the answer');
  if (request.kind !== 'valid' && status >= 400 && LEAKS.test(text))
    wrong.push(`the answer tells of the inside: ${text.slice(0, 200)}`);
  if (status >= 400 && status < 500 && request.method !== 'HEAD')
    wrong.push(...refusalFaults(request, status, type, text));
  if (status < 300 && type.startsWith('text/csv')) wrong.push(...cellFaults(text));
  if (
    status < 300 &&
    request.kind !== 'method' &&
    !request.bytes &&
    request.target === undefined &&
    !request.operation.answers.has(String(status))
  )
    wrong.push(`${status} is not documented for ${request.operation.id}`);
  return wrong;
}

/** Whether it was turned away for want of room. @param {import('./send.mjs').Answer} answer */
export const isShed = ({ status }) => status === 503;

/** @param {Record<string, string>} headers @param {string} text */
function shedding(headers, text) {
  const problem = parsed(text);
  return headers['retry-after'] && typeof problem?.code === 'string'
    ? []
    : [`503 without a code or Retry-After: ${text.slice(0, 200)}`];
}

/** @param {import('./base.mjs').Request} request @param {number} status @param {string} type @param {string} text */
function refusalFaults({ operation, kind, bytes, target }, status, type, text) {
  const elsewhere = bytes !== undefined || target !== undefined || kind === 'method' || operation.ownProblems;
  if (elsewhere && !type.startsWith('application/problem+json'))
    return operation.ownProblems || /text\/html|^$/.test(type) ? [] : [`${status} as ${type}`];
  if (operation.path.startsWith('/r/') && type.startsWith('text/html')) return [];
  if (!type.startsWith('application/problem+json'))
    return [`${status} is no problem document but ${type}: ${text.slice(0, 100)}`];
  const problem = parsed(text);
  if (!problem || problem.status !== status)
    return [`the problem document does not say ${status}: ${text.slice(0, 200)}`];
  const missing = ['type', 'title', 'detail', 'code'].filter((member) => typeof problem[member] !== 'string');
  if (missing.length > 0) return [`a problem document without ${missing.join(', ')}`];
  const documented = operation.codes[status]?.has(problem.code) || OF_THE_EDGE.get(problem.code) === status;
  return documented || elsewhere ? [] : [`${status} ${problem.code} is not documented for ${operation.id}`];
}

/** Cells that a spreadsheet would run. @param {string} text */
export function cellFaults(text) {
  /** @type {string[][]} */
  let rows;
  try {
    rows = parse(text, { bom: true, relax_column_count: true });
  } catch (error) {
    return [`not CSV: ${/** @type {Error} */ (error).message.slice(0, 100)}`];
  }
  const bad = rows.flat().find((cell) => FORMULA.test(cell) && !NUMBER.test(cell));
  return bad === undefined ? [] : [`a cell that a spreadsheet would run: ${bad.slice(0, 60)}`];
}

/** Lines of the log that are none, or that the service wrote because something was wrong on its side. @param {string} log */
export function logFaults(log) {
  const faults = [];
  for (const line of log.split('\n')) {
    if (line.trim() === '') continue;
    const entry = parsed(line);
    if (entry === undefined || typeof entry !== 'object')
      faults.push(`a line of the log that is none: ${line.slice(0, 200)}`);
    else if (ALARMS.has(entry.msg) || NAMED_ALARMS.has(entry.alert)) continue;
    else if (entry.level === 'error' || Number(entry.level) >= 50)
      faults.push(`the log tells of an error: ${line.slice(0, 600)}`);
    else if (entry.msg === MARK) faults.push(`a line of the log that a caller wrote: ${line.slice(0, 200)}`);
  }
  return faults;
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
