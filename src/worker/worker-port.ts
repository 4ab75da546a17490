import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Config, ConfigError } from '../core/config.js';
import { Logger } from '../core/logger.js';

/** What a worker shows of itself: `/healthz` (the process runs) and `/metrics` (Prometheus), for the inner network. */
@Injectable()
export class WorkerPort implements OnApplicationBootstrap, OnModuleDestroy {
  private server: Server | undefined;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly registry: Registry,
    private readonly logger: Logger,
  ) {}

  /** Where it listens; null: nowhere. */
  get address(): AddressInfo | null {
    return (this.server?.address() as AddressInfo | null | undefined) ?? null;
  }

  /** Throws when the port is taken: a worker that cannot be watched should not go unnoticed. */
  async onApplicationBootstrap(): Promise<void> {
    const { host, workerPort: port } = this.config;
    if (port === null) return;
    const server = createServer((request, response) => void this.answer(request, response));
    try {
      await once(server.listen(port, host), 'listening');
    } catch (error) {
      throw new ConfigError(`YINKE_WORKER_PORT: cannot listen on ${host}: ${(error as Error).message}`);
    }
    this.server = server;
    this.logger.log('the worker shows /healthz and /metrics', { host, port: this.address?.port });
  }

  async onModuleDestroy(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url?.split('?')[0];
    if (method !== 'GET' || (path !== '/healthz' && path !== '/metrics')) {
      response.writeHead(404).end();
      return;
    }
    try {
      const [type, body] =
        path === '/healthz'
          ? ['application/json', '{"status":"ok"}']
          : [this.registry.contentType, await this.registry.metrics()];
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    } catch (err) {
      this.logger.error('metrics could not be read', { err });
      response.writeHead(500).end();
    }
  }
}
