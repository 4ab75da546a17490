import type { DirectoryAges } from './directory-ages.js';

/** How a directory learns of rows: those changed since a moment of the database's clock, or all when it is null. */
export type ChangeSource<Row> = (since: Date | null) => Promise<{ rows: Row[]; asOf: Date }>;

/** A transaction may commit this much after the time it wrote into its rows, and is still seen. */
const OVERLAP_MS = 10_000;

/**
 * A process's copy of a small, hot table. It is loaded whole, then looks for changed rows every `refreshMs`, so a change
 * anywhere is seen everywhere within a second and reads never wait for the database. While the database is away the
 * last known rows stand.
 */
export class RefreshedDirectory<Row> {
  private asOf: Date | null = null;
  /** When the last look began that succeeded, by the time that the process has run. */
  private seenAt = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private failing = false;

  constructor(
    private readonly source: ChangeSource<Row>,
    private readonly apply: (rows: Row[]) => void,
    private readonly refreshMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Loads everything, then keeps refreshing until `stop`. Rejects when the first load fails. */
  async start(): Promise<void> {
    await this.refresh();
    this.schedule();
  }

  /** Lets the metrics show how old it is. */
  watchedBy(ages: DirectoryAges, name: string): this {
    ages.watch(name, () => (performance.now() - this.seenAt) / 1000);
    return this;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Looks for changes now; for a process that has just made one. Concurrent calls share a look that starts after them. */
  async refresh(): Promise<void> {
    await this.running?.catch(() => undefined);
    this.running ??= this.look().finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  private async look(): Promise<void> {
    const since = this.asOf === null ? null : new Date(this.asOf.getTime() - OVERLAP_MS);
    const began = performance.now();
    const { rows, asOf } = await this.source(since);
    this.apply(rows);
    // A clock that went back is another server's, which has written rows with moments that were looked at before: all is read anew.
    this.asOf = this.asOf !== null && asOf < this.asOf ? null : asOf;
    this.seenAt = began;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.refresh()
        .then(
          () => {
            this.failing = false;
          },
          (error: unknown) => {
            // Told once an outage, and not at all when it is only that the process stops.
            if (!this.failing && this.timer !== undefined) this.onError(error);
            this.failing = true;
          },
        )
        .finally(() => {
          if (this.timer !== undefined) this.schedule();
        });
    }, this.refreshMs);
    this.timer.unref();
  }
}
