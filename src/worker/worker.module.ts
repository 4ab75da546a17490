import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import type { Config } from '../core/config.js';
import { problemOf } from '../api/edge/problem-document.js';
import { CoreModule } from '../core/core.module.js';
import { DeskModule } from '../desk/index.js';
import { DatabaseModule } from '../database/index.js';
import { OrdersModule } from '../detection/orders/index.js';
import { VisitsModule } from '../detection/visits/index.js';
import { FinanceModule } from '../finance/index.js';
import { MessagesModule } from '../messages/index.js';
import { PricingModule } from '../pricing/index.js';
import { Jobs } from './jobs.js';
import { QueueWorker } from './queue-worker.js';
import { QueueModule } from './queue.module.js';
import { WorkerPort } from './worker-port.js';

/** The worker process: the same modules without HTTP, and the reading end of the queue. */
@Module({})
export class WorkerModule {
  static register(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        CoreModule.register(config, problemOf, 'yinke-worker'),
        QueueModule,
        MessagesModule,
        AccessModule,
        DeskModule,
        DatabaseModule,
        VisitsModule,
        PricingModule,
        OrdersModule,
        FinanceModule,
      ],
      providers: [Jobs, QueueWorker, WorkerPort],
    };
  }
}
