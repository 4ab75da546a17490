import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { addDays, instantOf, localDay } from '../../../shared/calendar.js';
import { SealRepository } from '../seal/seal.repository.js';
import { ClosingRepository, momentOf, type Stretch } from './closing.repository.js';

/** Journals in one stretch: what a figure reads by itself at each end of its period is no more. */
const JOURNALS = 10_000;

/**
 * Closes the books stretch by stretch: at the end of each accounting day, and after so many journals. What is closed is
 * sealed, so nothing can be posted in it any more; figures of long periods add up closings instead of entries.
 */
@Injectable()
export class BookCloser {
  constructor(
    @Inject(Config) private readonly config: Pick<Config, 'accountingTimeZone'>,
    private readonly unitOfWork: UnitOfWork,
    private readonly seals: SealRepository,
    private readonly closings: ClosingRepository,
  ) {}

  /** Closes all that can be, in stretches of `journals` at most. Returns how many stretches that were. */
  async closeBooks(journals = JOURNALS): Promise<number> {
    for (let closed = 0; ; closed += 1)
      if (!(await this.unitOfWork.run((tx) => this.closeNext(tx, journals)))) return closed;
  }

  private async closeNext(tx: EntityManager, journals: number): Promise<boolean> {
    // Whoever closes at the same time waits here, and sees what this one has closed.
    await this.seals.lockHead(tx);
    const next = await this.nextStretch(tx, journals);
    if (next === null || next.to > (await this.closings.findSealedUntil(tx))) return false;
    await this.closings.add(tx, next);
    return true;
  }

  private async nextStretch(tx: EntityManager, journals: number): Promise<Stretch | null> {
    const from = await this.closings.findEnd(tx);
    const first = await this.closings.findFirst(tx, from);
    if (first === null) return null;
    const { accountingTimeZone: zone } = this.config;
    const day = localDay(zone, new Date(`${first.replace(' ', 'T')}Z`));
    const midnight = momentOf(instantOf(zone, addDays(day, 1), '00:00'));
    const full = await this.closings.findFull(tx, from, journals);
    return { from, to: full !== null && full < midnight ? full : midnight };
  }
}
