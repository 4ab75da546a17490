import type { FastifyInstance } from 'fastify';
import { spanIdOf, type Tracing } from '../core/tracing.js';

/** What machines ask all the time. */
const UNTRACED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Each request begins a trace, which is named after its route. */
export function installHttpTraces(fastify: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isOn) return;
  fastify.addHook('onResponse', ({ id, method, headers, routeOptions: { url: route = 'none' } }, reply, done) => {
    const { traceparent } = headers;
    if (!UNTRACED.has(route))
      tracing.record({
        name: `${method} ${route}`,
        kind: 'server',
        requestId: id,
        spanId: spanIdOf(id),
        parentSpanId: null,
        tookMs: reply.elapsedTime,
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'http.response.status_code': reply.statusCode,
          'yinke.request_id': id,
        },
        failed: reply.statusCode >= 500,
        ...(typeof traceparent === 'string' && { caller: traceparent }),
      });
    done();
  });
}
