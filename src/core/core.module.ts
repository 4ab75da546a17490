import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { AdvisoryLocks } from './advisory-locks.js';
import { ClusterWriterEntity } from './cluster-writer.entity.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { DatabaseClock } from './database-clock.js';
import { DirectoryAges } from './directory-ages.js';
import { JobRunEntity } from './job-runs.js';
import { Logger } from './logger.js';
import { ProcessMetrics } from './process-metrics.js';
import { ProblemTable } from './problem-table.js';
import { ReadingPool } from './reading-pool.js';
import { StoreGauges } from './store-gauges.js';
import { Tracing } from './tracing.js';
import { UnitOfWork } from './unit-of-work.js';

/** What every module may inject: configuration, clock, log, metrics, and the one doorway to the database. */
@Global()
@Module({})
export class CoreModule {
  /** `describe`: what HTTP makes of an error; only the wiring knows the problems of every room. `service`: the process in traces. */
  static register(config: Config, describe: ProblemTable['describe'], service = 'yinke'): DynamicModule {
    return {
      module: CoreModule,
      imports: [
        TypeOrmModule.forRootAsync({
          // Every module brings its own entities; a database that is away is the start's trouble, told at once.
          useFactory: () => ({
            ...dataSourceOptions({
              url: config.databaseUrl,
              poolSize: config.databasePoolSize,
              limits: {
                statementMs: config.databaseStatementSeconds * 1000,
                waitMs: config.databaseWaitSeconds * 1000,
              },
            }),
            autoLoadEntities: true,
            toRetry: () => false,
          }),
        }),
        TypeOrmModule.forFeature([ClusterWriterEntity, JobRunEntity]),
      ],
      providers: [
        { provide: Config, useValue: config },
        { provide: Logger, useFactory: () => new Logger(config.logLevel) },
        {
          provide: Clock,
          useFactory: (dataSource: DataSource, logger: Logger) => DatabaseClock.start(dataSource, logger),
          inject: [DataSource, Logger],
        },
        ReadingPool,
        UnitOfWork,
        AdvisoryLocks,
        { provide: ProblemTable, useValue: { describe } satisfies ProblemTable },
        { provide: Registry, useFactory: createMetrics },
        { provide: Tracing, useFactory: () => Tracing.start(config, service) },
        StoreGauges,
        DirectoryAges,
        ProcessMetrics,
      ],
      exports: [
        TypeOrmModule,
        Config,
        Clock,
        Logger,
        ProblemTable,
        UnitOfWork,
        AdvisoryLocks,
        Registry,
        StoreGauges,
        DirectoryAges,
        Tracing,
      ],
    };
  }
}

/** Where every module registers its metrics (inject `Registry` of prom-client); `/metrics` shows them. */
function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
