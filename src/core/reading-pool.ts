import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';

/**
 * The connections of a process for what reads much: exports, audits, sums over a period. However many of these are asked
 * for, and however slowly their answers are taken, they use up none of the connections that orders need. Opened at the
 * first use.
 */
@Injectable()
export class ReadingPool implements OnApplicationShutdown {
  private opened: Promise<DataSource> | null = null;
  /** The pool, once it is open. */
  openedNow: DataSource | null = null;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(Config) private readonly config: Pick<Config, 'databaseUrl' | 'databaseReadingPoolSize'>,
  ) {}

  open(): Promise<DataSource> {
    const { databaseUrl: url, databaseReadingPoolSize: poolSize } = this.config;
    const options = { ...this.dataSource.options, ...dataSourceOptions({ url, poolSize }) } as DataSourceOptions;
    this.opened ??= new DataSource(options).initialize().then(
      (opened) => (this.openedNow = opened),
      (error: unknown) => {
        this.opened = null;
        throw error;
      },
    );
    return this.opened;
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.opened?.catch(() => null))?.destroy();
  }
}
