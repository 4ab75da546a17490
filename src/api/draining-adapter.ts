import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions } from 'fastify';

/** How long requests that are under way may take to be answered once no new connection is taken. */
const ANSWER_MS = 25_000;

/**
 * The HTTP server, and how it ends without cutting anybody off. Before anything else of the process is closed it serves on for
 * a grace, in which a balancer sees `/readyz` say no and goes elsewhere; each answer closes its connection, so that a caller's
 * next request is a new connection. Then no new connection is taken, those that were silent all the while are closed, and
 * what is under way is answered.
 */
export class DrainingAdapter extends FastifyAdapter {
  private ending: Promise<void> | null = null;

  constructor(
    options: FastifyHttpOptions<Server>,
    private readonly graceMs: number,
  ) {
    super({ ...options, return503OnClosing: false });
    // Node would answer 417 past us; what a caller expects beyond HTTP may be left unheard (RFC 9110, 10.1.1).
    const { server } = this.getInstance();
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    this.getInstance().addHook('onRequest', (_request, reply, done) => {
      if (this.isEnding) void reply.header('connection', 'close');
      done();
    });
  }

  /** Whether the process is about to end and should be sent nothing more. */
  get isEnding(): boolean {
    return this.ending !== null;
  }

  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- Nest awaits it, as HttpServer.beforeClose says
  override beforeClose(): Promise<void> {
    this.ending ??= this.drain();
    return this.ending;
  }

  private async drain(): Promise<void> {
    const server = this.getInstance().server;
    if (server.listening) await sleep(this.graceMs);
    const bound = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
    await this.getInstance().close();
    clearTimeout(bound);
  }
}
