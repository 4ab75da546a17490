import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { AdvisoryLocks } from '../../core/advisory-locks.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Logger } from '../../core/logger.js';
import { DomainError } from '../../shared/domain-error.js';
import type { AuditErrorCode } from './errors.js';
import { chainFaults, checkChain, type ChainReport } from '../../core/chain/chain-check.js';
import { parseHead, type ChainHead } from '../../core/chain/seal.js';
import { AuditLogChain } from '../../access/index.js';
import { SealRepository } from '../ledger/index.js';
import type { AuditedChainDto, LastAuditDto } from './audit.dto.js';
import { AuditResultRepository } from './audit-result.repository.js';
import { AuditService } from './audit.service.js';
import { AUDIT_LOCK } from './requested-audit.js';

const SHOWN = 20;

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
   * Every invariant, each at one moment of the books, and both chains; no other audit runs meanwhile. Findings are an
   * ALERT in the log. Nothing is read in a snapshot that lasts: at size it would keep the database from cleaning up.
   */
  runAndKeep(): Promise<LastAuditDto> {
    return this.locks.runInTurn(AUDIT_LOCK, { work: () => this.run() });
  }

  private async run(): Promise<LastAuditDto> {
    const start = performance.now();
    const at = await this.results.findNow(this.unitOfWork.reader);
    const items = await this.audit.checkAll();
    const reader = await this.unitOfWork.heavyReader();
    const chain = auditedChain(await checkChain(reader, this.seals, this.config.sealKey, this.seen.journals));
    const auditLog = auditedChain(await this.auditLog.check(reader, this.seen.auditLog));
    const result: LastAuditDto = {
      at: at.toISOString(),
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

  /** What the last one found. Throws `audit.none-yet`. */
  async readLast(): Promise<LastAuditDto> {
    const kept = await this.results.findLast(this.unitOfWork.reader);
    if (!kept) throw new DomainError<AuditErrorCode>('audit.none-yet', 'No worker has run an audit yet.');
    return kept.result;
  }

  /** The log keeps the heads away from the database. */
  private report({ clean, tookMs, items, chain, auditLog }: LastAuditDto): void {
    if (clean) {
      this.logger.log('the audit is clean', { tookMs, head: chain.head, auditLogHead: auditLog.head });
      return;
    }
    const findings = items.filter((item) => item.count > 0);
    this.logger.alert('audit-findings', {
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
