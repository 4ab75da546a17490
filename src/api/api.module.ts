import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard, AccessModule } from '../access/index.js';
import type { Config } from '../core/config.js';
import { problemOf } from './edge/problem-document.js';
import { CoreModule } from '../core/core.module.js';
import { DeskModule } from '../desk/index.js';
import { DatabaseModule } from '../database/index.js';
import { OrdersModule } from '../detection/orders/index.js';
import { VisitsModule } from '../detection/visits/index.js';
import { FinanceModule } from '../finance/index.js';
import { MessagesModule } from '../messages/index.js';
import { PricingModule } from '../pricing/index.js';
import { QueueModule } from '../worker/queue.module.js';
import { JoinController } from './join/join.controller.js';
import { HealthController } from './health.controller.js';
import { FaviconController } from './favicon.controller.js';
import { OutboxController } from './outbox.controller.js';
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
        CoreModule.register(config, problemOf, 'yinke-api'),
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
      controllers: [FaviconController, JoinController, HealthController, OutboxController],
      providers: [
        Readiness,
        WatchingRedis,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useExisting: AccessGuard },
      ],
    };
  }
}
