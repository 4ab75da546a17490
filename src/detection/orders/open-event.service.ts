import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, staffIdOf, type Principal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError, whoWasFaster } from '../../shared/domain-error.js';
import { pageOf, type Page } from '../../shared/page.js';
import { pageRequest } from '../../shared/page.dto.js';
import { WakeUp } from '../../core/wake-up.js';
import type { OrderErrorCode } from './errors.js';
import type { OpenEventDto, OpenEventQuery } from './open-event.dto.js';
import { OpenEventRepository, type OpenEventRow } from './open-event.repository.js';
import type { OrderEventId } from '../../shared/ids.js';

/** Order events that are not posted, for people: parked ones go on when a person requeues them, or end when two people say so. */
@Injectable()
export class OpenEventService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: OpenEventRepository,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
  ) {}

  /** The oldest first. */
  async list(query: OpenEventQuery): Promise<Page<OpenEventDto>> {
    const page = pageRequest(query);
    const rows = await this.events.list(this.unitOfWork.reader, query.state, page);
    return pageOf(rows, page.limit, (row) => row.id, viewOf);
  }

  /**
   * Lets a parked event be posted again, once its cause is gone; if it is not, it is parked again. Throws
   * `order-event.not-found` and `order-event.not-parked`.
   */
  async requeue(id: OrderEventId, principal: Principal): Promise<OpenEventDto> {
    const event = await this.unitOfWork.run(async (tx) => {
      const { dismissal } = await this.lockParked(tx, id);
      await this.events.requeue(tx, id);
      await this.auditLog.record(tx, {
        principal,
        action: 'order-event.requeued',
        subject: id,
        before: { state: 'parked', dismissal },
        after: { state: 'waiting', dismissal: dismissal === 'awaiting-approval' ? 'withdrawn' : dismissal },
      });
      return this.view(tx, id);
    });
    this.wakeUp.announce('rewards.post', [id]);
    return event;
  }

  /**
   * Asks that a parked event is never posted; another person decides. Throws `order-event.not-found`, `order-event.not-parked`
   * and `order-event.dismissal-waiting`.
   */
  askDismissal(id: OrderEventId, reason: string, principal: Principal): Promise<OpenEventDto> {
    return this.unitOfWork.run(async (tx) => {
      const { dismissal } = await this.lockParked(tx, id);
      if (dismissal === 'awaiting-approval')
        throw refusal('order-event.dismissal-waiting', 'Somebody has asked for that, and nobody has decided.');
      await this.events.askDismissal(tx, id, reason, staffIdOf(principal));
      await this.auditLog.record(tx, {
        principal,
        action: 'order-event.dismissal-asked',
        subject: id,
        detail: { reason },
        before: { dismissal },
        after: { dismissal: 'awaiting-approval' },
      });
      return this.view(tx, id);
    });
  }

  /** Ends the event. No money moves. Throws as {@link decide} does. */
  async approveDismissal(id: OrderEventId, principal: Principal): Promise<OpenEventDto> {
    const { event, waiting } = await this.decide(id, principal, 'approved', (tx, row) => this.events.dismiss(tx, row));
    if (waiting.length > 0) this.wakeUp.announce('rewards.post', waiting);
    return event;
  }

  /** Leaves the event parked. Throws as {@link decide} does. */
  async rejectDismissal(id: OrderEventId, principal: Principal): Promise<OpenEventDto> {
    return (await this.decide(id, principal, 'rejected', () => Promise.resolve([]))).event;
  }

  /** Throws `order-event.not-found`, `order-event.not-parked`, `order-event.no-dismissal` and `order-event.same-person`. */
  private decide(
    id: OrderEventId,
    principal: Principal,
    decision: 'approved' | 'rejected',
    follow: (tx: EntityManager, row: OpenEventRow) => Promise<OrderEventId[]>,
  ): Promise<{ event: OpenEventDto; waiting: OrderEventId[] }> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.lockParked(tx, id);
      if (row.dismissal !== 'awaiting-approval')
        throw refusal('order-event.no-dismissal', 'Nobody asks for the dismissal of this event now.');
      const by = staffIdOf(principal);
      if (row.made_by === by) throw refusal('order-event.same-person', 'Another person must decide about this.');
      const waiting = await follow(tx, row);
      await this.events.decideDismissal(tx, id, decision, by);
      const isDismissed = decision === 'approved';
      await this.auditLog.record(tx, {
        principal,
        action: isDismissed ? 'order-event.dismissed' : 'order-event.dismissal-rejected',
        subject: id,
        detail: { askedBy: row.made_by },
        before: { state: row.state, dismissal: row.dismissal },
        after: { state: isDismissed ? 'dismissed' : row.state, dismissal: decision },
      });
      return { event: await this.view(tx, id), waiting };
    });
  }

  private async lockParked(tx: EntityManager, id: OrderEventId): Promise<OpenEventRow> {
    const row = await this.events.lock(tx, id);
    if (!row) throw refusal('order-event.not-found', 'There is no order event of this id.');
    if (row.state !== 'parked')
      throw refusal('order-event.not-parked', `The event is ${row.state}.`, { by: row.decided_by, at: row.decided_at });
    return row;
  }

  private async view(tx: EntityManager, id: OrderEventId): Promise<OpenEventDto> {
    const row = await this.events.find(tx, id);
    if (!row) throw new Error(`order event ${id} is gone`);
    return viewOf(row);
  }
}

function viewOf(row: OpenEventRow): OpenEventDto {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    orderId: row.order_id,
    storefront: row.storefront_id,
    refundId: row.refund_id,
    error: row.error,
    attempts: row.attempts,
    recordedAt: row.created_at.toISOString(),
    dismissal: row.dismissal && {
      state: row.dismissal,
      reason: row.dismissal_reason,
      madeBy: row.made_by,
      madeAt: row.made_at.toISOString(),
      decidedBy: row.decided_by,
      decidedAt: row.decided_at?.toISOString() ?? null,
    },
  };
}

function refusal(code: OrderErrorCode, detail: string, faster?: Parameters<typeof whoWasFaster>[0]): DomainError {
  return new DomainError<OrderErrorCode>(code, detail, undefined, faster && whoWasFaster(faster));
}
