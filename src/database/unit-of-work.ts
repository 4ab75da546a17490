import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isLockConflict } from './driver-error.js';

const MAX_RUNS = 8;

/**
 * The one doorway to writing. A unit of work is one transaction; on a deadlock or a lock time-out it is rolled back and
 * the whole callback runs again, so the callback must do nothing but database work on `tx`.
 */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction and returns what it returns. Whatever it throws rolls everything back. */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let run = 1; ; run += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (run >= MAX_RUNS || !isLockConflict(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** run));
      }
    }
  }

  /** For reads that need no transaction: one statement, its own snapshot. */
  get reader(): EntityManager {
    return this.dataSource.manager;
  }
}
