import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { AuditDto, LastAuditDto } from './audit.dto.js';
import { RequestedAudit } from './requested-audit.js';
import { ScheduledAudit } from './scheduled-audit.js';

@ApiTags('Books')
@Controller('v1/finance/audit')
export class AuditController {
  constructor(
    private readonly audit: RequestedAudit,
    private readonly scheduled: ScheduledAudit,
  ) {}

  /** Everything that must always be true of the books, and what breaks it. A request while an audit runs gets its result. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get()
  runAudit(): Promise<AuditDto> {
    return this.audit.runAudit();
  }

  /** What the last scheduled audit found, the chain of sealed journals included. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('last')
  readLastAudit(): Promise<LastAuditDto> {
    return this.scheduled.readLast();
  }
}
