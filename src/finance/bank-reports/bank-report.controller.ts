import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal } from '../../access/index.js';
import type { Staff } from '../payouts/staff.js';
import { BankReportDto } from './bank-report.dto.js';
import { BankReportService } from './bank-report.service.js';

@ApiTags('Finance')
@Controller('v1/bank-reports')
export class BankReportController {
  constructor(private readonly reports: BankReportService) {}

  /** Takes in a pain.002, camt.053 or camt.054 file and says what matched and what did not. */
  @Post()
  @Allow('finance-maker')
  @ApiConsumes('application/xml', 'text/xml')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  receive(@CurrentPrincipal() by: Staff, @Body() body: unknown): Promise<BankReportDto> {
    return this.reports.receiveReport(by, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  }
}
