import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { CurrentStorefront, type Storefront } from '../../database/index.js';
import { AnswerReferrerDto, VisitDto, OpenVisitDto } from './visit.dto.js';
import { VisitListQuery, VisitSummaryPageDto } from './visit-list.dto.js';
import { VisitListService } from './visit-list.service.js';
import { VisitService } from './visit.service.js';

@ApiTags('Visits and quotes')
@Controller('v1/visits')
export class VisitController {
  constructor(
    private readonly visits: VisitService,
    private readonly lists: VisitListService,
  ) {}

  /** Visits of all storefronts, the latest first. */
  @Get()
  @Allow('staff')
  listVisits(@Query() query: VisitListQuery): Promise<VisitSummaryPageDto> {
    return this.lists.listVisits(query);
  }

  /** Is there a merchant's code in this visit? */
  @Post()
  @HttpCode(201)
  @Allow('publishable-key', 'secret-key')
  openVisit(@CurrentStorefront() storefront: Storefront, @Body() body: OpenVisitDto): Promise<VisitDto> {
    return this.visits.openVisit(storefront, body);
  }

  /** The shopper's answer: who brought me. */
  @Post(':id/referrer')
  @HttpCode(201)
  @Allow('publishable-key', 'secret-key')
  answerReferrer(
    @CurrentStorefront() storefront: Storefront,
    @Param('id') id: string,
    @Body() body: AnswerReferrerDto,
  ): Promise<VisitDto> {
    return this.visits.answerReferrer(storefront, id, body);
  }
}
