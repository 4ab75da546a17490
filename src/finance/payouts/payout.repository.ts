import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { Conditions } from '../../core/conditions.js';
import { Table } from '../../core/table.js';
import { DomainError } from '../../shared/domain-error.js';
import type { OpenPeriod } from '../../shared/page.dto.js';
import type { MomentKey } from '../../shared/page.js';
import type { PayoutErrorCode } from './errors.js';
import type { Candidate } from './batches/draft-selection.js';
import { assertBatchTransition, type BatchState, type WorkflowState } from './payout-batch.js';
import { readPolicy, type FeePayer } from './terms/payout-policy.js';
import { assertTransition, OPEN_STATES, type PayoutState } from './payout.js';
import { PayoutBatchEntity, PayoutEntity, PayoutSkipEntity } from './payouts.entities.js';
import type { MerchantId, PayoutBatchId, PayoutId } from '../../shared/ids.js';

interface Written {
  affectedRows: number;
}

const PAYOUTS = new Table(PayoutEntity);
const SKIPS = new Table(PayoutSkipEntity);

/** A payout as it is drafted; the rest it has from its table's defaults. */
export type NewPayout = Omit<
  PayoutEntity,
  | 'attempts'
  | 'firstSentAt'
  | 'stopReason'
  | 'claimedUntil'
  | 'paidCost'
  | 'returnCost'
  | 'returnCostMerchant'
  | 'erasedAt'
>;

/** Which batches to list; `from` and `to` are of their making. */
export interface BatchFilter extends OpenPeriod {
  state?: BatchState | undefined;
  currency?: string | undefined;
  rail?: string | undefined;
}

@Injectable()
export class PayoutRepository {
  /** Balances in one currency: of these merchants, or of all who have something; who has waited longest comes first. */
  async findCandidates(
    tx: EntityManager,
    currency: string,
    merchantIds: readonly MerchantId[] | undefined,
  ): Promise<Candidate[]> {
    const rows: { merchant_id: MerchantId; available: string; held: string; owed: string }[] = await tx.query(
      `SELECT merchant_id, available, held, owed FROM account WHERE asset = ?
       AND ${merchantIds === undefined ? '(available > 0 OR held > 0 OR owed < 0)' : 'merchant_id IN (?)'}
       ORDER BY available_since, merchant_id`,
      merchantIds === undefined ? [currency] : [currency, merchantIds],
    );
    const found = rows.map((row) => ({
      merchantId: row.merchant_id,
      available: BigInt(row.available),
      held: BigInt(row.held),
      owed: BigInt(row.owed),
    }));
    const known = new Set(found.map(({ merchantId }) => merchantId));
    const without = [...new Set(merchantIds)].filter((merchantId) => !known.has(merchantId));
    return [...found, ...without.map((merchantId) => ({ merchantId, available: 0n, held: 0n, owed: 0n }))];
  }

  async insertPayouts(tx: EntityManager, payouts: readonly NewPayout[]): Promise<void> {
    await PAYOUTS.insert(tx, payouts);
  }

  /** Keeps who is not in a batch, and why. */
  async insertSkips(tx: EntityManager, skips: readonly PayoutSkipEntity[]): Promise<void> {
    await SKIPS.insert(tx, skips);
  }

  /** Puts the payouts of a new batch in the place of those that it had. */
  async replaceDrafted(tx: EntityManager, batchId: PayoutBatchId, payouts: readonly PayoutEntity[]): Promise<void> {
    await tx.query('DELETE FROM payout WHERE batch_id = ?', [batchId]);
    await this.insertPayouts(tx, payouts);
  }

  /** What an approval would bind of each batch: the last link of its chain; nothing for a batch without payouts. */
  async findContentHashes(tx: EntityManager, batchIds: readonly PayoutBatchId[]): Promise<Map<PayoutBatchId, string>> {
    if (batchIds.length === 0) return new Map();
    const rows: { id: PayoutBatchId; link: string }[] = await tx.query(
      `SELECT b.id, p.link FROM payout_batch b JOIN payout p ON p.batch_id = b.id AND p.position = b.payout_count
       WHERE b.id IN (?)`,
      [batchIds],
    );
    return new Map(rows.map((row) => [row.id, row.link]));
  }

