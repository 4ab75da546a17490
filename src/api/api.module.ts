import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard, AccessModule } from '../access/index.js';
import type { Config } from '../core/config.js';
import { CoreModule } from '../core/core.module.js';
import { DatabaseModule } from '../database/index.js';
import { DetectionModule } from '../detection/index.js';
import { FinanceModule } from '../finance/index.js';
import { PricingModule } from '../pricing/index.js';
import { QueueModule } from '../worker/queue.module.js';
import { MerchantsModule } from '../database/index.js';
import { HealthController } from './health.controller.js';
import { LandingController } from './landing.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { Readiness } from './readiness.js';
import { WatchingRedis } from './redis.js';

/** The API process: every module with its controllers, and a queue that it only writes to. */
@Module({})
export class ApiModule {
  static register(config: Config): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CoreModule.register(config),
        QueueModule,
        AccessModule,
        DatabaseModule,
        DetectionModule,
        PricingModule,
        FinanceModule,
        MerchantsModule,
      ],
      controllers: [LandingController, HealthController],
      providers: [
        Readiness,
        WatchingRedis,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useExisting: AccessGuard },
      ],
    };
  }
}
