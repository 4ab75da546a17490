import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import type { Config } from '../core/config.js';
import { problemOf } from '../api/edge/problem-document.js';
import { CoreModule } from '../core/core.module.js';
import { DatabaseModule } from '../database/index.js';
import { JobRuns } from '../core/job-runs.js';
import { OrdersModule } from '../detection/orders/index.js';
import { VisitsModule } from '../detection/visits/index.js';
import { FinanceModule } from '../finance/index.js';
import { PricingModule } from '../pricing/index.js';
import type { JobProcessor } from './job-catalogue.js';
import { BooksAuditProcessor } from './processors/books-audit.processor.js';
import { EventsSweepProcessor } from './processors/events-sweep.processor.js';
import { JournalsSealProcessor } from './processors/journals-seal.processor.js';
import { PayoutsDraftProcessor } from './processors/payouts-draft.processor.js';
import { PayoutsPollProcessor } from './processors/payouts-poll.processor.js';
import { PayoutsSubmitProcessor } from './processors/payouts-submit.processor.js';
import { PayoutsWatchProcessor } from './processors/payouts-watch.processor.js';
import { CouponsExpireProcessor } from './processors/coupons-expire.processor.js';
import { PointsExpireProcessor } from './processors/points-expire.processor.js';
import { RewardsMatureProcessor } from './processors/rewards-mature.processor.js';
import { RewardsPostProcessor } from './processors/rewards-post.processor.js';
import { PROCESSORS, QueueWorker } from './queue-worker.js';
import { QueueModule } from './queue.module.js';
import { WorkerPort } from './worker-port.js';

/** One for each job of the catalogue. */
const processors = [
  RewardsPostProcessor,
  EventsSweepProcessor,
  RewardsMatureProcessor,
  PointsExpireProcessor,
  CouponsExpireProcessor,
  PayoutsSubmitProcessor,
  PayoutsDraftProcessor,
  PayoutsPollProcessor,
  PayoutsWatchProcessor,
  JournalsSealProcessor,
  BooksAuditProcessor,
];

/** The worker process: the same modules without HTTP, and the reading end of the queue. */
@Module({})
export class WorkerModule {
  static register(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        CoreModule.register(config, problemOf),
        QueueModule,
        AccessModule,
        DatabaseModule,
        VisitsModule,
        PricingModule,
        OrdersModule,
        FinanceModule,
      ],
      providers: [
        ...processors,
        { provide: PROCESSORS, useFactory: (...all: JobProcessor[]) => all, inject: processors },
        JobRuns,
        QueueWorker,
        WorkerPort,
      ],
    };
  }
}