  /** Whether a bank report has said anything of a payout of the batch; what people dismissed as none of ours is nothing. */
  async isReported(tx: EntityManager, batchId: PayoutBatchId): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `SELECT 1 FROM payout p JOIN bank_report_line l ON l.payout_id = p.id
       WHERE p.batch_id = ? AND l.result <> 'dismissed' LIMIT 1`,
      [batchId],
    );
    return rows.length > 0;
  }

  /** The batch, locked. Throws `payout.batch-not-found`. */
  async lockBatch(tx: EntityManager, id: PayoutBatchId): Promise<PayoutBatchEntity> {
    const batch = await tx.findOne(PayoutBatchEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return batch ?? notFound(id);
  }

  /** The places of batches after `after`, the latest made first. */
  findBatchKeys(
    tx: EntityManager,
    { state, currency, rail, from, to }: BatchFilter,
    after: MomentKey | null,
    limit: number,
  ): Promise<MomentKey[]> {
    const where = new Conditions()
      .and('state = ?', state === 'completed' ? 'submitted' : state)
      .and('currency = ?', currency)
      .and('rail = ?', rail)
      .and('made_at >= ?', from)
      .and('made_at < ?', to)
      .and('made_at <= ? AND (made_at < ? OR id < ?)', after?.at, after?.at, after?.id);
    if (state === 'submitted' || state === 'completed')
      where.and(
        `${state === 'completed' ? 'NOT ' : ''}EXISTS (
          SELECT 1 FROM payout p WHERE p.batch_id = payout_batch.id AND p.state IN (?))`,
        OPEN_STATES,
      );
    return tx.query(
      `SELECT id, CAST(made_at AS CHAR) at FROM payout_batch
        WHERE ${where.sql} ORDER BY made_at DESC, id DESC LIMIT ?`,
      [...where.values, limit],
    );
  }

  /** Batches by their ids. */
  async findBatches(tx: EntityManager, ids: readonly string[]): Promise<Map<string, PayoutBatchEntity>> {
    const found = ids.length === 0 ? [] : await tx.findBy(PayoutBatchEntity, { id: In([...ids]) });
    return new Map(found.map((batch) => [batch.id, batch]));
  }

  /** The batch as last committed. Throws `payout.batch-not-found`. */
  async getBatch(tx: EntityManager, id: PayoutBatchId): Promise<PayoutBatchEntity> {
    return (await tx.findOneBy(PayoutBatchEntity, { id })) ?? notFound(id);
  }

  /** The batch that was sent last in the currency of another and over its rail; null: there is none. */
  async findLastSent(
    tx: EntityManager,
    { id, currency, rail }: Pick<PayoutBatchEntity, 'id' | 'currency' | 'rail'>,
  ): Promise<(PayoutBatchEntity & { submittedAt: Date }) | null> {
    const [last] = await tx.find(PayoutBatchEntity, {
      where: { id: Not(id), currency, rail, state: 'submitted' },
      order: { madeAt: 'DESC', id: 'DESC' },
      take: 1,
    });
    return last?.submittedAt ? Object.assign(last, { submittedAt: last.submittedAt }) : null;
  }

  /** All payouts of a batch, in order. */
  findPayouts(tx: EntityManager, batchId: PayoutBatchId): Promise<PayoutEntity[]> {
    return tx.find(PayoutEntity, { where: { batchId }, order: { position: 'ASC' } });
  }

  /** {@link findPayouts} without those that were taken out after the approval: what is sent. */
  findSent(tx: EntityManager, batchId: PayoutBatchId): Promise<PayoutEntity[]> {
    return tx.find(PayoutEntity, { where: { batchId, stopReason: IsNull() }, order: { position: 'ASC' } });
  }

  /** Payouts of a batch, in one state or all, whose position comes after one. */
  findPayoutsAfter(
    tx: EntityManager,
    {
      batchId,
      state,
      onlySent,
    }: { batchId: PayoutBatchId; state?: PayoutState | undefined; /** Without those taken out. */ onlySent?: boolean },
    position: number,
    take: number,
  ): Promise<PayoutEntity[]> {
    return tx.find(PayoutEntity, {
      where: {
        batchId,
        position: MoreThan(position),
        ...(state && { state }),
        ...(onlySent === true && { stopReason: IsNull() }),
      },
      order: { position: 'ASC' },
      take,
    });
  }

  findSkipsAfter(
    tx: EntityManager,
    batchId: PayoutBatchId,
    merchantId: MerchantId | null,
    take: number,
  ): Promise<PayoutSkipEntity[]> {
    return tx.find(PayoutSkipEntity, {
      where: { batchId, ...(merchantId !== null && { merchantId: MoreThan(merchantId) }) },
      order: { merchantId: 'ASC' },
      take,
    });
  }

  /** Payouts by id, locked in the order of their ids; unknown ids are left out. */
  async lockPayouts(tx: EntityManager, ids: readonly PayoutId[]): Promise<Map<PayoutId, PayoutEntity>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.find(PayoutEntity, {
      where: { id: In([...new Set(ids)]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The payout that tries another again. */
  findRetry(tx: EntityManager, payoutId: PayoutId): Promise<PayoutEntity | null> {
    return tx.findOneBy(PayoutEntity, { retryOf: payoutId });
  }

  /**
   * Moves a locked batch and all its payouts, or `count` of them when some were taken out. The guards of both updates are
   * counted: a row that is not where it should be is a conflict, and rolls everything back. What becomes due by it is due
   * by the database's clock.
   */
  async moveBatch(
    tx: EntityManager,
    batch: PayoutBatchEntity,
    to: WorkflowState,
    payouts: { from: PayoutState; to: PayoutState; count?: number },
    at: Date,
    facts: Partial<PayoutBatchEntity>,
  ): Promise<void> {
    assertBatchTransition(batch, to);
    assertTransition(payouts.from, payouts.to);
    const moved = await tx.update(PayoutBatchEntity, { id: batch.id, state: batch.state }, { state: to, ...facts });
    const rows: Written = await tx.query(
      'UPDATE payout SET state = ?, state_at = ?, next_attempt_at = NOW(6) WHERE batch_id = ? AND state = ?',
      [payouts.to, at, batch.id, payouts.from],
    );
    if (moved.affected !== 1 || rows.affectedRows !== (payouts.count ?? batch.payoutCount))
      throw new DomainError<PayoutErrorCode>('payout.wrong-state', 'The batch changed in the meantime.');
    Object.assign(batch, { state: to, ...facts });
  }

  /** Moves locked payouts, all with the same facts. Throws when one is not where it was read. */
  async movePayouts(
    tx: EntityManager,
    payouts: readonly PayoutEntity[],
    from: PayoutState,
    facts: Partial<PayoutEntity> & { state: PayoutState },
  ): Promise<void> {
    const ids = payouts.map(({ id }) => id);
    const { affected } = await tx.update(PayoutEntity, { id: In(ids), state: from }, facts);
    if (affected !== ids.length) throw new Error(`one of ${ids.join()} is not ${from} any more although it is locked`);
  }

  /** Writes what a locked payout cost at the bank. */
  async noteCosts(tx: EntityManager, id: PayoutId, costs: PayoutCosts): Promise<void> {
    const { affected } = await tx.update(PayoutEntity, { id }, costs);
    if (affected !== 1) throw new Error(`${id} is gone although it is locked`);
  }

  /** Who bears what payouts of these batches cost, by the terms that each was drafted under; by batch. */
  async findBearers(tx: EntityManager, batchIds: readonly PayoutBatchId[]): Promise<Map<PayoutBatchId, FeePayer>> {
    if (batchIds.length === 0) return new Map();
    const rows: { id: PayoutBatchId; policy: string | null }[] = await tx.query(
      'SELECT id, policy FROM payout_batch WHERE id IN (?)',
      [batchIds],
    );
    return new Map(rows.map(({ id, policy }) => [id, readPolicy(policy)?.fee?.chargedTo ?? 'platform']));
  }

  /** What is reserved for each payout by the ledger's own entries, whatever the payout's row says. */
  async findReserved(tx: EntityManager, payoutIds: readonly PayoutId[]): Promise<Map<PayoutId, bigint>> {
    const rows: { payout_id: PayoutId; amount: string }[] = await tx.query(
      "SELECT payout_id, SUM(amount) amount FROM entry WHERE payout_id IN (?) AND account = 'reserved' GROUP BY payout_id",
      [payoutIds],
    );
    return new Map(rows.map((row) => [row.payout_id, BigInt(row.amount)]));
  }

  /** How many payouts of each state, and their sum, by batch. */
  async countStates(
    tx: EntityManager,
    batchIds: readonly PayoutBatchId[],
  ): Promise<Map<PayoutBatchId, Map<PayoutState, StateCount>>> {
    const counts = new Map(batchIds.map((id) => [id, new Map<PayoutState, StateCount>()]));
    if (batchIds.length === 0) return counts;
    const rows: { batch_id: PayoutBatchId; state: PayoutState; payouts: string; amount: string; fee: string }[] =
      await tx.query(
        'SELECT batch_id, state, COUNT(*) payouts, SUM(amount) amount, SUM(fee) fee FROM payout WHERE batch_id IN (?) GROUP BY batch_id, state',
        [batchIds],
      );
    for (const row of rows)
      counts.get(row.batch_id)?.set(row.state, {
        count: Number(row.payouts),
        amount: BigInt(row.amount),
        fee: BigInt(row.fee),
      });
    return counts;
  }

  /** What of each batch was taken out after the approval; nothing of most. */
  async countTakenOut(tx: EntityManager, batchIds: readonly PayoutBatchId[]): Promise<Map<PayoutBatchId, TakenOut>> {
    if (batchIds.length === 0) return new Map();
    const rows: { batch_id: PayoutBatchId; payouts: string; amount: string; sent_amount: string }[] = await tx.query(
      `SELECT batch_id, COUNT(*) payouts, SUM(amount) amount, SUM(sent_amount) sent_amount FROM payout
       WHERE batch_id IN (?) AND state IN ('cancelled', 'withdrawn') AND stop_reason IS NOT NULL GROUP BY batch_id`,
      [batchIds],
    );
    return new Map(
      rows.map((row) => [
        row.batch_id,
        { count: Number(row.payouts), amount: BigInt(row.amount), sentAmount: BigInt(row.sent_amount) },
      ]),
    );
  }
}

export type PayoutCosts = Partial<Pick<PayoutEntity, 'paidCost' | 'returnCost' | 'returnCostMerchant'>>;

/** Payouts of a batch that were approved and not sent. */
export interface TakenOut {
  count: number;
  amount: bigint;
  /** What the rail would have been told to pay. */
  sentAmount: bigint;
}

export interface StateCount {
  count: number;
  /** What merchants gave up, minor units. */
  amount: bigint;
  fee: bigint;
}

function notFound(id: PayoutBatchId): never {
  throw new DomainError<PayoutErrorCode>('payout.batch-not-found', `There is no payout batch ${id}.`);
}
