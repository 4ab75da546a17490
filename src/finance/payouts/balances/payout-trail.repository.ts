import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutState } from '../payout.js';
import { refusal } from '../payout-refusal.js';
import type { MerchantId, PayoutId } from '../../../shared/ids.js';

/** A payout that took what was available. */
export interface FirstPayout {
  id: PayoutId;
  reference: string;
  state: PayoutState;
  approvedAt: Date;
}

/** What of a reward became available by one entry. */
export interface RewardCredit {
  /** Number of the entry within (merchant, asset). */
  seq: bigint;
  rewardId: string;
  amount: bigint;
  journalId: string;
  postedAt: Date;
}

/** What banks have paid to a merchant in a currency, and the last of it. */
export interface PaidOut {
  total: bigint;
  last: { id: PayoutId; sentAmount: bigint; at: Date };
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

  /**
   * What became available with a reward between the payout before and this one, after a place: the rewards whose
   * {@link findPayoutAfter} it is. Throws `payout.not-found`.
   */
  async findCreditsBefore(
    tx: EntityManager,
    payoutId: string,
    afterSeq: bigint,
    limit: number,
  ): Promise<RewardCredit[]> {
    const [taken]: { owner: string; asset: string; seq: string }[] = await tx.query(
      `SELECT owner, asset, seq FROM entry
        WHERE payout_id = ? AND account = 'reserved' AND amount > 0 ORDER BY seq LIMIT 1`,
      [payoutId],
    );
    if (!taken) {
      const known: unknown[] = await tx.query('SELECT 1 FROM payout WHERE id = ?', [payoutId]);
      if (known.length === 0) throw refusal('payout.not-found', 'There is no payout of this id.');
      return [];
    }
    const { owner, asset, seq } = taken;
    const [before]: { seq: string }[] = await tx.query(
      `SELECT seq FROM entry WHERE owner = ? AND asset = ? AND account = 'reserved' AND seq < ? AND amount > 0
        AND payout_id IS NOT NULL ORDER BY seq DESC LIMIT 1`,
      [owner, asset, seq],
    );
    const from = [BigInt(before?.seq ?? 0), afterSeq].reduce((a, b) => (a > b ? a : b));
    const rows: { seq: string; reward_id: string; amount: string; journal_id: string; posted_at: Date }[] =
      await tx.query(
        `SELECT e.seq, e.reward_id, e.amount, e.journal_id, j.posted_at FROM entry e JOIN journal j ON j.id = e.journal_id
          WHERE e.owner = ? AND e.asset = ? AND e.account = 'available' AND e.seq > ? AND e.seq < ?
            AND e.amount > 0 AND e.reward_id IS NOT NULL
          ORDER BY e.seq LIMIT ?`,
        [owner, asset, from.toString(), seq, limit],
      );
    return rows.map((row) => ({
      seq: BigInt(row.seq),
      rewardId: row.reward_id,
      amount: BigInt(row.amount),
      journalId: row.journal_id,
      postedAt: row.posted_at,
    }));
  }

  /** What is sent to banks without an outcome yet in a currency, by merchant. */
  async findInTransitOf(
    tx: EntityManager,
    currency: string,
    merchantIds: readonly MerchantId[],
  ): Promise<Map<MerchantId, bigint>> {
    if (merchantIds.length === 0) return new Map();
    const rows: { merchant_id: MerchantId; total: string }[] = await tx.query(
      `SELECT merchant_id, SUM(amount) total FROM payout
        WHERE merchant_id IN (?) AND currency = ? AND state IN ('submitting', 'accepted', 'unknown') GROUP BY merchant_id`,
      [merchantIds, currency],
    );
    return new Map(rows.map((row) => [row.merchant_id, BigInt(row.total)]));
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

  /** What banks have paid to the merchant, by currency. */
  async findPaidOut(tx: EntityManager, merchantId: MerchantId): Promise<Map<string, PaidOut>> {
    const rows: { id: PayoutId; currency: string; sent_amount: string; state_at: Date; total: string }[] =
      await tx.query(
        `SELECT id, currency, sent_amount, state_at, total FROM (
           SELECT id, currency, sent_amount, state_at, SUM(sent_amount) OVER (PARTITION BY currency) total,
             ROW_NUMBER() OVER (PARTITION BY currency ORDER BY state_at DESC, id DESC) place
           FROM payout WHERE merchant_id = ? AND state = 'paid') paid
         WHERE place = 1`,
        [merchantId],
      );
    return new Map(
      rows.map((row) => [
        row.currency,
        {
          total: BigInt(row.total),
          last: { id: row.id, sentAmount: BigInt(row.sent_amount), at: row.state_at },
        },
      ]),
    );
  }
}
