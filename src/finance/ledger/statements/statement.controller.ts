import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { openPeriod, pageRequest } from '../../../shared/page.dto.js';
import { csvDownload } from '../../../shared/csv-file.js';
import { statementCsv } from './statement-csv.js';
import { EntryPageDto, StatementQuery, TrialBalanceQuery, TrialBalanceDto } from './statement.dto.js';
import { DebtService } from './debt.service.js';
import { DebtsDto } from './debt.dto.js';
import { StatementService } from './statement.service.js';
import type { MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Statements')
@Controller('v1')
export class StatementController {
  constructor(
    private readonly statements: StatementService,
    private readonly owed: DebtService,
  ) {}

  /** A merchant's negative balances: which refunds made them, and what has settled them since; also for the merchant. */
  @Allow('staff', 'merchant')
  @Get('merchants/:id/debts')
  listDebts(@Param('id', MERCHANT_ID) merchantId: MerchantId): Promise<DebtsDto> {
    return this.owed.readDebts(merchantId);
  }

  /**
   * A merchant's statement, the oldest entry first unless asked for otherwise, also for themselves; with `Accept: text/csv` all
   * that is asked for as CSV, without pages.
   */
  @Allow('staff', 'merchant')
  @Get('merchants/:id/entries')
  @ApiOkResponse({ type: EntryPageDto })
  async listEntries(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: StatementQuery,
    @Headers('accept') accept?: string,
  ): Promise<EntryPageDto | StreamableFile> {
    const { kind, asset, order } = query;
    const filter = { kind, asset, newestFirst: order === 'desc', ...openPeriod(query) };
    if (!/\btext\/csv\b/.test(accept ?? '')) return this.statements.listEntries(merchantId, filter, pageRequest(query));
    const entries = await this.statements.streamEntries(merchantId, filter);
    return csvDownload(`${merchantId}.csv`, statementCsv(entries, query.language ?? 'en'));
  }

  /** Sum of all entries per asset and account, now or as posted before a moment; every asset adds up to zero. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('finance/trial-balance')
  readTrialBalance(@Query() { at }: TrialBalanceQuery): Promise<TrialBalanceDto> {
    return this.statements.readTrialBalance(at === undefined ? null : new Date(at));
  }
}
