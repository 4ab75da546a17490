import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors';
import fastifyCompress from '@fastify/compress';
import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isForBrowsers, type Origins, type RouteCheck } from '../../access/index.js';
import { REQUEST_ID_HEADER } from './access-log.js';
import { document, sendProblem } from './problem-document.js';

const PREFLIGHT_SECONDS = 600;
/** Smaller answers are not worth packing. */
const PACK_FROM_BYTES = 2048;

/** What is no page loads nothing and runs nothing, should a browser show it all the same. */
const NO_PAGE = "default-src 'none'; script-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The API's description, as Swagger UI shows it; its styles stand in the page. */
const DOCS = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const REFERRER_POLICY = 'strict-origin-when-cross-origin';
/** A year, which is what browsers and helmet take for long. */
const HSTS_SECONDS = 31_536_000;

/** The headers of what is answered before any hook runs. */
export function headersOfNoPage(isHttps: boolean): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': NO_PAGE,
    'referrer-policy': REFERRER_POLICY,
    'x-content-type-options': 'nosniff',
    ...(isHttps && { 'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains` }),
  };
}

/** Security headers on every answer; pages that bring scripts of their own say more with a Content-Security-Policy of theirs. */
export async function installSecurityHeaders(fastify: FastifyInstance, isHttps: boolean): Promise<void> {
  await fastify.register(fastifyHelmet, {
    // One for each kind of page, not one for all.
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: REFERRER_POLICY },
    strictTransportSecurity: isHttps && { maxAge: HSTS_SECONDS },
  });
  fastify.addHook('onRequest', ({ url }, reply, done) => {
    void reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': /^\/docs(\/|$|\?)/.test(url) ? DOCS : NO_PAGE,
    });
    done();
  });
}

/** Packs answers of text for who can unpack them. Bodies are taken unpacked only: a small one could become a large one. */
export async function installCompression(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyCompress, {
    threshold: PACK_FROM_BYTES,
    encodings: ['br', 'gzip'],
    globalDecompression: false,
  });
}

/**
 * CORS for the routes of publishable keys and widgets. A preflight carries no key, so any storefront's origin will do; with the
 * request itself the guard asks for the origin of the key's own storefront. Cookies are never allowed along.
 */
export async function installCors(fastify: FastifyInstance, routes: RouteCheck, origins: Origins): Promise<void> {
  const isPreflight = ({ method, headers }: FastifyRequest) =>
    method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
  const isAllowed = (request: FastifyRequest) => {
    const { origin } = request.headers;
    if (origin === undefined || !origins.knowsOrigin(origin)) return false;
    return isPreflight(request) || isForBrowsers(routes.callersOf(request.method, request.routeOptions.url ?? ''));
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.headers.origin === undefined || !isPreflight(request) || isAllowed(request)) {
      done();
      return;
    }
    const detail = 'No storefront lists this web site among its origins.';
    void reply.header('vary', 'Origin');
    sendProblem(request, reply, document(403, 'access.origin-refused', 'Not from this web site', detail));
  });
  const options: FastifyCorsOptions = {
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
    exposedHeaders: ['Idempotency-Replayed', 'Retry-After', 'RateLimit', 'RateLimit-Policy', REQUEST_ID_HEADER],
    maxAge: PREFLIGHT_SECONDS,
  };
  await fastify.register(fastifyCors, {
    delegator: (request, callback) => callback(null, { ...options, origin: isAllowed(request) }),
  });
}
