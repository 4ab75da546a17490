import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { Logger } from './logger.js';

/** A replica that did not answer is passed by for so long. */
const PASS_BY_MS = 5_000;
/** For its answer, beside what it may wait for. */
const ANSWER_MS = 2_000;

type Settings = Pick<
  Config,
  'databaseUrl' | 'databaseReadingUrl' | 'databaseReadingPoolSize' | 'databaseReadingWaitMs'
>;

/**
 * The connections of a process for what reads much: exports, audits, sums over a period. However many of these are asked
 * for, and however slowly their answers are taken, they use up none of the connections that orders need. Opened at the
 * first use. With a replica they lead there, once it has all that was written before; one that lags too much, or does not answer, is passed by.
 */
@Injectable()
export class ReadingPool implements OnApplicationShutdown {
  private readonly pools = new Map<string, Promise<DataSource>>();
  private passByUntil = 0;
  private lags = false;
  /** The pool that was used last, once it is open. */
  openedNow: DataSource | null = null;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(Config) private readonly config: Settings,
    private readonly logger: Logger,
  ) {}

  async open(): Promise<DataSource> {
    const { databaseUrl, databaseReadingUrl: replica } = this.config;
    const isUsable = replica !== null && (await this.hasAll(replica));
    return (this.openedNow = await this.pool(isUsable ? replica : databaseUrl));
  }

  async onApplicationShutdown(): Promise<void> {
    for (const opened of this.pools.values()) await (await opened.catch(() => null))?.destroy();
  }

  /** Whether the replica has all that was written until now, or gets it in time. */
  private async hasAll(url: string): Promise<boolean> {
    if (performance.now() < this.passByUntil) return false;
    try {
      const hasAll = await within(this.config.databaseReadingWaitMs + ANSWER_MS, this.waitForAll(url));
      if (!hasAll && !this.lags) this.logger.warn('the replica lags too much; the database itself is read');
      this.lags = !hasAll;
      return hasAll;
    } catch (err) {
      this.logger.warn('the replica cannot be read; the database itself is', { err });
      this.passByUntil = performance.now() + PASS_BY_MS;
      // Nobody waits for what was asked of it.
      void this.pools.get(url)?.then(
        (pool) => pool.destroy(),
        () => undefined,
      );
      this.pools.delete(url);
      return false;
    }
  }

  private async waitForAll(url: string): Promise<boolean> {
    const replica = await this.pool(url);
    const [galera] = await replica.query<{ Value: string }[]>("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'");
    if (galera?.Value === 'ON') {
      // A read of another server of a cluster, which waits for all that was committed before.
      await replica.query('SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1');
      return true;
    }
    const [written] = await this.dataSource.query<{ position: string }[]>('SELECT @@GLOBAL.gtid_binlog_pos position');
    const seconds = this.config.databaseReadingWaitMs / 1000;
    const [waited] = await replica.query<{ result: string | number }[]>('SELECT MASTER_GTID_WAIT(?, ?) result', [
      written?.position,
      seconds,
    ]);
    return Number(waited?.result) === 0;
  }

  private pool(url: string): Promise<DataSource> {
    const known = this.pools.get(url);
    if (known) return known;
    const settings = dataSourceOptions({ url, poolSize: this.config.databaseReadingPoolSize });
    const opened = new DataSource({ ...this.dataSource.options, ...settings } as DataSourceOptions).initialize();
    this.pools.set(url, opened);
    opened.catch(() => this.pools.delete(url));
    return opened;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
