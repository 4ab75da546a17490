// @ts-check
/** docs/openapi.json as the walk needs it: every operation, who may call it, what it takes, and how it may refuse. */
import { readFileSync } from 'node:fs';

/**
 * @typedef {'staff' | 'secret-key' | 'publishable-key' | 'merchant' | 'widget' | 'applicant' | 'anyone'} Kind
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method
 * @property {string} path
 * @property {Kind[]} kinds of callers
 * @property {string[]} roles of staff; empty: any
 * @property {any[]} parameters of path and query
 * @property {string[]} types of bodies
 * @property {any} schema of a JSON body
 * @property {any} example of it
 * @property {Record<string, Set<string>>} codes of refusals by status
 * @property {Set<string>} answers statuses that are documented
 * @property {boolean} ownProblems another form of refusal than problem documents, which somebody else prescribes
 */

/** @param {string} [file] */
export function readApi(file = 'docs/openapi.json') {
  const api = JSON.parse(readFileSync(file, 'utf8'));
  /** @param {any} node @returns {any} */
  const follow = (node) => {
    if (!node?.$ref) return node;
    const parts = node.$ref.slice(2).split('/');
    return follow(
      parts.reduce(
        (/** @type {any} */ at, /** @type {string} */ part) => at[part.replace(/~1/g, '/').replace(/~0/g, '~')],
        api,
      ),
    );
  };
  /** @type {Operation[]} */
  const operations = [];
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, spec] of Object.entries(/** @type {Record<string, any>} */ (item))) {
      operations.push(operationOf(method.toUpperCase(), path, spec, follow));
    }
  }
  return { operations, follow };
}

/** @param {string} method @param {string} path @param {any} spec @param {(node: any) => any} follow @returns {Operation} */
function operationOf(method, path, spec, follow) {
  const media = spec.requestBody?.content ?? {};
  const json = media['application/json'];
  /** @type {Record<string, Set<string>>} */
  const codes = {};
  let ownProblems = false;
  for (const [status, answer] of Object.entries(spec.responses)) {
    if (Number(status) < 400 || status === 'default') continue;
    const problem = follow(answer).content?.['application/problem+json'];
    if (problem) codes[status] = new Set(Object.keys(problem.examples));
    else ownProblems = true;
  }
  return {
    id: spec.operationId,
    method,
    path,
    ...callersOf(spec),
    parameters: (spec.parameters ?? []).map(follow).filter((/** @type {any} */ one) => one.in !== 'header'),
    types: Object.keys(media),
    schema: json && json.schema,
    example: json && (json.example ?? follow(Object.values(json.examples ?? {})[0])?.value),
    codes,
    answers: new Set(Object.keys(spec.responses)),
    ownProblems,
  };
}

/** @type {[RegExp, Kind][]} */
const WORDS = [
  [/secret key/, 'secret-key'],
  [/publishable key/, 'publishable-key'],
  [/merchant, signed in/, 'merchant'],
  [/widget/, 'widget'],
  [/applicant/, 'applicant'],
  [/^anyone/, 'anyone'],
];

/** Who may call, as the description says. @param {any} spec */
function callersOf(spec) {
  const said = /Allowed: ([\s\S]+)\.$/.exec(spec.description)?.[1] ?? '';
  /** @type {Kind[]} */
  const kinds = [];
  /** @type {string[]} */
  let roles = [];
  for (const part of said.split('; ')) {
    const staff = /^staff in (?:any role|the role of (.+))$/.exec(part);
    const kind = staff ? 'staff' : WORDS.find(([words]) => words.test(part))?.[1];
    if (!kind) throw new Error(`${spec.operationId} is for ${part}: who is that?`);
    kinds.push(kind);
    if (staff?.[1]) roles = staff[1].split(' or ');
  }
  return { kinds, roles };
}
