import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrderConflictEntity } from './order-conflict.entity.js';
import { OrderEventDismissalEntity } from './order-event-dismissal.entity.js';
import { OrderEventEntity } from './order-event.entity.js';
import { OrderRevisionEntity } from './order-revision.entity.js';
import { OrderEntity } from './order.entity.js';
import { RefundEntity } from './refund.entity.js';

import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { DatabaseModule } from '../../database/index.js';
import { VisitsModule } from '../visits/index.js';
import { OpenEventController } from './open-event.controller.js';
import { OpenEventRepository } from './open-event.repository.js';
import { OpenEventService } from './open-event.service.js';
import { OrderBulkService } from './order-bulk.service.js';
import { OrderController } from './order.controller.js';
import { OrderEventLog } from './order-event-log.js';
import { OrderEventLogRepository } from './order-event-log.repository.js';
import { OrderFinder } from './order-finder.repository.js';
import { OrderWork } from './order-work.repository.js';
import { OrderListRepository } from './order-list.repository.js';
import { OrderReaderRepository } from './order-reader.repository.js';
import { OrderReader } from './order-reader.js';
import { OrderRepository } from './order.repository.js';
import { OrderService } from './order.service.js';
import { OrderGroups } from './order-groups.js';
import { OrderWriter } from './order-writer.js';
import { OrdersPersonalData } from './orders-personal-data.repository.js';

/** Whether a purchase is complete. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      OrderEntity,
      OrderRevisionEntity,
      RefundEntity,
      OrderEventEntity,
      OrderEventDismissalEntity,
      OrderConflictEntity,
    ]),
    AccessModule,
    DeskModule,
    DatabaseModule,
    VisitsModule,
  ],
  controllers: [OrderController, OpenEventController],
  providers: [
    OrdersPersonalData,
    OrderService,
    OrderBulkService,
    OrderGroups,
    OrderWriter,
    OpenEventRepository,
    OpenEventService,
    OrderFinder,
    OrderListRepository,
    OrderWork,
    OrderRepository,
    { provide: OrderEventLog, useClass: OrderEventLogRepository },
    { provide: OrderReader, useClass: OrderReaderRepository },
  ],
  exports: [OrderEventLog, OrderListRepository, OrderReader],
})
export class OrdersModule {}
