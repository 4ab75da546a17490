import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import type { MerchantId } from '../../../shared/ids.js';

/** A merchant whom a batch could pay, and who has waited too long. */
export interface WaitingMerchant {
  merchantId: MerchantId;
  currency: string;
  available: bigint;
  since: Date;
  /** The same to the microsecond, as the database writes it: the place in the list. */
  place: string;
  days: number;
}

export interface WaitingCount {
  currency: string;
  merchants: number;
  oldestDays: number;
}

/**
 * Merchants with something to be paid: active, with a payee, nothing on hold and no negative balance, at least the currency's minimum, in a
 * currency that the operator pays. `account.available_since` says since when something has been available without a
 * break; a payout takes all of it, so that it begins anew with what comes after.
 */
const WAITING = `
  FROM platform_account o JOIN account a ON a.asset = o.currency JOIN merchant m ON m.id = a.merchant_id
  LEFT JOIN payout_policy t ON t.currency = o.currency
  WHERE a.available_since < NOW(6) - INTERVAL ? DAY AND a.available > 0 AND a.held = 0 AND a.owed = 0
    AND m.state = 'active' AND a.available >= COALESCE(CAST(JSON_EXTRACT(t.terms, '$.minAmount') AS SIGNED), ?)
    AND (EXISTS (SELECT 1 FROM bank_account b WHERE b.current_owner_id = a.merchant_id)
      OR EXISTS (SELECT 1 FROM wechat_payee p WHERE p.merchant_id = a.merchant_id))`;

@Injectable()
export class WaitingMerchantsRepository {
  constructor(@Inject(Config) private readonly config: Config) {}

  /** Who waits for longer than the operator allows, the longest first; `after`: who came last on the page before. */
  async findWaiting(
    tx: EntityManager,
    currency: string | undefined,
    after: Pick<WaitingMerchant, 'place' | 'merchantId' | 'currency'> | null,
    limit: number,
  ): Promise<WaitingMerchant[]> {
    const rows: {
      merchant_id: MerchantId;
      asset: string;
      available: string;
      available_since: Date;
      place: string;
      days: string;
    }[] = await tx.query(
      `SELECT a.merchant_id, a.asset, a.available, a.available_since, DATE_FORMAT(a.available_since, '%Y-%m-%d %H:%i:%s.%f') place,
           TIMESTAMPDIFF(DAY, a.available_since, NOW(6)) days
         ${WAITING} ${currency === undefined ? '' : 'AND o.currency = ?'}
         ${after === null ? '' : 'AND (a.available_since, a.merchant_id, a.asset) > (?, ?, ?)'}
         ORDER BY a.available_since, a.merchant_id, a.asset LIMIT ?`,
      [
        ...this.terms(),
        ...(currency === undefined ? [] : [currency]),
        ...(after === null ? [] : [after.place, after.merchantId, after.currency]),
        limit,
      ],
    );
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      currency: row.asset,
      available: BigInt(row.available),
      since: row.available_since,
      place: row.place,
      days: Number(row.days),
    }));
  }

  /** How many wait so, and for how many days the first of them, by currency; none where no merchant waits. */
  async countWaiting(tx: EntityManager): Promise<WaitingCount[]> {
    const rows: { currency: string; merchants: string; days: string }[] = await tx.query(
      `SELECT a.asset currency, COUNT(*) merchants, MAX(TIMESTAMPDIFF(DAY, a.available_since, NOW(6))) days
       ${WAITING} GROUP BY a.asset ORDER BY a.asset`,
      this.terms(),
    );
    return rows.map((row) => ({
      currency: row.currency,
      merchants: Number(row.merchants),
      oldestDays: Number(row.days),
    }));
  }

  private terms(): number[] {
    return [this.config.payoutWaitDays, this.config.payoutMinimum];
  }
}
