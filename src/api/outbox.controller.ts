import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../access/index.js';
import { Outbox } from '../messages/index.js';
import { DomainError } from '../shared/domain-error.js';
import { isLoopback } from './edge/loopback.js';
import { OutboxDto } from './outbox.dto.js';
import type { EdgeErrorCode } from './problems/edge.problems.js';

/** Where codes and notices are read while nothing is sent: embedded mode, from the machine itself. */
@ApiTags('Merchants’ sign-in')
@Controller('v1/outbox')
export class OutboxController {
  constructor(private readonly outbox: Outbox) {}

  /** What would have been sent to people, the latest first. In embedded mode alone, and from the machine itself. */
  @Get()
  @Allow('anyone')
  async readOutbox(@Req() request: FastifyRequest): Promise<OutboxDto> {
    if (!this.outbox.isOpen || !isLoopback(request.ip))
      throw new DomainError<EdgeErrorCode>('route.not-found', 'There is no outbox here.');
    const messages = await this.outbox.latest();
    return { items: messages.map(({ at, ...message }) => ({ ...message, at: at.toISOString() })) };
  }
}
