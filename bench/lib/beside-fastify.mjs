// @ts-check
import { contractOf } from './contract.mjs';
import { compare, SECONDS } from './rounds.mjs';

/**
 * An operation of the API beside Fastify alone, which takes the same bodies, validates them by the schema of
 * docs/openapi.json, and gives one and the same answer, written by the schema of the answer.
 *
 * @param {import('./world.mjs').World} world
 * @param {object} options
 * @param {['post' | 'get', path: string, status: number]} options.operation
 * @param {{ baseUrl: string, headers: Record<string, string> }} options.api
 * @param {unknown} [options.answer]
 * @param {string} [options.location] of a redirect
 * @param {(round: number) => { path?: string, body?: string }[]} options.requests `path` when it is not that of the operation
 * @param {(round: number) => Promise<void>} [options.prepare] before each round, not measured
 * @param {boolean} [options.once] each request is sent once; else they are sent in turn for some seconds
 * @param {number} [options.connections]
 * @param {(answers: number) => void} [options.onAnswered]
 */
export async function besideFastify(world, options) {
  const { operation, api, answer, location, requests, once, connections = 32 } = options;
  const [method, path, status] = operation;
  const contract = contractOf(method, path, status);
  const limit = await world.startLimit('bare-fastify.mjs', {
    method: method.toUpperCase(),
    path: path.replace(/\{(\w+)\}/g, ':$1'),
    status,
    body: contract.body,
    answer: contract.answer,
    says: answer,
    location,
  });
  /** @param {string} baseUrl @param {{ path?: string, body?: string }[]} asked @param {Record<string, string>} headers */
  const ask = (baseUrl, asked, headers) =>
    world.load({
      url: baseUrl + path,
      headers,
      status,
      connections,
      requests: asked.map((request) => ({ path, ...request })),
      ...(once ? {} : { seconds: SECONDS }),
    });
  return compare({
    unit: 'requests/s',
    ours: async (round) => {
      await options.prepare?.(round);
      const { perSecond, answers } = await ask(api.baseUrl, requests(round), api.headers);
      options.onAnswered?.(answers);
      return perSecond;
    },
    limit: async (round) => (await ask(limit.baseUrl, requests(round), api.headers)).perSecond,
    say: world.say,
  });
}
