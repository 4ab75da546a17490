// @ts-check
/** Schemas of bodies and answers from docs/openapi.json, for limits that take and give the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/say.mjs';

const api = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));

/**
 * The schema of what an operation is sent and of what it answers, each whole.
 * @param {'post' | 'get'} method
 * @param {string} path as in the document
 * @param {number} status
 */
export function contractOf(method, path, status) {
  const operation = api.paths[path][method];
  return {
    body: whole(operation.requestBody?.content['application/json'].schema),
    answer: whole(operation.responses[status].content?.['application/json'].schema),
  };
}

/** The schema with what it refers to put in. @param {any} schema @returns {any} */
function whole(schema) {
  if (Array.isArray(schema)) return schema.map(whole);
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string') return whole(schema.$ref.slice(2).split('/').reduce((/** @type {any} */ at, /** @type {string} */ step) => at[step], api)); // prettier-ignore
  return Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, whole(part)]));
}
