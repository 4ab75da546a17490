import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorIdOf, type Principal } from '../../access/index.js';
import { withContext } from '../../core/work-context.js';
import type { Logger } from '../../core/logger.js';

/** The answer's header that carries the request's id; to be named in questions about the call. */
export const REQUEST_ID_HEADER = 'x-request-id';

/**
 * Every answer carries the id of its request, every line of the log that the request writes says it, and each request has one
 * line when it is answered: by route, never by address, whose ids and query may be personal. Who was refused for what they are is named by an id.
 */
export function installAccessLog(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    withContext({ requestId: request.id, address: request.ip }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.log('answered', {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(reply.statusCode === 403 && { caller: callerOf(request) }),
    });
    done();
  });
}

function callerOf(request: FastifyRequest): string {
  const { principal } = request as { principal?: Principal };
  return principal === undefined ? 'anonymous' : (actorIdOf(principal) ?? principal.kind);
}
