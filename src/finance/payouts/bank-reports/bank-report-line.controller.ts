import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { pageRequest } from '../../../shared/page.dto.js';
import {
  DismissLineDto,
  LineCandidateListDto,
  ListedLineDto,
  ListedLinePageDto,
  ListedLineQuery,
  MatchLineDto,
  RejectMatchDto,
} from './bank-report.dto.js';
import { BankReportQueryService } from './bank-report-query.service.js';
import { linesCsv } from './line-csv.js';
import { LineDecisionService } from './line-decision.service.js';

@ApiTags('Bank reports')
@Controller('v1/bank-report-lines')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class BankReportLineController {
  constructor(
    private readonly queries: BankReportQueryService,
    private readonly decisions: LineDecisionService,
  ) {}

  /** Lines of all reports, the oldest first; `result=open` is what waits for a person. With `Accept: text/csv` all as CSV. */
  @Get()
  @ApiOkResponse({ type: ListedLinePageDto })
  async listBankReportLines(
    @Query() query: ListedLineQuery,
    @Headers('accept') accept = '',
  ): Promise<ListedLinePageDto | StreamableFile> {
    if (/\btext\/csv\b/.test(accept)) return linesCsv(this.queries.streamLines(query));
    return this.queries.listLines(query, pageRequest(query));
  }

  /** One line. */
  @Get(':id')
  readBankReportLine(@Param('id') id: string): Promise<ListedLineDto> {
    return this.queries.getLine(id);
  }

  /** Payouts that an open line may be about, the best fit first. */
  @Get(':id/candidates')
  listLineCandidates(@Param('id') id: string): Promise<LineCandidateListDto> {
    return this.queries.findCandidates(id);
  }

  /**
   * Says which payout a line is about; what the bank says of it is then applied, once. When the amounts differ it takes a
   * reason, and waits for a checker.
   */
  @Post(':id/match')
  @HttpCode(200)
  @Allow('finance-maker')
  async matchBankReportLine(
    @CurrentPrincipal() by: Staff,
    @Param('id') id: string,
    @Body() { payout, reason }: MatchLineDto,
  ): Promise<ListedLineDto> {
    await this.decisions.matchLine(by, id, payout, reason ?? undefined);
    return this.queries.getLine(id);
  }

  /** Agrees with a match of another amount that another person proposed; the difference is booked to `fees`. */
  @Post(':id/match/approve')
  @HttpCode(200)
  @Allow('finance-checker')
  async approveMatch(@CurrentPrincipal() by: Staff, @Param('id') id: string): Promise<ListedLineDto> {
    await this.decisions.approveMatch(by, id);
    return this.queries.getLine(id);
  }

  /** Disagrees with a proposed match: the line waits as before. */
  @Post(':id/match/reject')
  @HttpCode(200)
  @Allow('finance-checker')
  async rejectMatch(
    @CurrentPrincipal() by: Staff,
    @Param('id') id: string,
    @Body() { reason }: RejectMatchDto,
  ): Promise<ListedLineDto> {
    await this.decisions.rejectMatch(by, id, reason);
    return this.queries.getLine(id);
  }

  /** Sets a line aside: it is about no payout. */
  @Post(':id/dismiss')
  @HttpCode(200)
  @Allow('finance-maker')
  async dismissBankReportLine(
    @CurrentPrincipal() by: Staff,
    @Param('id') id: string,
    @Body() { reason }: DismissLineDto,
  ): Promise<ListedLineDto> {
    await this.decisions.dismissLine(by, id, reason);
    return this.queries.getLine(id);
  }
}
