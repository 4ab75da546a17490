import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { Allow } from '../access/index.js';
import { Config } from '../core/config.js';
import { DomainError } from '../shared/domain-error.js';
import { isLoopback } from './edge/loopback.js';
import { Readiness } from './readiness.js';

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly registry: Registry,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** The process runs. */
  @Get('healthz')
  @Allow('anyone')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can serve: its database answers and has this schema. Says besides whether Redis answers. */
  @Get('readyz')
  @Allow('anyone')
  ready(): Promise<object> {
    return this.readiness.check();
  }

  /** Prometheus metrics, for who has the token; where none is set, for the machine itself. */
  @Get('metrics')
  @Allow('anyone')
  async metrics(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!mayReadMetrics(request, this.config.metricsToken))
      throw new DomainError('access.unauthenticated', 'Metrics are for who has their token.');
    void reply.type(this.registry.contentType);
    return this.registry.metrics();
  }
}

function mayReadMetrics({ ip, headers }: FastifyRequest, token: string | null): boolean {
  // What a proxy of this machine passes on comes from elsewhere.
  const isOwn = isLoopback(ip) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
  if (token === null) return isOwn;
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
