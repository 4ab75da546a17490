import { Injectable } from '@nestjs/common';
import { AdvisoryLocks } from '../../core/advisory-locks.js';
import { Logger } from '../../core/logger.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { AuditDto, FinishedAuditDto, RunningAuditDto } from './audit.dto.js';
import { AuditResultRepository } from './audit-result.repository.js';
import { AuditService } from './audit.service.js';

/** The lock under which audits run: one at a time, over all processes. */
export const AUDIT_LOCK = 'audit';

/** The audit on request: a request while one runs, in any process, is answered with its result. */
@Injectable()
export class RequestedAudit {
  private running: Promise<AuditDto> | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly audit: AuditService,
    private readonly results: AuditResultRepository,
    private readonly logger: Logger,
  ) {}

  /** The result of an audit that was finished after the call; `at` says when it began. */
  runAudit(): Promise<AuditDto> {
    this.running ??= this.runOrShare().finally(() => (this.running = null));
    return this.running;
  }

  /** Begins one, unless one runs, and does not wait for it. Returns the moment of the call: {@link readFinished} takes it. */
  async startAudit(): Promise<string> {
    const asked = await this.results.findNow(this.unitOfWork.reader);
    this.runAudit().catch((err: unknown) => this.logger.error('an audit that was asked for came to nothing', { err }));
    return asked.toISOString();
  }

  /** What an audit found that was finished after a moment, or how far it is. */
  async readFinished(since: Date): Promise<FinishedAuditDto> {
    const reader = this.unitOfWork.reader;
    // In this order: what ends in between has a result.
    const running = await this.results.findProgress(reader);
    return { result: await this.results.findSince(reader, since), running };
  }

  /** How far the audit is that runs now, in whichever process. */
  async readProgress(): Promise<RunningAuditDto> {
    return { running: await this.results.findProgress(this.unitOfWork.reader) };
  }

  private async runOrShare(): Promise<AuditDto> {
    const reader = this.unitOfWork.reader;
    const asked = await this.results.findNow(reader);
    return this.locks.runInTurn(AUDIT_LOCK, {
      work: async () => {
        const result = await this.audit.runAudit();
        await this.unitOfWork.run((tx) => this.results.keepRequested(tx, result));
        return result;
      },
      instead: () => this.results.findSince(reader, asked),
    });
  }
}
