import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

/** Durations of requests by route (never by address, whose ids would be endless). */
export function installHttpMetrics(fastify: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'yinke_http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}
