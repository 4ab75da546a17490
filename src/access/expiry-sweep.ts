import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Logger } from '../core/logger.js';
import { EXPIRING, ExpiryRepository } from './expiry.repository.js';

const EVERY_MS = 60_000;
/** In one transaction, so that nobody waits for its locks. */
const ROWS = 2000;
/** More than a minute of any limit can make. */
const MOST_ROUNDS = 500;

/** Deletes all that has expired and is only in the way: stored answers, sessions and codes. Any process may do it. */
@Injectable()
export class ExpirySweep implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly expiry: ExpiryRepository,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.sweep().catch((err: unknown) => this.logger.warn('expired rows could not be deleted', { err }));
    }, EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    for (const table of EXPIRING) {
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const deleted = await this.unitOfWork.run((tx) => this.expiry.deleteExpired(tx, table, ROWS));
        if (deleted < ROWS) break;
      }
    }
  }
}
