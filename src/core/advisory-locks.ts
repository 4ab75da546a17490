import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';

/** Locks of a server are for all its databases, so the name says whose it is; at most 64 characters. */
const LOCK = "SHA1(CONCAT('yinke ', DATABASE(), ' ', ?))";

/** Between two attempts. */
const WAIT_MS = 100;

/**
 * The server ends the connection of a holder of which it hears nothing for so long: a process that is stopped, with its machine
 * perhaps, must not keep everybody else from the work.
 */
const SILENT_SECONDS = 20;
const SIGN_OF_LIFE_MS = 5_000;

/**
 * Locks by name over all processes of a database, for long work that should run once at a time. They belong to one
 * connection, taken from the pool for as long as any is held: a process that dies gives them up. So does one that is stopped,
 * or whose connection is lost; nothing may go wrong when the work runs twice after all.
 */
@Injectable()
export class AdvisoryLocks {
  private readonly names = new Set<string>();
  private runner: Promise<QueryRunner> | null = null;
  private signs: NodeJS.Timeout | undefined;
  private readonly leaving = new WeakSet<QueryRunner>();

  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` under the lock; null, without waiting, when it runs already, here or elsewhere. */
  async tryRun<T>(name: string, work: () => Promise<T>): Promise<{ value: T } | null> {
    // The server would give the same connection the same lock twice.
    if (this.names.has(name)) return null;
    this.names.add(name);
    let runner: QueryRunner | undefined;
    try {
      runner = await (this.runner ??= this.connect());
      const [row] = await this.ask<{ got: string | number | null }>(runner, `SELECT GET_LOCK(${LOCK}, 0) got`, name);
      if (Number(row?.got) !== 1) return null;
      try {
        return { value: await work() };
      } finally {
        await this.ask(runner, `SELECT RELEASE_LOCK(${LOCK})`, name).catch(() => undefined);
      }
    } finally {
      this.names.delete(name);
      if (this.names.size === 0) await this.disconnect(runner);
    }
  }

  /** Runs `work` when it is its turn. A caller that waits takes what `instead` finds meanwhile, if it finds something. */
  async runInTurn<T>(
    name: string,
    { work, instead }: { work: () => Promise<T>; instead?: () => Promise<T | null> },
  ): Promise<T> {
    for (;;) {
      const run = await this.tryRun(name, work);
      if (run) return run.value;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      const found = (await instead?.()) ?? null;
      if (found !== null) return found;
    }
  }

  private async connect(): Promise<QueryRunner> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.query(`SET SESSION wait_timeout = ${SILENT_SECONDS}`);
      this.signs = setInterval(() => void runner.query('DO 1').catch(() => undefined), SIGN_OF_LIFE_MS);
      return runner;
    } catch (error) {
      this.runner = null;
      await runner.release();
      throw error;
    }
  }

  /** A connection that failed is not asked again. */
  private async ask<T>(runner: QueryRunner, sql: string, name: string): Promise<T[]> {
    try {
      return (await runner.query(sql, [name])) as T[];
    } catch (error) {
      await this.disconnect(runner);
      throw error;
    }
  }

  private async disconnect(runner: QueryRunner | undefined): Promise<void> {
    if (!runner || runner.isReleased || this.leaving.has(runner)) return;
    this.leaving.add(runner);
    this.runner = null;
    clearInterval(this.signs);
    // The next one who has this connection may be silent for as long as it likes.
    await runner.query('SET SESSION wait_timeout = DEFAULT').catch(() => undefined);
    await runner.release();
  }
}
