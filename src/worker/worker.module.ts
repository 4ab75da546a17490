import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import type { Config } from '../config.js';
import { CoreModule } from '../core.module.js';
import { DatabaseModule } from '../database/index.js';
import { DetectionModule } from '../detection/index.js';
import { FinanceModule } from '../finance/index.js';
import { PricingModule } from '../pricing/index.js';
import { QueueModule } from './queue.module.js';

/** The worker process: the same modules without HTTP, and the reading end of the queue. */
@Module({})
export class WorkerModule {
  static register(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        CoreModule.register(config),
        QueueModule,
        AccessModule,
        DatabaseModule,
        DetectionModule,
        PricingModule,
        FinanceModule,
      ],
    };
  }
}
