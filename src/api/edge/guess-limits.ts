import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { AccountKind, KnownDevices } from '../../access/index.js';
import type { RedisConnection } from '../../core/redis.js';
import { contactOf } from '../../database/index.js';
import { emailKey } from '../../shared/email-key.js';
import { isLoopback } from './loopback.js';
import { takeAll, type Count } from './rate-limit.js';

const SECONDS = 900;

/** Tries in 15 minutes at one account: from one address, or in a browser that knows it; from everywhere; and of one address at any. */
interface Points {
  narrow: number;
  ofAccount: number;
  ofAddress: number;
}

/** What anybody may send, and so one address only so often in 15 minutes. */
const FLOODED: readonly { name: string; points: number; is: (request: FastifyRequest) => boolean }[] = [
  { name: 'application', points: 30, is: isFor('/v1/merchant-applications') },
  { name: 'staff-invitation', points: 60, is: isFor('/v1/staff-invitations/read', '/v1/staff-invitations/accept') },
  {
    name: 'wechat-way',
    points: 200,
    is: isFor('/v1/merchants/wechat-authorizations', '/v1/merchants/:id/wechat-authorizations'),
  },
  {
    name: 'wechat',
    points: 200,
    is: (request) =>
      isFor('/v1/merchants/sessions')(request) && Boolean((request.body as { wechat?: unknown } | null)?.wechat),
  },
];

/** Something that can be guessed or flooded, and at which routes. */
interface Guessed {
  name: string;
  kind: AccountKind;
  routes: readonly string[];
  points: Points;
  /** The account as it is found; null where none is tried. */
  accountOf: (request: FastifyRequest) => string | null;
  /** Whether a right one forgets the wrong ones before it, and makes the browser known. */
  isProof: boolean;
}

const OWN_CODES = '/v1/merchants/sessions/current/codes';

const GUESSED: readonly Guessed[] = [
  {
    name: 'sign-in',
    kind: 'staff',
    routes: ['/v1/staff/sessions'],
    points: { narrow: 10, ofAccount: 100, ofAddress: 200 },
    accountOf: ({ body }) => {
      const email = (body as { email?: unknown } | null)?.email;
      return typeof email === 'string' ? emailKey(email) : null;
    },
    isProof: true,
  },
  {
    name: 'code',
    kind: 'merchant',
    routes: ['/v1/merchants/sessions'],
    points: { narrow: 15, ofAccount: 60, ofAddress: 100 },
    accountOf: contactKeyOf,
    isProof: true,
  },
  {
    name: 'code-request',
    kind: 'merchant',
    routes: ['/v1/merchants/sign-in-codes', '/v1/merchants/:id/contact-codes', OWN_CODES],
    points: { narrow: 5, ofAccount: 20, ofAddress: 60 },
    // A code to one's own contact is asked for by the session.
    accountOf: (request) => (request.routeOptions.url === OWN_CODES ? callerOf(request) : contactKeyOf(request)),
    isProof: false,
  },
];

/** Where a signed-in person gives their password. */
const PASSWORD_ROUTES = ['/v1/staff/sessions/current/password', '/v1/staff/sessions/current/recovery-codes'];
const PASSWORD_TRIES = 10;

interface Given {
  redis: RedisConnection;
  prefix: string;
  devices: KnownDevices;
}

/** Limits on what people can guess or flood: passwords and codes, counted over all processes. */
export function limitGuesses(fastify: FastifyInstance, given: Given): void {
  for (const guessed of GUESSED) limit(fastify, guessed, given);
  limitPasswords(fastify, given);
  limitFloods(fastify, given);
}

/**
 * The narrow count comes first: what it refuses is not held against the person whom others try to be. A browser in which the
 * account was signed in to before has a count of its own, and is let through whatever others do.
 */
function limit(fastify: FastifyInstance, guessed: Guessed, { redis, prefix, devices }: Given): void {
  const { name, kind, points } = guessed;
  const narrow = shared(redis, prefix, name, points.narrow);
  const ofAccount = shared(redis, prefix, `${name}-account`, points.ofAccount);
  const ofAddress = shared(redis, prefix, `${name}-address`, points.ofAddress);

  const countsOf = (request: FastifyRequest): Count[] => {
    const account = isAnyOf(guessed.routes, request) ? guessed.accountOf(request) : null;
    if (account === null) return [];
    const device = devices.deviceOf(request.headers.cookie, kind, account);
    if (device !== null) return [[narrow, digest(`${account} ${device}`)]];
    return [
      [narrow, digest(`${account} ${request.ip}`)],
      // Behind a proxy that is not trusted everybody is one address.
      ...(isLoopback(request.ip) ? [] : ([[ofAddress, request.ip]] as const)),
      [ofAccount, digest(account)],
    ];
  };

  fastify.addHook('preHandler', (request, reply) => takeAll(countsOf(request), request, reply));
  if (!guessed.isProof) return;
  fastify.addHook('onSend', async (request, reply) => {
    const account = isAnyOf(guessed.routes, request) && reply.statusCode === 201 ? guessed.accountOf(request) : null;
    if (account === null) return;
    void reply.header('set-cookie', devices.cookieFor(kind, account));
    const mine = countsOf(request).filter(([limiter]) => limiter !== ofAddress);
    await Promise.allSettled(mine.map(([limiter, key]) => limiter.delete(key)));
  });
}

/** Whoever has somebody's session must not guess their password with it. */
function limitPasswords(fastify: FastifyInstance, { redis, prefix }: Given): void {
  const bySession = shared(redis, prefix, 'password', PASSWORD_TRIES);
  fastify.addHook('preHandler', async (request, reply) => {
    if (isAnyOf(PASSWORD_ROUTES, request)) await takeAll([[bySession, digest(callerOf(request))]], request, reply);
  });
}

function limitFloods(fastify: FastifyInstance, { redis, prefix }: Given): void {
  for (const { name, points, is } of FLOODED) {
    const byAddress = shared(redis, prefix, name, points);
    fastify.addHook('preHandler', async (request, reply) => {
      if (is(request) && !isLoopback(request.ip)) await takeAll([[byAddress, request.ip]], request, reply);
    });
  }
}

/** A limit over all processes. While Redis is away, each process counts for itself. */
function shared(redis: RedisConnection, prefix: string, name: string, points: number): RateLimiterAbstract {
  const limit = { keyPrefix: `${prefix}:${name}`, points, duration: SECONDS };
  return new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter: new RateLimiterMemory(limit) });
}

function isAnyOf(routes: readonly string[], { method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routes.includes(routeOptions.url ?? '');
}

function isFor(...routes: readonly string[]): (request: FastifyRequest) => boolean {
  return (request) => isAnyOf(routes, request);
}

function contactKeyOf({ body }: FastifyRequest): string | null {
  return contactOf(body ?? {})?.key ?? null;
}

function callerOf({ headers, ip }: FastifyRequest): string {
  return headers.authorization ?? headers.cookie ?? ip;
}

/** What stands for a person in Redis, which need not know addresses. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
