import { Injectable } from '@nestjs/common';
import { AuditLog, type Principal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import { pageOf, type Page } from '../../shared/page.js';
import { pageRequest } from '../../shared/page.dto.js';
import { WakeUp } from '../../core/wake-up.js';
import type { OrderErrorCode } from './errors.js';
import type { OpenEventDto, OpenEventQuery } from './open-event.dto.js';
import { OpenEventRepository, type OpenEventRow } from './open-event.repository.js';
import type { OrderEventId } from '../../shared/ids.js';

/** Order events that are not posted, for people: parked ones go on when a person requeues them. */
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
      const requeued = await this.events.requeue(tx, id);
      const row = await this.events.find(tx, id);
      if (!row) throw refusal('order-event.not-found', 'There is no order event of this id.');
      if (!requeued) throw refusal('order-event.not-parked', `The event is ${row.state}.`);
      await this.auditLog.record(tx, { principal, action: 'order-event.requeued', subject: id });
      return viewOf(row);
    });
    this.wakeUp.announce('rewards.post', [id]);
    return event;
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
  };
}

function refusal(code: OrderErrorCode, detail: string): DomainError {
  return new DomainError<OrderErrorCode>(code, detail);
}
