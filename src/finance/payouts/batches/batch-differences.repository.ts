import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MerchantId, PayoutBatchId } from '../../../shared/ids.js';

/** What a merchant is paid in a batch, over all their payouts in it; the account is that of the last of them. */
export interface Paid {
  merchant: MerchantId;
  holder: string;
  account: string;
  amount: bigint;
}

/** The same merchant in a batch and in the one before. */
export interface Compared {
  now: Paid;
  before: Paid;
}

/** The largest amounts of one kind of difference, and how many there are in all. */
export interface Listed<Row> {
  count: number;
  rows: Row[];
}

type RawPaid<Side extends string> = Record<`${Side}_holder` | `${Side}_account` | `${Side}_amount`, string>;
type Raw<Side extends string> = RawPaid<Side> & { merchant: MerchantId; count: string };

/** From how many times the amount of last time on a payout is shown to the checker. */
const FAR_ABOVE = 2;

/** The payouts of a batch but for those taken out, by its own index however large a part of all payouts it is. */
const OF_BATCH = 'FORCE INDEX (uq_payout_position) WHERE batch_id = ? AND stop_reason IS NULL';
/** Each merchant of a batch once. Takes the batch's id twice. */
const PAID = `(SELECT s.merchant_id, s.amount, p.position, p.holder, p.number_hash, COALESCE(p.bank_name, '') bank_name,
    TRIM(CONCAT(COALESCE(p.bank_name, ''), ' ••••', p.last_four)) account
  FROM (SELECT merchant_id, SUM(amount) amount, MAX(position) position FROM payout ${OF_BATCH} GROUP BY merchant_id) s
  JOIN payout p ON p.batch_id = ? AND p.position = s.position)`;

const listed = (side: string) =>
  `${side}.holder ${side}_holder, ${side}.account ${side}_account, ${side}.amount ${side}_amount`;
/** Compares two batches where they are: however large they are, no more is read into the program than is shown. */
@Injectable()
export class BatchDifferencesRepository {
  /** Merchants who are paid in `batch` and not in `another`. */
  async findOnlyIn(
    tx: EntityManager,
    batch: PayoutBatchId,
    another: PayoutBatchId,
    limit: number,
  ): Promise<Listed<Paid>> {
    const rows: Raw<'one'>[] = await tx.query(
      `SELECT one.merchant_id merchant, ${listed('one')}, COUNT(*) OVER () count FROM ${PAID} one
        LEFT JOIN (SELECT DISTINCT merchant_id FROM payout ${OF_BATCH}) other ON other.merchant_id = one.merchant_id
        WHERE other.merchant_id IS NULL ORDER BY one.amount DESC, one.position LIMIT ?`,
      [batch, batch, another, limit],
    );
    return { count: countOf(rows), rows: rows.map((row) => paidOf(row, 'one')) };
  }

  /** Merchants who are paid in both, to another account in `batch` than in `before`. */
  findMoved(tx: EntityManager, batch: PayoutBatchId, before: PayoutBatchId, limit: number): Promise<Listed<Compared>> {
    const where = ['number_hash', 'bank_name', 'holder']
      .map((column) => `one.${column} <> other.${column}`)
      .join(' OR ');
    return this.findInBoth(tx, batch, before, where, limit);
  }

  /** Merchants who are paid in both, and much more in `batch` than in `before`. */
  findFarAbove(
    tx: EntityManager,
    batch: PayoutBatchId,
    before: PayoutBatchId,
    limit: number,
  ): Promise<Listed<Compared>> {
    return this.findInBoth(tx, batch, before, `one.amount >= ${FAR_ABOVE} * other.amount`, limit);
  }

  private async findInBoth(
    tx: EntityManager,
    batch: PayoutBatchId,
    before: PayoutBatchId,
    where: string,
    limit: number,
  ): Promise<Listed<Compared>> {
    const rows: (Raw<'one'> & Raw<'other'>)[] = await tx.query(
      `SELECT one.merchant_id merchant, ${listed('one')}, ${listed('other')}, COUNT(*) OVER () count
        FROM ${PAID} one JOIN ${PAID} other ON other.merchant_id = one.merchant_id
        WHERE ${where} ORDER BY one.amount DESC, one.position LIMIT ?`,
      [batch, batch, before, before, limit],
    );
    return {
      count: countOf(rows),
      rows: rows.map((row) => ({ now: paidOf(row, 'one'), before: paidOf(row, 'other') })),
    };
  }
}

function countOf([row]: readonly { count: string }[]): number {
  return Number(row?.count ?? 0);
}

function paidOf<Side extends 'one' | 'other'>(row: Raw<Side>, side: Side): Paid {
  const read: Raw<'one' | 'other'> = row as Raw<'one' | 'other'>;
  return {
    merchant: read.merchant,
    holder: read[`${side}_holder`],
    account: read[`${side}_account`],
    amount: BigInt(read[`${side}_amount`]),
  };
}
