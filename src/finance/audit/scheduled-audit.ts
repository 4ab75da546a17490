import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { AdvisoryLocks } from '../../core/advisory-locks.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Logger } from '../../core/logger.js';
import { DomainError } from '../../shared/domain-error.js';
import type { AuditErrorCode } from './errors.js';
import { checkChain, type ChainReport, parseHead, type ChainHead, SealRepository } from '../ledger/index.js';
import type { LastAuditDto } from './audit.dto.js';
import { AuditResultRepository } from './audit-result.repository.js';
import { AuditService } from './audit.service.js';
import { AUDIT_LOCK } from './requested-audit.js';

const SHOWN = 20;

/** The scheduled audit: run by a worker, kept in the database, shown by every process. */
@Injectable()
export class ScheduledAudit {
  /** The last head that this process has seen: a chain that was cut off later no longer reaches it. */
  private seen: ChainHead | null = null;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly audit: AuditService,
    private readonly results: AuditResultRepository,
    private readonly seals: SealRepository,
    private readonly logger: Logger,
  ) {}

  /**
   * Every invariant, each at one moment of the books, and the whole chain; no other audit runs meanwhile. Findings are an
   * ALERT in the log. Nothing is read in a snapshot that lasts: at size it would keep the database from cleaning up.
   */
  runAndKeep(): Promise<LastAuditDto> {
    return this.locks.runInTurn(AUDIT_LOCK, { work: () => this.run() });
  }

  private async run(): Promise<LastAuditDto> {
    const start = performance.now();
    const at = await this.results.findNow(this.unitOfWork.reader);
    const items = await this.audit.checkAll();
    const chain = await checkChain(await this.unitOfWork.heavyReader(), this.seals, this.config.sealKey, this.seen);
    const faults = chainFaults(chain);
    const result: LastAuditDto = {
      at: at.toISOString(),
      clean: faults.length === 0 && items.every((item) => item.count === 0),
      tookMs: Math.round(performance.now() - start),
      items,
      chain: {
        checked: Number(chain.checked),
        head: chain.head,
        count: faults.length,
        offenders: faults.slice(0, SHOWN),
      },
    };
    await this.unitOfWork.run((tx) => this.results.keep(tx, at, result));
    this.seen = parseHead(chain.head);
    this.report(result);
    return result;
  }

  /** What the last one found. Throws `audit.none-yet`. */
  async readLast(): Promise<LastAuditDto> {
    const kept = await this.results.findLast(this.unitOfWork.reader);
    if (!kept) throw new DomainError<AuditErrorCode>('audit.none-yet', 'No worker has run an audit yet.');
    return kept.result;
  }

  /** The log keeps each head away from the database. */
  private report({ clean, tookMs, items, chain }: LastAuditDto): void {
    if (clean) {
      this.logger.log('the audit is clean', { tookMs, head: chain.head });
      return;
    }
    const findings = items.filter((item) => item.count > 0);
    this.logger.error('ALERT the audit found something', {
      tookMs,
      head: chain.head,
      findings: findings.map(({ invariant, title, count, offenders }) => ({ invariant, title, count, offenders })),
      chain: chain.offenders,
    });
  }
}

/** What is wrong with the chain, a sentence each. */
export function chainFaults({ faults, breaks }: ChainReport): string[] {
  return [...faults.map(({ journalId, fault }) => `${journalId} was ${fault}`), ...breaks];
}
