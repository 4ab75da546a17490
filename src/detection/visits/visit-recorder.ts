import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { withContext } from '../../core/work-context.js';
import { Logger } from '../../core/logger.js';
import { VisitMetrics } from './visit-metrics.js';
import { VisitRepository, type NewVisit } from './visit.repository.js';

/** Visits in one statement, at most. */
const MAX_BATCH = 500;
/** A shopper waits for the database this long, at most. */
const PATIENCE_MS = 1000;
/** After a failure visits are answered at once for this long; then one batch tries again. */
const PAUSE_MS = 1000;

interface Batch {
  visits: NewVisit[];
  recorded: Promise<boolean>;
  close: () => void;
}

/**
 * Group commit: gathers the visits of a few milliseconds into one INSERT that all of them wait for. While the database
 * is away a visit is answered without it: the token carries the attribution.
 */
@Injectable()
export class VisitRecorder {
  private gathering: Batch | undefined;
  private pausedUntil = 0;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly visits: VisitRepository,
    private readonly logger: Logger,
    private readonly metrics: VisitMetrics,
  ) {}

  /** Whether the visit is in the database. Never throws, and waits about a second at the very most. */
  async record(visit: NewVisit): Promise<boolean> {
    if (!this.gathering && performance.now() < this.pausedUntil) {
      this.metrics.unrecorded.inc();
      return false;
    }
    const batch = (this.gathering ??= this.open());
    batch.visits.push(visit);
    if (batch.visits.length >= MAX_BATCH) batch.close();
    return batch.recorded;
  }

  private open(): Batch {
    // After a failure this batch is the only one that tries; visits meanwhile are answered at once.
    if (this.pausedUntil > 0) this.pausedUntil = performance.now() + this.config.visitBatchMs + PATIENCE_MS;
    const visits: NewVisit[] = [];
    let close = (): void => undefined;
    const recorded = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.config.visitBatchMs);
      close = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      if (this.gathering?.visits === visits) this.gathering = undefined;
      return this.write(visits);
    });
    return {
      visits,
      recorded,
      close: () => {
        this.gathering = undefined;
        close();
      },
    };
  }

  private async write(visits: readonly NewVisit[]): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer from the database in ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      // The visits of many requests, and so the work of none of them.
      const written = withContext({}, () => this.unitOfWork.run((tx) => this.visits.insertMany(tx, visits)));
      await Promise.race([written, patience]);
      this.pausedUntil = 0;
      return true;
    } catch (err) {
      this.pausedUntil = performance.now() + PAUSE_MS;
      this.metrics.unrecorded.inc(visits.length);
      this.logger.warn('visits answered without being recorded', { visits: visits.length, err });
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
