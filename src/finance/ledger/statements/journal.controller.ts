import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { csvFile } from '../../../shared/csv-file.js';
import { JournalDetailDto, JournalPageDto, JournalsQuery, PeriodQuery, PeriodTotalsDto } from './journal.dto.js';
import { JOURNAL_COLUMNS, JournalService } from './journal.service.js';
import type { JournalId } from '../../../shared/ids.js';
import { JOURNAL_ID } from '../path-ids.js';

@ApiTags('Books')
@Controller('v1/finance')
export class JournalController {
  constructor(private readonly journals: JournalService) {}

  /** Every entry posted in a period with its journal, one a line, as CSV; compare with the totals. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('journals.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  exportJournals(@Query() query: PeriodQuery): StreamableFile {
    return csvFile('journals.csv', JOURNAL_COLUMNS, this.journals.streamPeriod(query));
  }

  /** What the entries of a period add up to. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('journals/totals')
  readJournalTotals(@Query() query: PeriodQuery): Promise<PeriodTotalsDto> {
    return this.journals.totalPeriod(query);
  }

  /** Journals, the oldest first unless asked for otherwise: all, or those of a kind, a period, a reward, a payout or a cause. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('journals')
  listJournals(@Query() query: JournalsQuery): Promise<JournalPageDto> {
    return this.journals.listJournals(query);
  }

  /** A journal with its entries, its seal, and its money trail: orders, rewards, payouts, bank lines. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('journals/:id')
  readJournal(@Param('id', JOURNAL_ID) id: JournalId): Promise<JournalDetailDto> {
    return this.journals.readJournal(id);
  }
}
