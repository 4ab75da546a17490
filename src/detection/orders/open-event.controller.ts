import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { OpenEventDto, OpenEventPageDto, OpenEventQuery } from './open-event.dto.js';
import { OpenEventService } from './open-event.service.js';
import type { OrderEventId } from '../../shared/ids.js';
import { ORDER_EVENT_ID } from './path-ids.js';

@ApiTags('Orders')
@Controller('v1/order-events')
export class OpenEventController {
  constructor(private readonly events: OpenEventService) {}

  /** Order events that are not posted, the oldest first; those that are parked unless told otherwise. */
  @Get()
  @Allow('admin', 'finance-maker', 'finance-checker', 'auditor')
  listOrderEvents(@Query() query: OpenEventQuery): Promise<OpenEventPageDto> {
    return this.events.list(query);
  }

  /** Posts a parked event again, once its cause is gone. */
  @Post(':id/requeue')
  @HttpCode(202)
  @Allow('admin', 'finance-maker')
  requeueOrderEvent(
    @Param('id', ORDER_EVENT_ID) id: OrderEventId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<OpenEventDto> {
    return this.events.requeue(id, principal);
  }
}
