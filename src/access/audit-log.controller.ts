import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { openPeriod, pageRequest } from '../shared/page.dto.js';
import { Allow } from './allow.decorator.js';
import { AuditLog } from './audit-log.js';
import { AuditLogPageDto, AuditLogQuery } from './audit-log.dto.js';

@ApiTags('Staff and storefronts')
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(private readonly auditLog: AuditLog) {}

  /** Who did what, the latest first. */
  @Get()
  @Allow('admin', 'auditor')
  listAuditLog(@Query() query: AuditLogQuery): Promise<AuditLogPageDto> {
    const { actor, actorKind, action, subject } = query;
    return this.auditLog.list({ actor, actorKind, action, subject, ...openPeriod(query) }, pageRequest(query));
  }
}
