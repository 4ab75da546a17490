import { Controller, Get, Headers, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { csvDownload } from '../../../shared/csv-file.js';
import { MonthQuery, MonthsQuery, MonthStatementDto, MonthsDto } from './month-statement.dto.js';
import { MonthStatementService } from './month-statement.service.js';
import { monthCsv } from './statement-csv.js';
import type { MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Statements')
@Controller('v1/merchants/:id/statements')
export class MonthStatementController {
  constructor(private readonly statements: MonthStatementService) {}

  /**
   * A merchant's statement of a calendar month: of every account what it opened with, what was posted, what it closed
   * with; also for the merchant. With `Accept: text/csv` the whole of it as CSV, in the language asked for.
   */
  @Allow('staff', 'merchant')
  @Get()
  @ApiOkResponse({ type: MonthStatementDto })
  async readMonthStatement(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: MonthQuery,
    @Headers('accept') accept?: string,
  ): Promise<MonthStatementDto | StreamableFile> {
    if (!/\btext\/csv\b/.test(accept ?? '')) return this.statements.readMonth(merchantId, query);
    const rows = await this.statements.streamMonth(merchantId, query);
    return csvDownload(`${merchantId}-${query.month}.csv`, monthCsv(rows, query.language ?? 'en'));
  }

  /** The months of which there is a statement, the newest first; also for the merchant. */
  @Allow('staff', 'merchant')
  @Get('months')
  listStatementMonths(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() { timeZone }: MonthsQuery,
  ): Promise<MonthsDto> {
    return this.statements.listMonths(merchantId, timeZone);
  }
}
