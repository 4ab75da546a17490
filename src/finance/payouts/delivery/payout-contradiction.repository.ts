import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../shared/ids.js';
import type { BankStatus } from '../payout-outcome.service.js';
import type { WordSource } from './payout-contradiction.entity.js';

@Injectable()
export class PayoutContradictionRepository {
  /** Writes a contradiction with what the payout is now; false when the same status of it was written before. */
  async insertOnce(tx: EntityManager, status: BankStatus, source: WordSource): Promise<boolean> {
    const { payoutId, outcome, reasonCode, reason, at } = status;
    const { affectedRows }: { affectedRows: number } = await tx.query(
      `INSERT IGNORE INTO payout_contradiction (id, payout_id, payout_state, says, source, reason_code, reason, said_at)
       SELECT ?, id, state, ?, ?, ?, ?, ? FROM payout WHERE id = ?`,
      [newId('payoutContradiction'), outcome, source, reasonCode, reason, at, payoutId],
    );
    return affectedRows === 1;
  }
}
