import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../../core/conditions.js';
import { Table } from '../../core/table.js';
import { DomainError } from '../../shared/domain-error.js';
import type { OpenPeriod } from '../../shared/page.dto.js';
import { momentKeyOf, momentKeyText, type PageRequest } from '../../shared/page.js';
import type { RewardErrorCode } from './errors.js';
import { RewardEntity } from './reward.entity.js';
import type { Reward, RewardState } from './reward.js';
import type { RewardExplanation } from './reward-explanation.js';
import type { MerchantId, OrderPk, RewardId } from '../../shared/ids.js';
import type { Amount } from '../../shared/amount.js';

const TABLE = new Table(RewardEntity);
/** What a reward may change. */
const CHANGEABLE = ['pending', 'held', 'matured', 'voided', 'clawedBack', 'state', 'version'] as const;

const SUMMARY = ['id', 'orderPk', 'storefrontId', 'asset', 'state', 'granted', 'voided', 'clawedBack'] as const;

/** A reward in short. */
export type RewardSummary = Pick<Reward, (typeof SUMMARY)[number]>;

@Injectable()
export class RewardRepository {
  async insert(tx: EntityManager, rewards: readonly Reward[]): Promise<void> {
    await TABLE.insert(tx, rewards);
  }

  /** Writes rewards that the transaction has locked. The columns that never change are only there for the INSERT form. */
  async update(tx: EntityManager, rewards: readonly Reward[]): Promise<void> {
    const rows = rewards.map((reward) => ({ ...reward, explanation: {} as RewardExplanation }));
    await TABLE.upsert(tx, rows, CHANGEABLE);
  }

  /** The rewards of orders, locked in id order. Lock the orders before, and the accounts after. */
  async lockOfOrders(tx: EntityManager, orderPks: readonly OrderPk[]): Promise<Reward[]> {
    if (orderPks.length === 0) return [];
    return TABLE.find(tx, 'WHERE order_pk IN (?) ORDER BY id FOR UPDATE', [orderPks]);
  }

  /** Rewards, locked in id order; unknown ones are left out. */
  async lock(tx: EntityManager, ids: readonly RewardId[]): Promise<Reward[]> {
    if (ids.length === 0) return [];
    return TABLE.find(tx, 'WHERE id IN (?) ORDER BY id FOR UPDATE', [ids]);
  }

