import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { AuditView } from './audit.dto.js';
import { AuditService } from './audit.service.js';

@ApiTags('Finance')
@ApiBearerAuth()
@Controller('v1/finance/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  /** Everything that must always be true of the books, and what breaks it. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get()
  run(): Promise<AuditView> {
    return this.audit.runAudit();
  }
}
