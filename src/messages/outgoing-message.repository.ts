import type { MessageId } from '../shared/ids.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table, type RowOf } from '../core/table.js';
import { OutgoingMessageEntity, type MessageState } from './outgoing-message.entity.js';

const MESSAGES = new Table(OutgoingMessageEntity);

/** Seconds for which a message that is being sent is nobody else's; longer than a sender takes to give up. */
const LEASE_SECONDS = 60;
/** Seconds until the next try: doubled each time, up to the last. */
const BACKOFF = { first: 2, last: 300 };

/** SQL of messages. Every moment is the database's. */
@Injectable()
export class OutgoingMessageRepository {
  async insert(
    tx: EntityManager,
    message: Pick<OutgoingMessageEntity, 'id' | 'kind' | 'channel' | 'state' | 'content' | 'merchantId'>,
    minutes: number,
  ): Promise<void> {
    const { id, kind, channel, state, content, merchantId } = message;
    await tx.query(
      `INSERT INTO outgoing_message (id, kind, channel, state, content, merchant_id, attempts, next_try_at, expires_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 0, NOW(6), NOW(6) + INTERVAL ? MINUTE, NOW(6))`,
      [id, kind, channel, state, content, merchantId, minutes],
    );
  }

  /** Takes messages that are due, those with these ids alone if some are given, and holds them for a minute. */
  async claim(
    tx: EntityManager,
    ids: readonly MessageId[] | null,
    limit: number,
  ): Promise<RowOf<OutgoingMessageEntity>[]> {
    const rows = await MESSAGES.find(
      tx,
      `WHERE state = 'waiting' AND next_try_at <= NOW(6) ${ids === null ? '' : 'AND id IN (?)'}
       ORDER BY next_try_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      ids === null ? [limit] : [ids, limit],
    );
    if (rows.length > 0)
      await tx.query(
        `UPDATE outgoing_message SET attempts = attempts + 1, next_try_at = NOW(6) + INTERVAL ${LEASE_SECONDS} SECOND WHERE id IN (?)`,
        [rows.map(({ id }) => id)],
      );
    return rows;
  }

  async countWaiting(tx: EntityManager): Promise<number> {
    const [row]: { n: string }[] = await tx.query("SELECT COUNT(*) n FROM outgoing_message WHERE state = 'waiting'");
    return Number(row?.n ?? 0);
  }

  /** It was sent, or given up; its words go unless they are to be read. */
  async finish(tx: EntityManager, id: MessageId, state: MessageState, keepsWords: boolean): Promise<void> {
    await tx.query(
      `UPDATE outgoing_message SET state = ?, sent_at = IF(? = 'sent', NOW(6), NULL), content = IF(?, content, NULL)
        WHERE id = ? AND state = 'waiting'`,
      [state, state, keepsWords, id],
    );
  }

  /** It was not taken: tries again later, longer each time. False when by then nobody would want it. */
  async postpone(tx: EntityManager, id: MessageId): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE outgoing_message
          SET next_try_at = NOW(6) + INTERVAL LEAST(${BACKOFF.last}, ${BACKOFF.first} * POW(2, attempts - 1)) SECOND
        WHERE id = ? AND state = 'waiting'
          AND expires_at > NOW(6) + INTERVAL LEAST(${BACKOFF.last}, ${BACKOFF.first} * POW(2, attempts - 1)) SECOND`,
      [id],
    );
    return affectedRows === 1;
  }

  /** Deletes so much of what is over: messages to nobody when they would have ended, the others after so many days; whether there may be more. */
  async deleteOld(tx: EntityManager, days: number, limit: number): Promise<boolean> {
    const nobody = await tx.query<{ affectedRows: number }>(
      "DELETE FROM outgoing_message WHERE state = 'nobody' AND expires_at <= NOW(6) LIMIT ?",
      [limit],
    );
    const others = await tx.query<{ affectedRows: number }>(
      "DELETE FROM outgoing_message WHERE state <> 'waiting' AND created_at <= NOW(6) - INTERVAL ? DAY LIMIT ?",
      [days, limit],
    );
    return nobody.affectedRows === limit || others.affectedRows === limit;
  }

  /** What was sent and can be read, the latest first. */
  findKept(em: EntityManager, limit: number): Promise<RowOf<OutgoingMessageEntity>[]> {
    return MESSAGES.find(em, "WHERE state = 'sent' AND content IS NOT NULL ORDER BY id DESC LIMIT ?", [limit]);
  }
}
