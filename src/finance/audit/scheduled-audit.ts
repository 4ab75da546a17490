import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { AdvisoryLocks } from '../../core/advisory-locks.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Logger } from '../../core/logger.js';
import { DomainError } from '../../shared/domain-error.js';
import type { AuditErrorCode } from './errors.js';
import { chainFaults, checkChain, type ChainReport, type CheckedChain } from '../../core/chain/chain-check.js';
import { parseHead, type ChainHead } from '../../core/chain/seal.js';
import { localDay } from '../../shared/calendar.js';
import { AuditLogChain } from '../../access/index.js';
import { SealRepository } from '../ledger/index.js';
import type { AuditedChainDto, LastAuditDto } from './audit.dto.js';
import { AuditResultRepository, type Checkpoint } from './audit-result.repository.js';
import { AuditService } from './audit.service.js';
import { AUDIT_LOCK } from './requested-audit.js';

const SHOWN = 20;

/** By how much the clocks of processes, which ids tell, may be behind the database's. */
const CLOCKS_MS = 10 * 60_000;

/** The scheduled audit: run by a worker, kept in the database, shown by every process. */
@Injectable()
export class ScheduledAudit {
  /** The last heads that this process has seen: a chain that was cut off later no longer reaches its head. */
  private seen: { journals: ChainHead | null; auditLog: ChainHead | null } = { journals: null, auditLog: null };

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly audit: AuditService,
    private readonly results: AuditResultRepository,
    private readonly seals: SealRepository,
    private readonly auditLog: AuditLogChain,
    private readonly logger: Logger,
  ) {}

  /**
   * Every invariant, each at one moment of the books, and both chains; no other audit runs meanwhile. What a clean audit has seen
   * is not read again, but for the first audit of a day (ADR 22). Findings are an ALERT in the log. Nothing is read in a
   * snapshot that lasts: at size it would keep the database from cleaning up.
   */
  runAndKeep(): Promise<LastAuditDto> {
    return this.locks.runInTurn(AUDIT_LOCK, { work: () => this.run() });
  }

  private async run(): Promise<LastAuditDto> {
    const start = performance.now();
    const at = await this.results.findNow(this.unitOfWork.reader);
    const last = await this.findLast(at);
    const since = last && this.sinceOf(last);
    const items = await this.audit.checkAll(since);
    const reader = await this.unitOfWork.heavyReader();
    const after = (head: ChainHead | undefined): CheckedChain | null =>
      since && head ? { head, moment: since } : null;
    const { sealKey } = this.config;
    const chain = auditedChain(await checkChain(reader, this.seals, sealKey, this.seen.journals, after(last?.head)));
    const auditLog = auditedChain(await this.auditLog.check(reader, this.seen.auditLog, after(last?.auditLogHead)));
    const result: LastAuditDto = {
      at: at.toISOString(),
      since: since?.toISOString() ?? null,
      fullAt: (last?.fullAt ?? at).toISOString(),
      clean: chain.count === 0 && auditLog.count === 0 && items.every((item) => item.count === 0),
      tookMs: Math.round(performance.now() - start),
      items,
      chain,
      auditLog,
    };
    await this.unitOfWork.run((tx) => this.results.keep(tx, at, result));
    this.seen = { journals: parseHead(chain.head), auditLog: parseHead(auditLog.head) };
    this.report(result);
    return result;
  }

  /** The audit that this one goes on from; null: everything is looked at. */
  private async findLast(now: Date): Promise<Checkpoint | null> {
    const last = await this.results.findCheckpoint(this.unitOfWork.reader);
    if (!last || last.at > now) return null;
    const dayOf = (moment: Date) => localDay(this.config.accountingTimeZone, moment);
    return dayOf(last.fullAt) === dayOf(now) ? last : null;
  }

  /** What was written since then may not have been there yet: its transaction was open, or its id made by a slow clock. */
  private sinceOf({ at }: Checkpoint): Date {
    return new Date(at.getTime() - this.config.sealAfterSeconds * 1000 - CLOCKS_MS);
  }

  /** What the last one found. Throws `audit.none-yet`. */
  async readLast(): Promise<LastAuditDto> {
    const kept = await this.results.findLast(this.unitOfWork.reader);
    if (!kept) throw new DomainError<AuditErrorCode>('audit.none-yet', 'No worker has run an audit yet.');
    return kept.result;
  }

  /** The log keeps the heads away from the database. */
  private report({ since, clean, tookMs, items, chain, auditLog }: LastAuditDto): void {
    if (clean) {
      this.logger.log('the audit is clean', { since, tookMs, head: chain.head, auditLogHead: auditLog.head });
      return;
    }
    const findings = items.filter((item) => item.count > 0);
    this.logger.alert('audit-findings', {
      since,
      tookMs,
      head: chain.head,
      auditLogHead: auditLog.head,
      findings: findings.map(({ invariant, title, count, offenders }) => ({ invariant, title, count, offenders })),
      chain: chain.offenders,
      auditLog: auditLog.offenders,
    });
  }
}

function auditedChain(report: ChainReport): AuditedChainDto {
  const faults = chainFaults(report);
  return {
    checked: Number(report.checked),
    head: report.head,
    count: faults.length,
    offenders: faults.slice(0, SHOWN),
  };
}
