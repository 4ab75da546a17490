import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutState } from '../payout.js';
import type { MerchantId, PayoutId } from '../../../shared/ids.js';

/** A payout that took what was available. */
export interface FirstPayout {
  id: PayoutId;
  reference: string;
  state: PayoutState;
  approvedAt: Date;
}

/** Where a merchant's money went on its way to the bank. */
@Injectable()
export class PayoutTrailRepository {
  /** The first payout that was approved after an entry on the merchant's accounts; null: none yet. */
  async findPayoutAfter(
    tx: EntityManager,
    { merchantId, asset, seq }: { merchantId: MerchantId; asset: string; seq: bigint },
  ): Promise<FirstPayout | null> {
    const [row]: { id: PayoutId; reference: string; state: PayoutState; posted_at: Date }[] = await tx.query(
      `SELECT p.id, p.reference, p.state, j.posted_at FROM entry e
        JOIN journal j ON j.id = e.journal_id JOIN payout p ON p.id = e.payout_id
        WHERE e.owner = ? AND e.asset = ? AND e.seq > ? AND e.account = 'reserved' AND e.amount > 0
        ORDER BY e.seq LIMIT 1`,
      [merchantId, asset, seq.toString()],
    );
    return row ? { id: row.id, reference: row.reference, state: row.state, approvedAt: row.posted_at } : null;
  }

  /** What is sent to banks without an outcome yet, by currency. */
  async findInTransit(tx: EntityManager, merchantId: MerchantId): Promise<Map<string, bigint>> {
    const rows: { currency: string; total: string }[] = await tx.query(
      `SELECT currency, SUM(amount) total FROM payout
        WHERE merchant_id = ? AND state IN ('submitting', 'accepted', 'unknown') GROUP BY currency`,
      [merchantId],
    );
    return new Map(rows.map((row) => [row.currency, BigInt(row.total)]));
  }
}
