import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../core/config.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import type { SealHeadDto } from './seal.dto.js';
import { formatHead, sealOf } from './seal.js';
import { SealRepository } from './seal.repository.js';

const BATCH = 1000;

/** Chains journals after they were posted, away from the posting path. */
@Injectable()
export class Sealer {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SealRepository,
  ) {}

  /** Seals all that has settled, in the order of posting. Returns how many journals that were. */
  async sealJournals(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const batch = await this.unitOfWork.run(async (tx) => {
        let head = await this.repository.lockHead(tx);
        const journals = await this.repository.findUnsealed(tx, BATCH, this.config.sealAfterSeconds);
        const links = journals.map((journal) => {
          head = sealOf(this.config.sealKey, head, journal);
          return { head, journalId: journal.id };
        });
        await this.repository.append(tx, links);
        return links.length;
      });
      sealed += batch;
      if (batch < BATCH) return sealed;
    }
  }

  /** How far the chain goes now. */
  async describeHead(): Promise<SealHeadDto> {
    const head = await this.repository.findHead(this.unitOfWork.reader);
    return { head: formatHead(head), sealedUntil: head.sealedUntil.toISOString() };
  }
}
