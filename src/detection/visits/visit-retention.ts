import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock.js';
import { Config } from '../../core/config.js';
import { Logger } from '../../core/logger.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { StorefrontDirectory } from '../../database/index.js';
import { isBusy, VisitRetentionRepository } from './visit-retention.repository.js';

/** Visits in one transaction. */
const ROWS = 2000;

/**
 * Deletes visits when they are old: whole months at once, by their partition, and the rest in small pieces. A visit stays for as long as it
 * may attribute an order, whatever the setting. Orders keep why they are whose, and days what was counted.
 */
@Injectable()
export class VisitRetention {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: VisitRetentionRepository,
    private readonly storefronts: StorefrontDirectory,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Pick<Config, 'visitDays'>,
  ) {}

  /** Makes the partitions of the next months, and deletes what is old; how many visits were deleted one by one. */
  async sweep(): Promise<number> {
    await this.change('made', () => this.repository.makeMonths(this.clock.now()));
    if (this.config.visitDays === null) return 0;
    const windows = this.storefronts.all().map(({ attributionWindowDays }) => attributionWindowDays);
    const days = Math.max(this.config.visitDays, ...windows);
    const until = await this.unitOfWork.run((tx) => this.repository.markDeleted(tx, days));
    await this.change('dropped', () => this.repository.dropMonths(until));
    let deleted = 0;
    for (let piece = ROWS; piece === ROWS; deleted += piece)
      piece = await this.unitOfWork.run((tx) => this.repository.deleteBefore(tx, until, ROWS));
    return deleted;
  }

  /** A change of partitions that cannot be made now, or that this user of the database may not make, waits; rows are deleted all the same. */
  private async change(what: string, work: () => Promise<number>): Promise<void> {
    try {
      const months = await work();
      if (months > 0) this.logger.log(`months of visits were ${what}`, { months });
    } catch (err) {
      this.logger.warn(
        isBusy(err) ? `months of visits could not be ${what} now; later` : `months of visits could not be ${what}`,
        { err },
      );
    }
  }
}
