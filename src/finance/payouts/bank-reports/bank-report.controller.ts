import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { PageQuery, pageRequest } from '../../../shared/page.dto.js';
import {
  BankReportDto,
  BankReportPageDto,
  ListedLinePageDto,
  ReceivedArchiveDto,
  ReceivedReportDto,
} from './bank-report.dto.js';
import { BankReportQueryService } from './bank-report-query.service.js';
import { BankReportService } from './bank-report.service.js';
import { ReportUpload } from './report-upload.js';
import { unreadable } from './report-xml.js';
import type { BankReportId } from '../../../shared/ids.js';
import { REPORT_ID } from '../path-ids.js';

@ApiTags('Bank reports')
@Controller('v1/bank-reports')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class BankReportController {
  constructor(
    private readonly reports: BankReportService,
    private readonly queries: BankReportQueryService,
  ) {}

  /**
   * Takes in a pain.002, camt.053 or camt.054 file and says what matched and what did not; or a ZIP archive of such files,
   * each of which is a report of its own. Nothing is applied unless all of it can be read.
   */
  @Post()
  @Allow('finance-maker')
  @ApiConsumes('application/xml', 'text/xml', 'application/zip', 'application/octet-stream')
  @ApiBody({
    schema: { type: 'string', format: 'binary' },
    description: 'At most `YINKE_BANK_REPORT_LIMIT_BYTES` (64 MB unless set), in the encoding that it declares.',
  })
  @ApiExtraModels(ReceivedReportDto, ReceivedArchiveDto)
  @ApiCreatedResponse({
    description: 'What came of a report; of an archive, of each report in it.',
    schema: { oneOf: [{ $ref: getSchemaPath(ReceivedReportDto) }, { $ref: getSchemaPath(ReceivedArchiveDto) }] },
  })
  receiveBankReport(
    @CurrentPrincipal() by: Staff,
    @Body() body: unknown,
  ): Promise<ReceivedReportDto | ReceivedArchiveDto> {
    if (!(body instanceof ReportUpload)) throw unreadable('it is empty');
    return this.reports.receiveUpload(by, body);
  }

  /** Reports, the latest first. */
  @Get()
  listBankReports(@Query() query: PageQuery): Promise<BankReportPageDto> {
    return this.queries.listReports(pageRequest(query));
  }

  /** One report. */
  @Get(':id')
  readBankReport(@Param('id', REPORT_ID) id: BankReportId): Promise<BankReportDto> {
    return this.queries.getReport(id);
  }

  /** Its lines in their order. */
  @Get(':id/lines')
  listReportLines(@Param('id', REPORT_ID) id: BankReportId, @Query() query: PageQuery): Promise<ListedLinePageDto> {
    return this.queries.listReportLines(id, pageRequest(query));
  }
}
