import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { isLockConflict } from './driver-error.js';
import { currentContext } from './work-context.js';
import { ReadingPool } from './reading-pool.js';

const MAX_RUNS = 8;

/**
 * The one doorway to writing. A unit of work is one transaction; on a deadlock or a lock time-out it is rolled back and
 * the whole callback runs again, so the callback must do nothing but database work on `tx`.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reading: ReadingPool,
  ) {}

  /** Runs `work` in one transaction and returns what it returns. Whatever it throws rolls everything back. `mostRuns`: where others wait for it. */
  run<T>(work: (tx: EntityManager) => Promise<T>, mostRuns = MAX_RUNS): Promise<T> {
    return this.repeat(() => this.dataSource.transaction((tx) => whole(tx, work)), mostRuns);
  }

  /**
   * {@link run} for what is worked out from many reads: all of them, from the first one on, see the database as it was at that
   * moment. What is locked or written is what stands there now, and locks the gaps beside it: for rows that nobody else writes.
   */
  runAtOneMoment<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.repeat(() => this.dataSource.transaction('REPEATABLE READ', (tx) => whole(tx, work)));
  }

  private async repeat<T>(transaction: () => Promise<T>, mostRuns = MAX_RUNS): Promise<T> {
    for (let run = 1; ; run += 1) {
      try {
        return await transaction();
      } catch (error) {
        if (run >= mostRuns || !isLockConflict(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** run));
      }
    }
  }

  /** Many reads at one moment, which can write nothing, over the {@link ReadingPool}. The moment is kept open as long as `work` runs. */
  async snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const runner = await this.openSnapshot();
    try {
      return await work(runner.manager);
    } finally {
      await closeSnapshot(runner);
    }
  }

  /** {@link snapshot} for what is read as it is consumed; leaving the loop early closes it too. */
  async *streamSnapshot<T>(work: (tx: EntityManager) => AsyncIterable<T>): AsyncGenerator<T> {
    const runner = await this.openSnapshot();
    try {
      yield* work(runner.manager);
    } finally {
      await closeSnapshot(runner);
    }
  }

  /** For reads that need no transaction: one statement, its own snapshot. */
  get reader(): EntityManager {
    return this.dataSource.manager;
  }

  /** {@link reader} for what reads much, over the {@link ReadingPool}. */
  async heavyReader(): Promise<EntityManager> {
    return (await this.reading.open()).manager;
  }

  private async openSnapshot(): Promise<QueryRunner> {
    const runner = (await this.reading.open()).createQueryRunner();
    try {
      // For the next transaction only; see limited-pool.ts for the others.
      await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await runner.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
      return runner;
    } catch (error) {
      await runner.release();
      throw error;
    }
  }
}

/** Transactions that are committed, and do not do what their request asks for. */
const undone = new WeakSet<EntityManager>();

/**
 * Says that a transaction does not do what its request asks for, though it is committed: it only looks, or notes why the request is refused.
 * Who asks again after a lost answer is answered anew then, and not told that it was done.
 */
export function noteUndone(tx: EntityManager): void {
  undone.add(tx);
}

async function whole<T>(tx: EntityManager, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  const result = await work(tx);
  if (!undone.has(tx)) await currentContext().beforeCommit?.(tx);
  return result;
}

async function closeSnapshot(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } finally {
    await runner.release();
  }
}
