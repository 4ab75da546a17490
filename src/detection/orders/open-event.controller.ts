import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { AskDismissalDto, OpenEventDto, OpenEventPageDto, OpenEventQuery } from './open-event.dto.js';
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

  /** Asks that a parked event is never posted; another person approves it. */
  @Post(':id/dismissal')
  @Allow('finance-maker')
  askEventDismissal(
    @Param('id', ORDER_EVENT_ID) id: OrderEventId,
    @Body() { reason }: AskDismissalDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<OpenEventDto> {
    return this.events.askDismissal(id, reason, principal);
  }

  /** Agrees that a parked event is never posted. No money moves. */
  @Post(':id/dismissal/approve')
  @HttpCode(200)
  @Allow('finance-checker')
  approveEventDismissal(
    @Param('id', ORDER_EVENT_ID) id: OrderEventId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<OpenEventDto> {
    return this.events.approveDismissal(id, principal);
  }

  /** Leaves a parked event to be posted. */
  @Post(':id/dismissal/reject')
  @HttpCode(200)
  @Allow('finance-checker')
  rejectEventDismissal(
    @Param('id', ORDER_EVENT_ID) id: OrderEventId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<OpenEventDto> {
    return this.events.rejectDismissal(id, principal);
  }
}
