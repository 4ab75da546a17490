import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal } from '../../access/index.js';
import { pageRequest } from '../../shared/page.dto.js';
import type { Staff } from '../payouts/staff.js';
import { DismissLineDto, ListedLineDto, ListedLinePageDto, ListedLineQuery, MatchLineDto } from './bank-report.dto.js';
import { BankReportQueryService } from './bank-report-query.service.js';
import { LineDecisionService } from './line-decision.service.js';

@ApiTags('Finance')
@Controller('v1/bank-report-lines')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class BankReportLineController {
  constructor(
    private readonly queries: BankReportQueryService,
    private readonly decisions: LineDecisionService,
  ) {}

  /** Lines of all reports, the oldest first; `result=open` is what waits for a person. */
  @Get()
  list(@Query() query: ListedLineQuery): Promise<ListedLinePageDto> {
    return this.queries.listLines(query, pageRequest(query));
  }

  /** One line. */
  @Get(':id')
  get(@Param('id') id: string): Promise<ListedLineDto> {
    return this.queries.getLine(id);
  }

  /** Says which payout a line is about; what the bank says of it is then applied, once. */
  @Post(':id/match')
  @HttpCode(200)
  @Allow('finance-maker')
  async match(
    @CurrentPrincipal() by: Staff,
    @Param('id') id: string,
    @Body() { payout }: MatchLineDto,
  ): Promise<ListedLineDto> {
    await this.decisions.matchLine(by, id, payout);
    return this.queries.getLine(id);
  }

  /** Sets a line aside: it is about no payout. */
  @Post(':id/dismiss')
  @HttpCode(200)
  @Allow('finance-maker')
  async dismiss(
    @CurrentPrincipal() by: Staff,
    @Param('id') id: string,
    @Body() { reason }: DismissLineDto,
  ): Promise<ListedLineDto> {
    await this.decisions.dismissLine(by, id, reason);
    return this.queries.getLine(id);
  }
}
