import { KnownId } from '../../shared/known-id.js';
import type { OrderErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const ORDER_EVENT_ID = new KnownId('orderEvent', 'order-event.not-found' satisfies OrderErrorCode);
