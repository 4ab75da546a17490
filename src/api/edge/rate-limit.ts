import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { RouteCheck } from '../../access/index.js';
import type { Config } from '../../core/config.js';
import { contactOf } from '../../database/index.js';
import { emailKey } from '../../shared/email-key.js';
import { isLoopback } from './loopback.js';
import { edgeProblem, sendProblem } from './problem-document.js';

const SIGN_IN = '/v1/staff/sessions';
const SIGN_IN_SECONDS = 900;

/** Wrong passwords in a row that one address may try on one account, and that all addresses together may. */
const TRIES_BY_ADDRESS = 10;
const TRIES_BY_ALL = 100;

/** Where a signed-in person gives their password. */
const PASSWORD_ROUTES = ['/v1/staff/sessions/current/password', '/v1/staff/sessions/current/recovery-codes'];

/** Points in 15 minutes: of one network address, of one contact from one address, of one contact from everywhere. */
interface CodeLimit {
  ofAddress: number;
  ofBoth: number;
  ofContact: number;
}
const CODES_ASKED: CodeLimit = { ofAddress: 60, ofBoth: 5, ofContact: 20 };
const CODES_TRIED: CodeLimit = { ofAddress: 100, ofBoth: 15, ofContact: 60 };
const OWN_CODES = '/v1/merchants/sessions/current/codes';
const CODE_ROUTES = ['/v1/merchants/sign-in-codes', '/v1/merchants/:id/contact-codes', OWN_CODES];
const TRY_ROUTES = ['/v1/merchants/sessions'];

const BROWSER_SECONDS = 60;

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
  limitPasswords(fastify, given.redis, given.config.queuePrefix);
  limitCodes(fastify, given.redis, given.config.queuePrefix);
}

/** Calls without a secret key to the routes of publishable keys. The machine itself may call as it likes. */
function limitBrowsers(fastify: FastifyInstance, routes: RouteCheck, points: number): void {
  if (points === 0) return;
  const limiter = new RateLimiterMemory({ keyPrefix: 'browser', points, duration: BROWSER_SECONDS });
  fastify.addHook('onRequest', async (request, reply) => {
    if (isLoopback(request.ip) || request.headers.authorization?.startsWith('Bearer sk_')) return;
    const { method, routeOptions } = request;
    const callers = routes.callersOf(method, routeOptions.url ?? '');
    const isWidget = callers.includes('widget') && request.headers.authorization?.startsWith('Bearer ykw_');
    if (!callers.includes('publishable-key') && !isWidget) return;
    await take(limiter, request.ip, request, reply);
  });
}

/** A limit over all processes. While Redis is away, each process counts for itself. */
function shared(redis: Redis, prefix: string, name: string, points: number): RateLimiterAbstract {
  const limit = { keyPrefix: `${prefix}:${name}`, points, duration: SIGN_IN_SECONDS };
  return new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter: new RateLimiterMemory(limit) });
}

function limitSignIns(fastify: FastifyInstance, redis: Redis, prefix: string): void {
  const byAddress = shared(redis, prefix, 'sign-in', TRIES_BY_ADDRESS);
  const byAll = shared(redis, prefix, 'sign-in-account', TRIES_BY_ALL);
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

/** Whoever has somebody's session must not guess their password with it. */
function limitPasswords(fastify: FastifyInstance, redis: Redis, prefix: string): void {
  const bySession = shared(redis, prefix, 'password', TRIES_BY_ADDRESS);
  fastify.addHook('preHandler', async (request, reply) => {
    if (!isAnyOf(PASSWORD_ROUTES, request)) return;
    const { authorization, cookie } = request.headers;
    await take(bySession, digest(authorization ?? cookie ?? request.ip), request, reply);
  });
}

/**
 * One-time codes: how many are asked for and tried, by address, by contact from one address, and by contact from everywhere. The narrow
 * limits count first: what they refuse is not held against the person whom others try to be.
 */
function limitCodes(fastify: FastifyInstance, redis: Redis, prefix: string): void {
  const limits = (name: string, points: CodeLimit) => ({
    ofAddress: shared(redis, prefix, `${name}-address`, points.ofAddress),
    ofBoth: shared(redis, prefix, name, points.ofBoth),
    ofContact: shared(redis, prefix, `${name}-contact`, points.ofContact),
  });
  const asking = limits('code-request', CODES_ASKED);
  const trying = limits('code', CODES_TRIED);

  fastify.addHook('preHandler', async (request, reply) => {
    const contact = isAnyOf(CODE_ROUTES, request) || isAnyOf(TRY_ROUTES, request) ? codeOwnerOf(request) : null;
    if (contact === null) return;
    const { ofAddress, ofBoth, ofContact } = isAnyOf(TRY_ROUTES, request) ? trying : asking;
    const { ip } = request;
    if (!(await take(ofAddress, ip, request, reply))) return;
    if (!(await take(ofBoth, `${contact} ${ip}`, request, reply))) return;
    await take(ofContact, contact, request, reply);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode !== 201 || !isAnyOf(TRY_ROUTES, request)) return;
    const contact = codeOwnerOf(request);
    if (contact === null) return;
    await Promise.allSettled([trying.ofBoth.delete(`${contact} ${request.ip}`), trying.ofContact.delete(contact)]);
  });
}

function isAnyOf(routes: readonly string[], { method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routes.includes(routeOptions.url ?? '');
}

/** What stands for an account in Redis, which need not know e-mail addresses. */
function accountOf({ body }: FastifyRequest): string | null {
  const email = (body as { email?: unknown } | null)?.email;
  return typeof email === 'string' ? digest(emailKey(email)) : null;
}

/** What stands for a contact, or for a session that asks for a code to its own; null where no code is tried. */
function codeOwnerOf({ body, headers, routeOptions }: FastifyRequest): string | null {
  if (routeOptions.url === OWN_CODES) return digest(headers.authorization ?? headers.cookie ?? '');
  const contact = contactOf(body ?? {});
  return contact && digest(contact.key);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
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
