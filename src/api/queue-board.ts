import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import { mayCall, type Authenticator } from '../access/index.js';
import type { Config } from '../core/config.js';
import { DomainError } from '../shared/domain-error.js';
import { QUEUES } from '../worker/queue-wake-up.js';
import { problemOf, sendProblem } from './edge/problem-document.js';
import type { WatchingRedis } from './redis.js';

/** The board's own assets and nothing from elsewhere; its page names its base, and sets styles from its scripts. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The board's page asks a third party for its fonts; those of the system do as well. */
const FOREIGN_LINK = /<link\b[^>]*\bhref="https?:[^>]*>/g;

/** Bull Board at `/queues`, for admins who have signed in. */
export function installQueueBoard(
  fastify: FastifyInstance,
  config: Config,
  authenticator: Authenticator,
  redis: WatchingRedis,
): void {
  const queues = Object.values(QUEUES).map((name) => {
    const queue = new Queue(name, {
      connection: redis.client,
      prefix: config.queuePrefix,
      skipWaitingForReady: true,
      skipVersionCheck: true, // see QueueWakeUp
    });
    queue.on('error', () => undefined);
    return queue;
  });
  const board = new FastifyAdapter();
  board.setBasePath('/queues');
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter: board });
  fastify.addHook('onClose', () => Promise.allSettled(queues.map((queue) => queue.close())));
  fastify.register(
    (scope, _options, done) => {
      // The board sends JSON bodies of its own; its routes are not ours, so neither is their guard.
      scope.addHook('onRequest', async (request, reply) => {
        try {
          const { principal } = await authenticator.authenticate(request);
          if (mayCall(['admin'], principal)) return;
          const anonymous = principal.kind === 'anonymous';
          throw new DomainError(
            anonymous ? 'access.unauthenticated' : 'access.forbidden',
            'The queue board is for admins.',
          );
        } catch (error) {
          sendProblem(request, reply, problemOf(error));
          return reply;
        }
      });
      scope.addHook('onSend', async (_request, reply, payload) => {
        if (typeof payload !== 'string' || !String(reply.getHeader('content-type')).startsWith('text/html'))
          return payload;
        void reply.header('content-security-policy', POLICY);
        return payload.replace(FOREIGN_LINK, '');
      });
      scope.register(board.registerPlugin());
      done();
    },
    { prefix: '/queues' },
  );
}
