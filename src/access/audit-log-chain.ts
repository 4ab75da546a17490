import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { checkChain, type ChainReport, type CheckedChain } from '../core/chain/chain-check.js';
import { ChainRepository, momentText } from '../core/chain/chain.repository.js';
import { formatHead, type ChainHead } from '../core/chain/seal.js';
import { sealRows } from '../core/chain/seal-rows.js';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import type { AuditLogId } from '../shared/ids.js';

/** SQL of the chain of the audit log. */
@Injectable()
export class AuditLogSealRepository extends ChainRepository<AuditLogId> {
  protected readonly tables = {
    rows: 'audit_log',
    at: 'at',
    columns: `r.id, ${momentText('r.at')} at, r.actor_kind, r.actor_id, r.action, r.subject, r.detail, r.old_values, r.new_values, r.request_id, r.address`,
    links: { table: 'audit_log_seal', row: 'entry_id' },
    head: { table: 'audit_log_head', row: 'sealed_entry_id' },
  };
}

/** Chains the audit log as journals are chained: what somebody alters in it by SQL is found. */
@Injectable()
export class AuditLogChain {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AuditLogSealRepository,
  ) {}

  /** Seals all entries that have settled. Returns how many. */
  sealEntries(): Promise<number> {
    const { sealKey: key, sealAfterSeconds: afterSeconds } = this.config;
    return sealRows(this.unitOfWork, this.repository, { key, afterSeconds });
  }

  /** Works the chain out again, from an earlier check on; it must pass through `kept`. */
  check(tx: EntityManager, kept: ChainHead | null, earlier: CheckedChain | null = null): Promise<ChainReport> {
    return checkChain(tx, this.repository, this.config.sealKey, kept, earlier);
  }

  /** `position:seal` of the last entry sealed. */
  async readHead(): Promise<string> {
    return formatHead(await this.repository.findHead(this.unitOfWork.reader));
  }
}
