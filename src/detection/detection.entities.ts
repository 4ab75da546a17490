import { VisitEntity } from './visit.entity.js';
import { OrderEntity } from './order.entity.js';
import { OrderRevisionEntity } from './order-revision.entity.js';
import { RefundEntity } from './refund.entity.js';
import { OrderEventEntity } from './order-event.entity.js';
import { OrderConflictEntity } from './order-conflict.entity.js';

/** The tables of detection. */
export const detectionEntities = [
  VisitEntity,
  OrderEntity,
  RefundEntity,
  OrderEventEntity,
  OrderConflictEntity,
  OrderRevisionEntity,
];
