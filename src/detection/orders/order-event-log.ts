import type { EntityManager } from 'typeorm';
import type { MerchantState } from '../../database/index.js';
import type { OrderEntity } from './order.entity.js';
import type { RefundEntity } from './refund.entity.js';
import type { JournalId, MerchantId, OrderEventId, OrderPk } from '../../shared/ids.js';

/** Columns that only the writer of orders needs, or that {@link OrderSnapshot} says in another way. */
type WriterOnly =
  | (
      | 'contentHash'
      | 'revision'
      | 'linesTotal'
      | 'visitId'
      | 'quoteId'
      | 'completionHash'
      | 'cancelledAt'
      | 'createdAt'
      | 'changedAt'
    )
  | ('merchantId' | 'merchantState' | 'merchantGroup' | 'merchantWechatId');

/** An order as it stands when an event of it is settled. */
export type OrderSnapshot = Omit<OrderEntity, WriterOnly> & {
  /** The merchant when the purchase was completed; null without attribution or before completion. */
  merchantAtCompletion: { state: MerchantState; group: string | null; wechatId: string } | null;
};

/** What a refund is about. Without a word of lines, shipping or tax it concerns all that was paid, in proportion. */
export type RefundContent = Pick<RefundEntity, 'amount' | 'lines' | 'shipping' | 'tax'>;

/** A fact about an order that the money must follow. */
export type OrderEvent = { id: OrderEventId; orderPk: OrderPk; recordedAt: Date; requestId: string | null } & (
  { type: 'order.completed' } | ({ type: 'order.refunded'; refundId: string; refundedAt: Date } & RefundContent)
);

/** What became of an event: its journal, or why there is none. */
export type EventSettlement =
  | { eventId: OrderEventId; state: 'posted'; outcome: 'journal'; journalId: JournalId }
  /** e.g. no attribution, nothing paid, merchant closed: nothing to post, and the order says why. */
  | { eventId: OrderEventId; state: 'posted'; outcome: 'nothing'; reason: string }
  /** A refund that came before its completion; it is claimed again with the completion. */
  | { eventId: OrderEventId; state: 'kept' };

/** The order events, for the posting of money. All writes happen in the poster's transaction. */
export abstract class OrderEventLog {
  /**
   * Locks those of the waiting events that are not locked (SKIP LOCKED), then their orders in id order, and returns
   * events with their orders. For an order whose completion is among them, its kept refunds come too; `settled` are the
   * refunds of the order that were posted before. Events of one order come completion first, then refunds by id.
   */
  abstract claim(tx: EntityManager, eventIds: readonly OrderEventId[]): Promise<ClaimedOrder[]>;
  /** Writes what became of claimed events. */
  abstract settle(tx: EntityManager, settlements: readonly EventSettlement[]): Promise<void>;
  /** Parks one event with its error, so that it holds up no other. A person requeues it. */
  abstract park(tx: EntityManager, eventId: OrderEventId, error: string): Promise<void>;
  /** Those of the events that wait, each with its order and the merchant that the order counts for. Locks nothing. */
  abstract findWaitingOf(eventIds: readonly OrderEventId[]): Promise<WaitingEvent[]>;
  /** Waiting events recorded at least `olderThanMs` ago, oldest first. */
  abstract findWaiting(olderThanMs: number, limit: number): Promise<OrderEventId[]>;
  /** Seconds since the oldest waiting event was recorded, by the database's clock; 0 when none waits. */
  abstract oldestWaitingSeconds(): Promise<number>;
  /** How many events are not posted, by state; each is counted to a limit, so that a long backlog costs no more. */
  abstract countOpen(): Promise<Record<'waiting' | 'kept' | 'parked', number>>;
}

/** An event that is to be posted, and whose it is. */
export interface WaitingEvent {
  id: OrderEventId;
  orderPk: OrderPk;
  merchantId: MerchantId | null;
}

export interface ClaimedOrder {
  order: OrderSnapshot;
  events: readonly OrderEvent[];
  /** Whether the order's completion was settled before this claim. */
  completionSettled: boolean;
  /** Refunds of this order settled by posting before this claim, oldest first. */
  settledRefunds: readonly RefundContent[];
}
