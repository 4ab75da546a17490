import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
const FLOODED: readonly { name: string; points: number; routes: readonly string[]; is?: (body: unknown) => boolean }[] =
  [
    { name: 'application', points: 30, routes: ['/v1/merchant-applications'] },
    {
      name: 'staff-invitation',
      points: 60,
      routes: ['/v1/staff-invitations/read', '/v1/staff-invitations/accept'],
    },
    {
      name: 'wechat-way',
      points: 200,
      routes: ['/v1/merchants/wechat-authorizations', '/v1/merchants/:id/wechat-authorizations'],
    },
    {
      name: 'wechat',
      points: 200,
      routes: ['/v1/merchants/sessions'],
      is: (body) => Boolean((body as { wechat?: unknown } | null)?.wechat),
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

/** What is counted at some routes. */
interface Limit {
  routes: readonly string[];
  countsOf: (request: FastifyRequest) => Count[];
  /** What a right guess does: it forgets the wrong ones before it, and makes the browser known. */
  prove?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** Limits on what people can guess or flood: passwords and codes, counted over all processes. Most routes have none. */
export function limitGuesses(fastify: FastifyInstance, given: Given): void {
  const limits = [
    ...GUESSED.map((guessed) => guessLimit(guessed, given)),
    passwordLimit(given),
    ...FLOODED.map((flooded) => floodLimit(flooded, given)),
  ];
  const byRoute = new Map<string, Limit[]>();
  for (const limit of limits)
    for (const route of limit.routes) byRoute.set(route, [...(byRoute.get(route) ?? []), limit]);
  const limitsOf = ({ method, routeOptions }: FastifyRequest) =>
    method === 'POST' ? byRoute.get(routeOptions.url ?? '') : undefined;

  fastify.addHook('preHandler', (request, reply, done) => {
    const found = limitsOf(request);
    if (!found) done();
    else takeEach(found, request, reply).then(() => done(), done);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const found = reply.statusCode === 201 ? limitsOf(request) : undefined;
    if (!found) done(null, payload);
    else
      Promise.all(found.flatMap(({ prove }) => (prove ? [prove(request, reply)] : []))).then(
        () => done(null, payload),
        done,
      );
  });
}

async function takeEach(limits: readonly Limit[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
  for (const { countsOf } of limits) {
    await takeAll(countsOf(request), request, reply);
    if (reply.sent) return;
  }
}

/**
 * The narrow count comes first: what it refuses is not held against the person whom others try to be. A browser in which the
 * account was signed in to before has a count of its own, and is let through whatever others do.
 */
function guessLimit(guessed: Guessed, { redis, prefix, devices }: Given): Limit {
  const { name, kind, points, routes, accountOf } = guessed;
  const narrow = shared(redis, prefix, name, points.narrow);
  const ofAccount = shared(redis, prefix, `${name}-account`, points.ofAccount);
  const ofAddress = shared(redis, prefix, `${name}-address`, points.ofAddress);

  const countsOf = (request: FastifyRequest): Count[] => {
    const account = accountOf(request);
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
  if (!guessed.isProof) return { routes, countsOf };
  const prove = async (request: FastifyRequest, reply: FastifyReply) => {
    const account = accountOf(request);
    if (account === null) return;
    void reply.header('set-cookie', devices.cookieFor(kind, account));
    const mine = countsOf(request).filter(([limiter]) => limiter !== ofAddress);
    await Promise.allSettled(mine.map(([limiter, key]) => limiter.delete(key)));
  };
  return { routes, countsOf, prove };
}

/** Whoever has somebody's session must not guess their password with it. */
function passwordLimit({ redis, prefix }: Given): Limit {
  const bySession = shared(redis, prefix, 'password', PASSWORD_TRIES);
  return { routes: PASSWORD_ROUTES, countsOf: (request) => [[bySession, digest(callerOf(request))]] };
}

function floodLimit({ name, points, routes, is }: (typeof FLOODED)[number], { redis, prefix }: Given): Limit {
  const byAddress = shared(redis, prefix, name, points);
  const isCounted = ({ ip, body }: FastifyRequest) => !isLoopback(ip) && (is?.(body) ?? true);
  return { routes, countsOf: (request) => (isCounted(request) ? [[byAddress, request.ip]] : []) };
}

/** A limit over all processes. While Redis is away, each process counts for itself. */
function shared(redis: RedisConnection, prefix: string, name: string, points: number): RateLimiterAbstract {
  const limit = { keyPrefix: `${prefix}:${name}`, points, duration: SECONDS };
  return new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter: new RateLimiterMemory(limit) });
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
