import type { OrderEventEntity } from './order-event.entity.js';
import type { OrderEvent, OrderSnapshot } from './order-event-log.js';
import type { ReplacedRevision } from './order.js';
import type { OrderPk, StorefrontId } from '../../shared/ids.js';

/** An event of an order, and what became of it. */
export type OrderEventView = OrderEvent &
  Pick<OrderEventEntity, 'state' | 'outcome' | 'reason' | 'journalId' | 'postedAt' | 'error'>;

/** An order with its history; refunds are among the events. */
export interface OrderView {
  order: OrderSnapshot;
  /** The revision that `order` is of: 1 as placed, one more for each edit. */
  revision: number;
  events: readonly OrderEventView[];
}

/** Orders by the moment of their completion, `to` exclusive; without a storefront those of all. */
export interface CompletedPeriod {
  from: Date;
  to: Date;
  storefrontId: StorefrontId | null;
}

/** A place in the row of completed orders; `at` as the database writes it, to the microsecond. */
export interface CompletedKey {
  at: string;
  id: OrderPk;
}

/** Orders for other modules to show. */
export abstract class OrderReader {
  /** By the storefront's own id; staff, who have no storefront, may find several. */
  abstract findByOrderId(orderId: string, storefrontId?: StorefrontId): Promise<OrderView[]>;
  /** By our ids (ord_…); unknown ones are left out. */
  abstract findMany(orderPks: readonly OrderPk[]): Promise<Map<OrderPk, OrderView>>;
  /** What the edits of an order replaced, oldest first, as far as the view goes. */
  abstract findReplaced(view: OrderView): Promise<ReplacedRevision[]>;
  abstract countCompleted(period: CompletedPeriod): Promise<number>;
  /** A page of completed orders after `after`, the longest completed first; `last` is null when there is none. */
  abstract findCompleted(
    period: CompletedPeriod,
    after: CompletedKey | null,
    limit: number,
  ): Promise<{ orders: readonly OrderView[]; last: CompletedKey | null }>;
}
