import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';
import { OPEN_STATES, type PayoutState } from '../payout.js';
import { PayoutEntity } from '../payouts.entities.js';
import { FailureStatementEntity } from './failure-statement.entity.js';

/** A moment further away than any pause was said by a clock that was wrong. */
const DUE = '(next_attempt_at <= ? OR next_attempt_at > ? + INTERVAL 1 DAY)';

interface Written {
  affectedRows: number;
}

/** SQL of attempts: which payouts are due to be brought to their rail or asked about, by whom, and what was said. */
@Injectable()
export class PayoutAttemptRepository {
  /** Ids of payouts of these rails that wait for an attempt now and whose batch is not paused, the longest waiting first. */
  async findDue(
    tx: EntityManager,
    due: { rails: readonly string[]; states: readonly PayoutState[]; at: Date; batchIds?: readonly PayoutBatchId[] },
    limit: number,
  ): Promise<PayoutId[]> {
    if (due.rails.length === 0 || due.batchIds?.length === 0) return [];
    const rows: { id: PayoutId }[] = await tx.query(
      `SELECT id FROM payout WHERE state IN (?) AND ${DUE} AND rail IN (?)
       AND (state <> 'submitting' OR batch_id NOT IN (SELECT id FROM payout_batch WHERE pause_until > ?))
       ${due.batchIds === undefined ? '' : 'AND batch_id IN (?)'} ORDER BY next_attempt_at, id LIMIT ?`,
      [due.states, due.at, due.at, due.rails, due.at, ...(due.batchIds === undefined ? [] : [due.batchIds]), limit],
    );
    return rows.map((row) => row.id);
  }

  /** Takes a due payout for one attempt; others keep away until `until`. Null when another worker has it. */
  async claim(tx: EntityManager, id: PayoutId, states: readonly PayoutState[], at: Date, until: Date) {
    const { affectedRows }: Written = await tx.query(
      `UPDATE payout SET attempts = attempts + 1, next_attempt_at = ?, claimed_until = ?,
         first_sent_at = COALESCE(first_sent_at, ?)
       WHERE id = ? AND state IN (?) AND ${DUE}`,
      [until, until, at, id, states, at, at],
    );
    return affectedRows === 1 ? tx.findOneByOrFail(PayoutEntity, { id }) : null;
  }

  /** Takes a payout in transit for one question, due or not. Null when an attempt runs, or it is not in transit. */
  async claimNow(tx: EntityManager, id: PayoutId, until: Date): Promise<PayoutEntity | null> {
    const { affectedRows }: Written = await tx.query(
      `UPDATE payout SET attempts = attempts + 1, next_attempt_at = ?, claimed_until = ?
       WHERE id = ? AND state IN (?) AND (claimed_until IS NULL OR claimed_until <= NOW(6))`,
      [until, until, id, OPEN_STATES],
    );
    return affectedRows === 1 ? tx.findOneByOrFail(PayoutEntity, { id }) : null;
  }

  /** Ends an attempt, unless another attempt has taken over; the next one comes at `next`. */
  async release(tx: EntityManager, { id, claimedUntil }: PayoutEntity, next: Date): Promise<void> {
    await tx.query(
      'UPDATE payout SET next_attempt_at = ?, claimed_until = IF(claimed_until = ?, NULL, claimed_until) WHERE id = ?',
      [next, claimedUntil, id],
    );
  }

  /** Makes a payout due to be asked about now. */
  async askAtOnce(tx: EntityManager, id: PayoutId): Promise<void> {
    await tx.query("UPDATE payout SET next_attempt_at = NOW(6) WHERE id = ? AND state = 'accepted'", [id]);
  }

  async noteCancelAsked(tx: EntityManager, id: PayoutId): Promise<void> {
    await tx.query('UPDATE payout SET cancel_asked_at = NOW(6) WHERE id = ?', [id]);
  }

  /** Keeps why nothing is known of a payout. */
  async noteUnknown(tx: EntityManager, id: PayoutId, reason: string): Promise<void> {
    await tx.query("UPDATE payout SET reason = ? WHERE id = ? AND state = 'unknown'", [reason, id]);
  }

  /** Keeps what the payee needs to agree; null: they have, or can no longer. */
  async noteConfirmation(tx: EntityManager, id: PayoutId, confirmation: string | null): Promise<void> {
    await tx.query('UPDATE payout SET confirmation = ? WHERE id = ?', [confirmation, id]);
  }

  /** Whether an attempt runs. */
  async isClaimed(tx: EntityManager, id: PayoutId): Promise<boolean> {
    const rows: unknown[] = await tx.query('SELECT 1 FROM payout WHERE id = ? AND claimed_until > NOW(6)', [id]);
    return rows.length > 0;
  }

  /** Whether a statement that it failed waits for a decision. */
  isStatedFailed(tx: EntityManager, payoutId: PayoutId): Promise<boolean> {
    return tx.existsBy(FailureStatementEntity, { payoutId, state: 'awaiting-approval' });
  }

  /** Ids of payouts that people called failed, due to be asked about, as long as their banks remember them. */
  async findFreed(
    tx: EntityManager,
    due: { rails: readonly string[]; at: Date; sentAfter: Date },
    limit: number,
  ): Promise<PayoutId[]> {
    if (due.rails.length === 0) return [];
    const rows: { id: PayoutId }[] = await tx.query(
      `SELECT p.id FROM payout_failure_statement s JOIN payout p ON p.id = s.payout_id
       WHERE s.state = 'approved' AND p.state = 'failed' AND p.rail IN (?) AND p.first_sent_at > ? AND ${DUE}
       ORDER BY p.next_attempt_at, p.id LIMIT ?`,
      [due.rails, due.sentAfter, due.at, due.at, limit],
    );
    return rows.map((row) => row.id);
  }
}
