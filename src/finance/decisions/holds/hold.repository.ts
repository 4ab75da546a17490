import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../../core/table.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PageRequest } from '../../../shared/page.js';
import { OPEN_RESULTS } from '../../payouts/index.js';
import type { DecisionErrorCode } from '../errors.js';
import { HoldEntity } from './hold.entity.js';
import type { Hold, HoldCause, HoldState } from './hold.js';
import type { HoldId, MerchantId, RewardId, StaffId } from '../../../shared/ids.js';

const TABLE = new Table(HoldEntity);
/** What a hold may change. */
const CHANGEABLE = [
  ...(['remaining', 'refunded', 'settled'] as const),
  ...(['state', 'decidedBy', 'decidedAt', 'decisionReason'] as const),
];

/** Which holds to list. */
export interface HoldFilter {
  merchantId?: MerchantId | undefined;
  rewardId?: RewardId | undefined;
  state?: HoldState | undefined;
  cause?: HoldCause | undefined;
}

@Injectable()
export class HoldRepository {
  async insert(tx: EntityManager, holds: readonly Hold[]): Promise<void> {
    await TABLE.insert(tx, holds);
  }

  /** Writes holds that the transaction has locked. */
  async update(tx: EntityManager, holds: readonly Hold[]): Promise<void> {
    await TABLE.upsert(tx, holds, CHANGEABLE);
  }

  /** The open holds of rewards that the transaction has locked, locked in id order. */
  async lockOpenOfRewards(tx: EntityManager, rewardIds: readonly RewardId[]): Promise<Hold[]> {
    if (rewardIds.length === 0) return [];
    return TABLE.find(tx, "WHERE reward_id IN (?) AND state = 'open' ORDER BY id FOR UPDATE", [rewardIds]);
  }

  /** Holds, locked in id order. Lock their rewards before. */
  async lock(tx: EntityManager, ids: readonly HoldId[]): Promise<Hold[]> {
    return ids.length === 0 ? [] : TABLE.find(tx, 'WHERE id IN (?) ORDER BY id FOR UPDATE', [ids]);
  }

  /** Throws `hold.not-found`. */
  async get(tx: EntityManager, id: HoldId): Promise<Hold> {
    const [hold] = await TABLE.find(tx, 'WHERE id = ?', [id]);
    if (!hold) throw new DomainError<DecisionErrorCode>('hold.not-found', 'There is no hold of this id.');
    return hold;
  }

  /** Holds of these rewards, the oldest first. */
  async findOfRewards(tx: EntityManager, rewardIds: readonly RewardId[]): Promise<Hold[]> {
    return rewardIds.length === 0 ? [] : TABLE.find(tx, 'WHERE reward_id IN (?) ORDER BY id', [rewardIds]);
  }

  /** Open holds of a merchant that `by` did not make, and whose payout has no open bank line; the oldest first. */
  async findReleasable(
    tx: EntityManager,
    filter: { merchantId: MerchantId; cause: HoldCause; by: StaffId },
    limit: number,
  ): Promise<Hold[]> {
    return TABLE.find(
      tx,
      `WHERE merchant_id = ? AND state = 'open' AND cause = ? AND (held_by IS NULL OR held_by <> ?)
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
    return TABLE.find(tx, `WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY id LIMIT ?`, [
      ...conditions.map(([, value]) => value),
      page.limit + 1,
    ]);
  }
}
