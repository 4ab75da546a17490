import { VisitEntity } from './visits/index.js';
import { OrderEntity } from './orders/index.js';
import { OrderRevisionEntity } from './orders/index.js';
import { RefundEntity } from './orders/index.js';
import { OrderEventEntity } from './orders/index.js';
import { OrderConflictEntity } from './orders/index.js';

/** The tables of detection. */
export const detectionEntities = [
  VisitEntity,
  OrderEntity,
  RefundEntity,
  OrderEventEntity,
  OrderConflictEntity,
  OrderRevisionEntity,
];
