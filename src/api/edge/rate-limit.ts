import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Authenticator, RouteCheck } from '../../access/index.js';
import { isLoopback } from './loopback.js';
import { edgeProblem, sendProblem } from './problem-document.js';

const MINUTE_SECONDS = 60;

/**
 * Calls without a secret key to the routes of publishable keys, of one network address, counted by each process. The machine itself may
 * call as it likes.
 */
export function limitBrowsers(fastify: FastifyInstance, routes: RouteCheck, points: number): void {
  if (points === 0) return;
  const limiter = new RateLimiterMemory({ keyPrefix: 'browser', points, duration: MINUTE_SECONDS });
  const isCounted = ({ ip, method, headers: { authorization }, routeOptions }: FastifyRequest): boolean => {
    if (isLoopback(ip) || authorization?.startsWith('Bearer sk_')) return false;
    const callers = routes.callersOf(method, routeOptions.url ?? '');
    const isWidget = callers.includes('widget') && authorization?.startsWith('Bearer ykw_');
    return callers.includes('publishable-key') || isWidget === true;
  };
  takeOnRequest(fastify, limiter, (request) => (isCounted(request) ? request.ip : undefined));
}

/**
 * Calls of one secret key, counted by each process in its own memory: what Redis or database do makes no difference. Keys that are not known
 * count nowhere, so that there are no more counts than keys.
 */
export function limitKeys(fastify: FastifyInstance, authenticator: Authenticator, points: number): void {
  if (points === 0) return;
  const limiter = new RateLimiterMemory({ keyPrefix: 'key', points, duration: MINUTE_SECONDS });
  takeOnRequest(fastify, limiter, ({ headers }) => authenticator.secretKeyOf(headers));
}

/** Takes one of whose count a request is; of nobody's: it goes on at once. */
function takeOnRequest(
  fastify: FastifyInstance,
  limiter: RateLimiterAbstract,
  keyOf: (request: FastifyRequest) => string | undefined,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const key = keyOf(request);
    if (key === undefined) done();
    else takeAll([[limiter, key]], request, reply).then(() => done(), done);
  });
}

/** A limit, and whose count it is taken from. */
export type Count = readonly [limiter: RateLimiterAbstract, key: string];

/**
 * Takes one from each count, until one has nothing left: then 429 is answered, and those behind it are not touched. The headers
 * (draft-ietf-httpapi-ratelimit-headers-10) tell of the first, or of the one that is used up.
 */
export async function takeAll(counts: readonly Count[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
  for (const [index, [limiter, key]] of counts.entries()) {
    const state: unknown = await limiter.consume(key).catch((rejected: unknown) => rejected);
    if (!(state instanceof RateLimiterRes)) throw state;
    const isUsedUp = state.consumedPoints > limiter.points;
    const seconds = Math.ceil(state.msBeforeNext / 1000);
    if (index === 0 || isUsedUp) {
      const name = limiter.keyPrefix.split(':').at(-1) ?? '';
      void reply.headers({
        'ratelimit-policy': `"${name}";q=${limiter.points};w=${limiter.duration}`,
        ratelimit: `"${name}";r=${state.remainingPoints};t=${seconds}`,
      });
    }
    if (!isUsedUp) continue;
    void reply.header('retry-after', String(seconds));
    sendProblem(request, reply, edgeProblem('request.too-many', `Try again in ${seconds} seconds.`));
    return;
  }
}
