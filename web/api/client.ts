import createClient, { type Middleware } from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import type { paths } from './schema.js';
import type { ApiProblem } from './types.js';

export type { ApiProblem, ProblemCode, Schema } from './types.js';

/** Turns a lost connection into a problem like the others, so that pages know one kind of failure. */
const lostConnection: Middleware = {
  onError: () => Response.json({ code: 'network.away' } satisfies ApiProblem, { status: 503 }),
};

/** The API of this page's own origin; the session travels as a cookie. */
export const client = createClient<paths>({ baseUrl: location.origin });
client.use(lostConnection);

/** `api.useQuery('get', '/v1/orders', { params })`: typed by the API's document; `error` is an {@link ApiProblem}. */
export const api = createQueryHooks(client);

/** Makes a POST that is sent twice count once; a new one for each thing that a person does. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** What a failed call threw, as a problem. */
export function problemOf(error: unknown): ApiProblem {
  return typeof error === 'object' && error !== null && 'code' in error
    ? (error as ApiProblem)
    : { code: 'service.internal', detail: String(error) };
}
