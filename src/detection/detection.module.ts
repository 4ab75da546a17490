import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { DatabaseModule } from '../database/index.js';
import { ArrivalTokens } from './visits/index.js';
import { OpenEventController } from './visits/index.js';
import { OpenEventService } from './visits/index.js';
import { OrderBulkService } from './orders/index.js';
import { OrderController } from './orders/index.js';
import { OrderEventLog } from './orders/index.js';
import { OrderEventLogRepository } from './orders/index.js';
import { OrderReader, OrderReaderRepository } from './orders/index.js';
import { OrderRepository } from './orders/index.js';
import { OrderService } from './orders/index.js';
import { OrderWriter } from './orders/index.js';
import { ShareLinkController } from './visits/index.js';
import { ShareLinkService } from './visits/index.js';
import { VisitController } from './visits/index.js';
import { VisitRecorder } from './visits/index.js';
import { VisitRepository } from './visits/index.js';
import { VisitService } from './visits/index.js';
import { VisitTokens } from './visits/index.js';

/** Which merchant a request belongs to and why; whether a purchase is complete. */
@Module({
  imports: [AccessModule, DatabaseModule],
  controllers: [VisitController, ShareLinkController, OrderController, OpenEventController],
  providers: [
    VisitTokens,
    ArrivalTokens,
    VisitService,
    ShareLinkService,
    VisitRecorder,
    VisitRepository,
    OrderService,
    OrderBulkService,
    OrderWriter,
    OpenEventService,
    OrderRepository,
    { provide: OrderEventLog, useClass: OrderEventLogRepository },
    { provide: OrderReader, useClass: OrderReaderRepository },
  ],
  exports: [VisitTokens, OrderEventLog, OrderReader],
})
export class DetectionModule {}
