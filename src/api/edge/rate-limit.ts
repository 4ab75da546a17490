import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { RouteCheck } from '../../access/index.js';
import type { Config } from '../../core/config.js';
import { edgeProblem, sendProblem } from './problem-document.js';

const SIGN_IN = '/v1/staff/sessions';
const SIGN_IN_SECONDS = 900;

/** Wrong passwords in a row that one address may try on one account, and that all addresses together may. */
const TRIES_BY_ADDRESS = 10;
const TRIES_BY_ALL = 100;

const BROWSER_SECONDS = 60;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Limits on what people can guess or flood: passwords, counted over all processes until one is right, and the calls of
 * one shopper's address, counted by each process. Headers: draft-ietf-httpapi-ratelimit-headers-10.
 */
export function installRateLimits(
  fastify: FastifyInstance,
  given: { routes: RouteCheck; redis: Redis; config: Config },
): void {
  limitBrowsers(fastify, given.routes, given.config.browserCallsPerMinute);
  limitSignIns(fastify, given.redis, given.config.queuePrefix);
}

/** Calls without a secret key to the routes of publishable keys. The machine itself may call as it likes. */
function limitBrowsers(fastify: FastifyInstance, routes: RouteCheck, points: number): void {
  if (points === 0) return;
  const limiter = new RateLimiterMemory({ keyPrefix: 'browser', points, duration: BROWSER_SECONDS });
  fastify.addHook('onRequest', async (request, reply) => {
    if (LOOPBACK.has(request.ip) || request.headers.authorization?.startsWith('Bearer sk_')) return;
    const { method, routeOptions } = request;
    if (!routes.callersOf(method, routeOptions.url ?? '').includes('publishable-key')) return;
    await take(limiter, request.ip, request, reply);
  });
}

function limitSignIns(fastify: FastifyInstance, redis: Redis, prefix: string): void {
  const limiter = (name: string, points: number) => {
    const limit = { keyPrefix: `${prefix}:${name}`, points, duration: SIGN_IN_SECONDS };
    // While Redis is away, each process counts for itself.
    return new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter: new RateLimiterMemory(limit) });
  };
  const byAddress = limiter('sign-in', TRIES_BY_ADDRESS);
  const byAll = limiter('sign-in-account', TRIES_BY_ALL);
  const isSignIn = ({ method, routeOptions }: FastifyRequest) => method === 'POST' && routeOptions.url === SIGN_IN;

  fastify.addHook('preHandler', async (request, reply) => {
    const account = isSignIn(request) ? accountOf(request) : null;
    if (account === null) return;
    if (await take(byAll, account, request, reply)) await take(byAddress, `${account} ${request.ip}`, request, reply);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const account = isSignIn(request) && reply.statusCode === 201 ? accountOf(request) : null;
    if (account === null) return;
    await Promise.allSettled([byAll.delete(account), byAddress.delete(`${account} ${request.ip}`)]);
  });
}

/** What stands for an account in Redis, which need not know e-mail addresses. */
function accountOf({ body }: FastifyRequest): string | null {
  const email = (body as { email?: unknown } | null)?.email;
  return typeof email === 'string' ? createHash('sha256').update(email.toLowerCase()).digest('base64url') : null;
}

/** Takes one from what is left, and says so in the headers; answers 429 and returns false when nothing is left. */
async function take(
  limiter: RateLimiterAbstract,
  key: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const name = limiter.keyPrefix.split(':').at(-1) ?? '';
  const state: unknown = await limiter.consume(key).catch((rejected: unknown) => rejected);
  if (!(state instanceof RateLimiterRes)) throw state;
  const seconds = (state.msBeforeNext + 999 - ((state.msBeforeNext + 999) % 1000)) / 1000;
  const left = state.remainingPoints;
  const refused = state.consumedPoints > limiter.points;
  void reply.headers({
    'ratelimit-policy': `"${name}";q=${limiter.points};w=${limiter.duration}`,
    ratelimit: `"${name}";r=${left};t=${seconds}`,
  });
  if (!refused) return true;
  void reply.header('retry-after', String(seconds));
  sendProblem(request, reply, edgeProblem('request.too-many', `Try again in ${seconds} seconds.`));
  return false;
}
