import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { DatabaseModule } from '../database/index.js';
import { ArrivalTokens } from './arrival-tokens.js';
import { OpenEventController } from './open-event.controller.js';
import { OpenEventService } from './open-event.service.js';
import { OrderBulkService } from './order-bulk.service.js';
import { OrderController } from './order.controller.js';
import { OrderEventLog } from './order-event-log.js';
import { OrderEventLogRepository } from './order-event-log.repository.js';
import { OrderReader, OrderReaderRepository } from './order-reader.js';
import { OrderRepository } from './order.repository.js';
import { OrderService } from './order.service.js';
import { OrderWriter } from './order-writer.js';
import { ShareLinkController } from './share-link.controller.js';
import { ShareLinkService } from './share-link.service.js';
import { VisitController } from './visit.controller.js';
import { VisitRecorder } from './visit-recorder.js';
import { VisitRepository } from './visit.repository.js';
import { VisitService } from './visit.service.js';
import { VisitTokens } from './visit-tokens.js';

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
