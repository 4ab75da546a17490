import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import { refusalOf } from './edge/problem-document.js';

/** Refusals that somebody is called for. */
const WATCHED = [
  ['request.too-many', 429],
  ['service.busy', 503],
  ['service.database-away', 503],
  ['service.internal', 500],
] as const;

/** Durations of requests by route (never by address, whose ids would be endless), and refusals by the code of their problem. */
export function installHttpMetrics(fastify: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'yinke_http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'yinke_http_refusals_total',
    help: 'Calls that were not done, by the code of the problem and its status; 503: shed, or a store was away.',
    labelNames: ['code', 'status'] as const,
    registers: [registry],
  });
  // Seen as none, so that the first is seen as one.
  for (const [code, status] of WATCHED) refusals.inc({ code, status }, 0);
  fastify.addHook('onResponse', (request, reply, done) => {
    const code = refusalOf(reply);
    if (code !== undefined) refusals.inc({ code, status: reply.statusCode });
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}
