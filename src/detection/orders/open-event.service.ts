import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Principal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import { pageRequest } from '../../shared/page.dto.js';
import { WakeUp } from '../../core/wake-up.js';
import type { OrderErrorCode } from './errors.js';
import type { OpenEventDto, OpenEventQuery } from './open-event.dto.js';

type OpenState = OpenEventDto['state'];

interface OpenEventRow {
  id: string;
  type: OpenEventDto['type'];
  state: OpenState;
  order_id: string;
  storefront_id: string;
  refund_id: string | null;
  error: string | null;
  attempts: number;
  created_at: Date;
}

/** Order events that are not posted, for people: parked ones go on when a person requeues them. */
@Injectable()
export class OpenEventService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
  ) {}

  /** The oldest first. */
  async list(query: OpenEventQuery): Promise<Page<OpenEventDto>> {
    const page = pageRequest(query);
    const rows = await findOpen(this.unitOfWork.reader, query.state, page);
    return pageOf(rows, page.limit, (row) => row.id, viewOf);
  }

  /**
   * Lets a parked event be posted again, once its cause is gone; if it is not, it is parked again. Throws
   * `order-event.not-found` and `order-event.not-parked`.
   */
  async requeue(id: string, principal: Principal): Promise<OpenEventDto> {
    const event = await this.unitOfWork.run(async (tx) => {
      const result: { affectedRows: number } = await tx.query(
        "UPDATE order_event SET state = 'waiting' WHERE id = ? AND state = 'parked'",
        [id],
      );
      const [row] = await findById(tx, id);
      if (!row) throw refusal('order-event.not-found', 'There is no order event of this id.');
      if (result.affectedRows === 0) throw refusal('order-event.not-parked', `The event is ${row.state}.`);
      await this.auditLog.record(tx, { principal, action: 'order-event.requeued', subject: id });
      return viewOf(row);
    });
    this.wakeUp.announce('rewards.post', [id]);
    return event;
  }
}

const SELECT = `SELECT e.id, e.type, e.state, o.order_id, o.storefront_id, r.refund_id, e.error, e.attempts, e.created_at
  FROM order_event e JOIN shop_order o ON o.id = e.order_pk LEFT JOIN refund r ON r.id = e.refund_pk`;

/** One more than the page holds. */
function findOpen(tx: EntityManager, state: OpenState, page: PageRequest): Promise<OpenEventRow[]> {
  return tx.query(`${SELECT} WHERE e.state = ? AND e.id > ? ORDER BY e.id LIMIT ?`, [
    state,
    page.after ?? '',
    page.limit + 1,
  ]);
}

function findById(tx: EntityManager, id: string): Promise<OpenEventRow[]> {
  return tx.query(`${SELECT} WHERE e.id = ?`, [id]);
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
