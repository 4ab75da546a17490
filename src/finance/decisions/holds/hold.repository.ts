import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../../core/columns.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PageRequest } from '../../../shared/page.js';
import { OPEN_RESULTS } from '../../payouts/index.js';
import type { DecisionErrorCode } from '../errors.js';
import type { Hold, HoldCause, HoldSource, HoldState } from './hold.js';

const COLUMNS = [
  ...['id', 'merchant_id', 'asset', 'amount', 'remaining', 'refunded', 'settled', 'source', 'cause', 'reward_id'],
  ...['payout_id', 'reason', 'held_by', 'held_at', 'state', 'decided_by', 'decided_at', 'decision_reason'],
];
const CHANGEABLE = [
  ...['remaining', 'refunded', 'settled'],
  ...['state', 'decided_by', 'decided_at', 'decision_reason'],
];

type RawHold = Record<'amount' | 'remaining' | 'refunded' | 'settled', string> & {
  id: string;
  merchant_id: string;
  asset: string;
  source: HoldSource;
  cause: HoldCause;
  reward_id: string | null;
  payout_id: string | null;
  reason: string;
  held_by: string | null;
  held_at: Date;
  state: HoldState;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
};

/** Which holds to list. */
export interface HoldFilter {
  merchantId?: string | undefined;
  rewardId?: string | undefined;
  state?: HoldState | undefined;
  cause?: HoldCause | undefined;
}

@Injectable()
export class HoldRepository {
  async insert(tx: EntityManager, holds: readonly Hold[]): Promise<void> {
    await insertRows(tx, 'hold', COLUMNS, holds.map(toRow));
  }

  /** Writes holds that the transaction has locked. */
  async update(tx: EntityManager, holds: readonly Hold[]): Promise<void> {
    const set = CHANGEABLE.map((column) => `${column} = VALUES(${column})`).join(', ');
    await insertRows(tx, 'hold', COLUMNS, holds.map(toRow), `ON DUPLICATE KEY UPDATE ${set}`);
  }

  /** The open holds of rewards that the transaction has locked, locked in id order. */
  async lockOpenOfRewards(tx: EntityManager, rewardIds: readonly string[]): Promise<Hold[]> {
    if (rewardIds.length === 0) return [];
    return this.read(tx, "reward_id IN (?) AND state = 'open' ORDER BY id FOR UPDATE", [rewardIds]);
  }

  /** Holds, locked in id order. Lock their rewards before. */
  async lock(tx: EntityManager, ids: readonly string[]): Promise<Hold[]> {
    return ids.length === 0 ? [] : this.read(tx, 'id IN (?) ORDER BY id FOR UPDATE', [ids]);
  }

  /** Throws `hold.not-found`. */
  async get(tx: EntityManager, id: string): Promise<Hold> {
    const [hold] = await this.read(tx, 'id = ?', [id]);
    if (!hold) throw new DomainError<DecisionErrorCode>('hold.not-found', 'There is no hold of this id.');
    return hold;
  }

  /** Holds of these rewards, the oldest first. */
  async findOfRewards(tx: EntityManager, rewardIds: readonly string[]): Promise<Hold[]> {
    return rewardIds.length === 0 ? [] : this.read(tx, 'reward_id IN (?) ORDER BY id', [rewardIds]);
  }

  /** Open holds of a merchant that `by` did not make, and whose payout has no open bank line; the oldest first. */
  async findReleasable(
    tx: EntityManager,
    filter: { merchantId: string; cause: HoldCause; by: string },
    limit: number,
  ): Promise<Hold[]> {
    return this.read(
      tx,
      `merchant_id = ? AND state = 'open' AND cause = ? AND (held_by IS NULL OR held_by <> ?)
       AND NOT EXISTS (SELECT 1 FROM bank_report_line l WHERE l.payout_id = hold.payout_id AND l.result IN (?))
       ORDER BY id LIMIT ?`,
      [filter.merchantId, filter.cause, filter.by, OPEN_RESULTS, limit],
    );
  }

  /** Holds by id, the oldest first: one more than the page holds. */
  async list(tx: EntityManager, filter: HoldFilter, page: PageRequest): Promise<Hold[]> {
    const conditions: [string, unknown][] = [['1 = ?', 1]];
    if (filter.merchantId !== undefined) conditions.push(['merchant_id = ?', filter.merchantId]);
    if (filter.rewardId !== undefined) conditions.push(['reward_id = ?', filter.rewardId]);
    if (filter.state !== undefined) conditions.push(['state = ?', filter.state]);
    if (filter.cause !== undefined) conditions.push(['cause = ?', filter.cause]);
    if (page.after !== null) conditions.push(['id > ?', page.after]);
    return this.read(tx, `${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY id LIMIT ?`, [
      ...conditions.map(([, value]) => value),
      page.limit + 1,
    ]);
  }

  private async read(tx: EntityManager, where: string, parameters: unknown[]): Promise<Hold[]> {
    const rows: RawHold[] = await tx.query(`SELECT * FROM hold WHERE ${where}`, parameters);
    return rows.map(fromRow);
  }
}

function toRow(hold: Hold): unknown[] {
  return [
    hold.id,
    hold.merchantId,
    hold.asset,
    hold.amount.toString(),
    hold.remaining.toString(),
    hold.refunded.toString(),
    hold.settled.toString(),
    hold.source,
    hold.cause,
    hold.rewardId,
    hold.payoutId,
    hold.reason,
    hold.heldBy,
    hold.heldAt,
    hold.state,
    hold.decidedBy,
    hold.decidedAt,
    hold.decisionReason,
  ];
}

function fromRow(row: RawHold): Hold {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    asset: row.asset,
    amount: BigInt(row.amount),
    remaining: BigInt(row.remaining),
    refunded: BigInt(row.refunded),
    settled: BigInt(row.settled),
    source: row.source,
    cause: row.cause,
    rewardId: row.reward_id,
    payoutId: row.payout_id,
    reason: row.reason,
    heldBy: row.held_by,
    heldAt: row.held_at,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionReason: row.decision_reason,
  };
}
