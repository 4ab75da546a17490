import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal } from '../../access/index.js';
import { PageQuery, pageRequest } from '../../shared/page.dto.js';
import type { Staff } from '../payouts/staff.js';
import { BankReportDto, BankReportPageDto, ReceivedReportDto } from './bank-report.dto.js';
import { BankReportQueryService } from './bank-report-query.service.js';
import { BankReportService } from './bank-report.service.js';

@ApiTags('Finance')
@Controller('v1/bank-reports')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class BankReportController {
  constructor(
    private readonly reports: BankReportService,
    private readonly queries: BankReportQueryService,
  ) {}

  /** Takes in a pain.002, camt.053 or camt.054 file and says what matched and what did not. */
  @Post()
  @Allow('finance-maker')
  @ApiConsumes('application/xml', 'text/xml')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  receive(@CurrentPrincipal() by: Staff, @Body() body: unknown): Promise<ReceivedReportDto> {
    return this.reports.receiveReport(by, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  }

  /** Reports, the latest first. */
  @Get()
  list(@Query() query: PageQuery): Promise<BankReportPageDto> {
    return this.queries.listReports(pageRequest(query));
  }

  /** One report; its lines are under `/v1/bank-report-lines?report=`. */
  @Get(':id')
  get(@Param('id') id: string): Promise<BankReportDto> {
    return this.queries.getReport(id);
  }
}
