import type { OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { databaseNow } from './database-now.js';
import type { Logger } from './logger.js';

/** How often the database is asked. */
const EVERY_MS = 30_000;
/** A clock that is right to this is right; a time that took longer to ask for tells less than the one before. */
const TOLERANCE_MS = 1_000;

/**
 * The time of the database, which is the same for all processes: what becomes due, ends or is signed by a moment does so at
 * that moment, however wrong the clock of a machine is. It is asked at the start and now and then; in between, time passes
 * as it does for everybody, also when the machine's clock is set.
 */
export class DatabaseClock extends Clock implements OnModuleDestroy {
  private known: { now: number; at: number } | null = null;
  private wrong = false;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
  ) {
    super();
    // Of a database that is away others tell; what was last known goes on meanwhile.
    this.timer = setInterval(() => void this.ask().catch(() => undefined), EVERY_MS).unref();
  }

  /** A clock that has asked once. */
  static async start(dataSource: DataSource, logger: Logger): Promise<DatabaseClock> {
    const clock = new DatabaseClock(dataSource, logger);
    await clock.ask();
    return clock;
  }

  now(): Date {
    const own = Date.now();
    if (this.known === null) return new Date(own);
    const theirs = this.known.now + (performance.now() - this.known.at);
    return new Date(Math.abs(own - theirs) <= TOLERANCE_MS ? own : theirs);
  }

  /** By how much the machine's clock is ahead of the database's. */
  aheadMs(): number {
    return this.known === null ? 0 : Date.now() - (this.known.now + (performance.now() - this.known.at));
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    const before = performance.now();
    const now = (await databaseNow(this.dataSource.manager)).getTime();
    const took = performance.now() - before;
    if (this.known !== null && took > TOLERANCE_MS) return;
    this.known = { now, at: before + took / 2 };
    const aheadMs = Math.round(Date.now() - now - took / 2);
    const wrong = Math.abs(aheadMs) > TOLERANCE_MS;
    if (wrong && !this.wrong)
      this.logger.warn('the clock of this machine is wrong: the time of the database is used', { aheadMs });
    this.wrong = wrong;
  }
}
