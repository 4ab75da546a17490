import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../access/index.js';
import {
  AskedAuditDto,
  AuditDto,
  FinishedAuditDto,
  FinishedAuditQuery,
  InvariantsDto,
  LastAuditDto,
  RunningAuditDto,
} from './audit.dto.js';
import { AuditService } from './audit.service.js';
import { RequestedAudit } from './requested-audit.js';
import { ScheduledAudit } from './scheduled-audit.js';

@ApiTags('Books')
@Controller('v1/finance/audit')
export class AuditController {
  constructor(
    private readonly audit: RequestedAudit,
    private readonly scheduled: ScheduledAudit,
    private readonly books: AuditService,
  ) {}

  /** Everything that must always be true of the books, and what breaks it. A request while an audit runs gets its result. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get()
  runAudit(): Promise<AuditDto> {
    return this.audit.runAudit();
  }

  /** Has the audit run in the background: `Location` is where its result is fetched. One that runs already is the one. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Post()
  @HttpCode(202)
  async askForAudit(@Res({ passthrough: true }) reply: FastifyReply): Promise<AskedAuditDto> {
    const since = await this.audit.startAudit();
    void reply.header('location', `/v1/finance/audit/finished?since=${since}`);
    return { since };
  }

  /** The result of an audit that was asked for, once it is finished. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('finished')
  readFinishedAudit(@Query() { since }: FinishedAuditQuery): Promise<FinishedAuditDto> {
    return this.audit.readFinished(new Date(since));
  }

  /** How far the audit is that runs now; one that was asked for, or the scheduled one. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('progress')
  readAuditProgress(): Promise<RunningAuditDto> {
    return this.audit.readProgress();
  }

  /** What must always be true of the books, each with the statement that finds what breaks it. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('invariants')
  listInvariants(): InvariantsDto {
    return this.books.listInvariants();
  }

  /** What the last scheduled audit found, the chain of sealed journals included. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('last')
  readLastAudit(): Promise<LastAuditDto> {
    return this.scheduled.readLast();
  }
}