  /** Those of the rewards whose waiting period is not over by the database's clock. */
  async findInHoldPeriod(tx: EntityManager, ids: readonly RewardId[]): Promise<Set<RewardId>> {
    if (ids.length === 0) return new Set();
    const rows: { id: RewardId }[] = await tx.query('SELECT id FROM reward WHERE id IN (?) AND mature_at > NOW(6)', [
      ids,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Pending rewards whose hold is over by the database's clock, the longest due first, after `after`. */
  async findDue(tx: EntityManager, after: DueKey | null, limit: number): Promise<DueKey[]> {
    const rows: { id: RewardId; mature_at: Date }[] = await tx.query(
      `SELECT id, mature_at FROM reward
        WHERE state = 'pending' AND mature_at <= NOW(6)
          ${after === null ? '' : 'AND (mature_at > ? OR (mature_at = ? AND id > ?))'}
        ORDER BY mature_at, id LIMIT ?`,
      [...(after === null ? [] : [after.matureAt, after.matureAt, after.id]), limit],
    );
    return rows.map((row) => ({ id: row.id, matureAt: row.mature_at }));
  }

  /** Those of the rewards that are still due and not locked elsewhere, locked. */
  async lockDue(tx: EntityManager, ids: readonly RewardId[]): Promise<Reward[]> {
    return TABLE.find(
      tx,
      // By their ids: a scan of what is due would hold rows of others for a moment, which those would skip.
      "FORCE INDEX (PRIMARY) WHERE id IN (?) AND state = 'pending' AND mature_at <= NOW(6) ORDER BY id FOR UPDATE SKIP LOCKED",
      [ids],
    );
  }

  /** What orders have earned so far, without what refunds and people took back: by merchant and asset. */
  async sumOfOrders(tx: EntityManager, orderPks: readonly OrderPk[]): Promise<(Amount & { merchantId: MerchantId })[]> {
    if (orderPks.length === 0) return [];
    const rows: { merchant_id: MerchantId; asset: string; amount: string }[] = await tx.query(
      `SELECT merchant_id, asset, SUM(granted - voided - clawed_back) amount FROM reward
        WHERE order_pk IN (?) GROUP BY merchant_id, asset`,
      [orderPks],
    );
    return rows.map((row) => ({ merchantId: row.merchant_id, asset: row.asset, amount: BigInt(row.amount) }));
  }

  /** The rewards of orders without their explanations, by order, the oldest first. */
  async findSummaries(tx: EntityManager, orderPks: readonly string[]): Promise<Map<string, RewardSummary[]>> {
    const found = new Map<string, RewardSummary[]>(orderPks.map((id) => [id, []]));
    if (orderPks.length === 0) return found;
    const rows = await tx.query<object[]>(
      `SELECT ${TABLE.list(SUMMARY)} FROM reward WHERE order_pk IN (?) ORDER BY id`,
      [orderPks],
    );
    for (const row of rows.map(TABLE.rowOf)) found.get(row.orderPk)?.push(row);
    return found;
  }

  /** Rewards in short, by their ids; unknown ones are left out. */
  async findSummariesById(tx: EntityManager, ids: readonly string[]): Promise<Map<string, RewardSummary>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<object[]>(`SELECT ${TABLE.list(SUMMARY)} FROM reward WHERE id IN (?)`, [ids]);
    return new Map(rows.map(TABLE.rowOf).map((row) => [row.id, row]));
  }

  async find(tx: EntityManager, id: string): Promise<Reward | undefined> {
    const [reward] = await TABLE.find(tx, 'WHERE id = ?', [id]);
    return reward;
  }

  /** Throws `reward.not-found`. */
  async get(tx: EntityManager, id: RewardId): Promise<Reward> {
    const reward = await this.find(tx, id);
    if (!reward) throw new DomainError<RewardErrorCode>('reward.not-found', 'There is no reward of this id.');
    return reward;
  }

  /** Rewards by the moment of their posting, each with its place: one more than the page holds. */
  async list(tx: EntityManager, filter: RewardFilter, page: PageRequest): Promise<ListedReward[]> {
    const { merchantId, orderPks, storefrontId, state, asset, from, to, newestFirst = false } = filter;
    const after = momentKeyOf(page.after) ?? undefined;
    const [beyond, direction] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const where = new Conditions()
      .and('merchant_id = ?', merchantId)
      .and('order_pk IN (?)', orderPks)
      .and('storefront_id = ?', storefrontId)
      .and('state = ?', state)
      .and('asset = ?', asset)
      .and('created_at >= ?', from)
      .and('created_at < ?', to)
      .and(`created_at ${beyond}= ? AND (created_at ${beyond} ? OR id ${beyond} ?)`, after?.at, after?.at, after?.id);
    const rows = await tx.query<{ at: string }[]>(
      `SELECT ${TABLE.list()}, CAST(created_at AS CHAR) at FROM reward ${indexFor(filter)}
        WHERE ${where.sql} ORDER BY created_at ${direction}, id ${direction} LIMIT ?`,
      [...where.values, page.limit + 1],
    );
    return rows.map((row) => {
      const reward = TABLE.rowOf(row);
      return { ...reward, key: momentKeyText({ at: row.at, id: reward.id }) };
    });
  }
}

/** Of a merchant with many rewards the server would rather read everybody’s by time, and find the merchant’s among them. */
function indexFor({ merchantId, orderPks, state }: RewardFilter): string {
  if (merchantId === undefined || orderPks !== undefined) return '';
  return `FORCE INDEX (${state === undefined ? 'ix_reward_merchant' : 'ix_reward_merchant_state'})`;
}

/** A reward, and its place in the list. */
export type ListedReward = Reward & { key: string };

/** Which rewards to list, and in which order; `from` and `to` are of their posting. */
export interface RewardFilter extends OpenPeriod {
  merchantId?: string | undefined;
  orderPks?: readonly string[] | undefined;
  storefrontId?: string | undefined;
  state?: RewardState | undefined;
  asset?: string | undefined;
  newestFirst?: boolean;
}

/** A place in the row of due rewards. */
export interface DueKey {
  id: RewardId;
  matureAt: Date;
}
