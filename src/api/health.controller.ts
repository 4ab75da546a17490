import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Registry } from 'prom-client';
import { Allow } from '../access/index.js';
import { Readiness } from './readiness.js';

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly registry: Registry,
  ) {}

  /** The process runs. */
  @Get('healthz')
  @Allow('anyone')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can serve: database, Redis, schema. */
  @Get('readyz')
  @Allow('anyone')
  ready(): Promise<object> {
    return this.readiness.check();
  }

  /** Prometheus metrics. No secrets in them, but keep them inside your network. */
  @Get('metrics')
  @Allow('anyone')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.registry.contentType);
    return this.registry.metrics();
  }
}
