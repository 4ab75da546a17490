import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { problemOf } from '../api/edge/problem-document.js';
import { Config } from './config.js';
import { AdvisoryLocks } from './advisory-locks.js';
import { createDataSource } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';
import { entities } from '../entities.js';
import { Logger } from './logger.js';
import { ProblemTable } from './problem-table.js';
import { Clock, SystemClock } from './clock.js';

/** What every module may inject: configuration, clock, log, and the one doorway to the database. */
@Global()
@Module({})
export class CoreModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  static register(config: Config): DynamicModule {
    return {
      module: CoreModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: Logger, useFactory: () => new Logger(config.logLevel) },
        {
          provide: DataSource,
          useFactory: () =>
            createDataSource({ url: config.databaseUrl, poolSize: config.databasePoolSize, entities }).initialize(),
        },
        UnitOfWork,
        AdvisoryLocks,
        { provide: Registry, useFactory: createMetrics },
        { provide: ProblemTable, useValue: { describe: problemOf } satisfies ProblemTable },
      ],
      exports: [Config, Clock, ProblemTable, Logger, DataSource, UnitOfWork, AdvisoryLocks, Registry],
    };
  }

  /** After the HTTP server and the queue have finished what they had begun. */
  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** Where every module registers its metrics (inject `Registry` of prom-client); `/metrics` shows them. */
function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
