import { Inject, Injectable } from '@nestjs/common';
import { AuditLogChain } from '../../../access/index.js';
import { formatHead } from '../../../core/chain/seal.js';
import { sealRows } from '../../../core/chain/seal-rows.js';
import { Config } from '../../../core/config.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import type { SealHeadDto } from './seal.dto.js';
import { SealRepository } from './seal.repository.js';

/** Chains journals after they were posted, away from the posting path. */
@Injectable()
export class Sealer {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SealRepository,
    private readonly auditLog: AuditLogChain,
  ) {}

  /** Seals all journals that have settled, in the order of posting. Returns how many that were. */
  sealJournals(): Promise<number> {
    const { sealKey: key, sealAfterSeconds: afterSeconds } = this.config;
    return sealRows(this.unitOfWork, this.repository, { key, afterSeconds });
  }

  /** How far the chains go now. */
  async describeHead(): Promise<SealHeadDto> {
    const head = await this.repository.findHead(this.unitOfWork.reader);
    return {
      head: formatHead(head),
      sealedUntil: head.sealedUntil.toISOString(),
      auditLogHead: await this.auditLog.readHead(),
    };
  }
}
