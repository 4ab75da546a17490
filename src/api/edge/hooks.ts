import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Origins, RouteCheck } from '../../access/index.js';
import { document, sendProblem } from './problem-document.js';

/** On every answer; pages that bring scripts of their own say more with a Content-Security-Policy of theirs. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
  'cache-control': 'no-store',
};

const PREFLIGHT_SECONDS = 600;

/** Security headers on every answer. */
export function installSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(SECURITY_HEADERS);
    done();
  });
}

/**
 * CORS for the routes of publishable keys. A preflight carries no key, so any storefront's origin will do; with the
 * request itself the guard asks for the origin of the key's own storefront. Cookies are never allowed along.
 */
export function installCors(fastify: FastifyInstance, routes: RouteCheck, origins: Origins): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined) {
      done();
      return;
    }
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      answerPreflight(request, reply, origins.knowsOrigin(origin));
      return;
    }
    const callers = routes.callersOf(request.method, request.routeOptions.url ?? '');
    if (callers.includes('publishable-key')) {
      void reply.header('vary', 'Origin');
      if (origins.knowsOrigin(origin)) {
        void reply.headers({
          'access-control-allow-origin': origin,
          'access-control-expose-headers': 'Idempotency-Replayed, Retry-After, RateLimit, RateLimit-Policy',
        });
      }
    }
    done();
  });
}

function answerPreflight(request: FastifyRequest, reply: FastifyReply, known: boolean): void {
  void reply.header('vary', 'Origin');
  if (!known) {
    const detail = 'No storefront lists this web site among its origins.';
    sendProblem(request, reply, document(403, 'access.origin-refused', 'Not from this web site', detail));
    return;
  }
  void reply
    .status(204)
    .headers({
      'access-control-allow-origin': request.headers.origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    })
    .send();
}
