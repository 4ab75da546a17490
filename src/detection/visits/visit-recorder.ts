import { Injectable } from '@nestjs/common';
import { GroupCommit } from '../../core/group-commit.js';
import { MOST_WAITING, noRoomInTime } from '../../core/limited-pool.js';
import { Logger } from '../../core/logger.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { withContext } from '../../core/work-context.js';
import { VisitMetrics } from './visit-metrics.js';
import { VisitRepository, type NewVisit } from './visit.repository.js';

/** Visits in one statement, at most. */
const MOST_VISITS = 500;
/** A shopper waits for the database this long, at most. */
const PATIENCE_MS = 1000;
/** After a failure visits are answered at once for this long; then one of them tries again. */
const PAUSE_MS = 1000;

/**
 * Writes visits: those that come while some are being written go into the next statement together. While the database is
 * away a visit is answered without it: the token carries the attribution.
 */
@Injectable()
export class VisitRecorder {
  private readonly group: GroupCommit<NewVisit, undefined>;
  /** 0: visits are written. */
  private pausedUntil = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly visits: VisitRepository,
    private readonly logger: Logger,
    private readonly metrics: VisitMetrics,
  ) {
    this.group = new GroupCommit(
      async (visits) => {
        // Those that have waited for what failed do not wait for more.
        if (this.pausedUntil > 0) throw noRoomInTime();
        await this.write(visits);
        return visits.map(() => undefined);
      },
      () => '',
      {
        most: MOST_VISITS,
        mostWeight: MOST_VISITS,
        weigh: () => 1,
        mostWaiting: MOST_WAITING,
        waitMs: PATIENCE_MS,
      },
    );
  }

  /** Whether the visit is in the database. Never throws, and waits about a second at the very most. */
  async record(visit: NewVisit): Promise<boolean> {
    try {
      if (this.pausedUntil === 0) await this.group.run(visit);
      else if (performance.now() < this.pausedUntil) throw noRoomInTime();
      else await this.tryAgain(visit);
      return true;
    } catch {
      this.metrics.unrecorded.inc();
      return false;
    }
  }

  /** The only one that waits; visits meanwhile are answered at once. */
  private tryAgain(visit: NewVisit): Promise<void> {
    this.pausedUntil = performance.now() + PATIENCE_MS + PAUSE_MS;
    return withContext({}, () => this.write([visit]));
  }

  private async write(visits: readonly NewVisit[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer from the database in ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      await Promise.race([this.unitOfWork.run((tx) => this.visits.insertMany(tx, visits)), patience]);
      this.pausedUntil = 0;
    } catch (err) {
      this.pausedUntil = performance.now() + PAUSE_MS;
      this.logger.warn('visits answered without being recorded', { visits: visits.length, err });
      throw err;
    } finally {
      clearTimeout(timer);
    }
  }
}
