import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Principal, staffIdOf } from '../../../access/index.js';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minAmount } from '../../../shared/money.js';
import { OpenLinesRepository } from '../../payouts/index.js';
import type { DecisionErrorCode } from '../errors.js';
import { Ledger } from '../../ledger/index.js';
import { release, stop, voidHeld, type Reward, RewardRepository, type RewardErrorCode } from '../../rewards/index.js';
import {
  assertDecidable,
  openHold,
  settleHold,
  type Decided,
  type Decision,
  type Hold,
  type HoldCause,
} from './hold.js';
import { postDecision, postHold } from './hold-posting.js';
import { HoldRepository } from './hold.repository.js';
import type { HoldId, MerchantId, RewardId } from '../../../shared/ids.js';

/** Holds decided in one transaction, at most. */
const BATCH = 200;

/** Money that people stop, and what other people decide about it. */
@Injectable()
export class HoldService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: HoldRepository,
    private readonly rewards: RewardRepository,
    private readonly ledger: Ledger,
    private readonly openLines: OpenLinesRepository,
    private readonly merchants: MerchantRegistry,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Stops a reward: all of it that is pending, or of what has matured as much as is still available. Throws
   * `reward.not-found` and `hold.nothing-to-hold`.
   */
  async holdReward(rewardId: RewardId, reason: string, principal: Principal): Promise<Hold> {
    const heldBy = staffIdOf(principal);
    return this.unitOfWork.run(async (tx) => {
      const [reward] = await this.rewards.lock(tx, [rewardId]);
      if (!reward) throw refusal('reward.not-found', 'There is no reward of this id.');
      const { merchantId, asset } = reward;
      const [hold, stopped] = await this.ledger.post(tx, [{ merchantId, asset }], (book): [Hold, Reward] => {
        const { available } = book.balances(merchantId, asset);
        const source = reward.pending > 0n ? 'pending' : 'available';
        const amount = reward.pending > 0n ? reward.pending : minAmount(reward.matured - reward.clawedBack, available);
        if (amount === 0n) throw refusal('hold.nothing-to-hold', 'Nothing of this reward can be stopped any more.');
        const opened = { merchantId, asset, amount, source, cause: 'reward', rewardId, reason, heldBy } as const;
        const made = openHold({ ...opened, heldAt: this.clock.now() });
        postHold(book, made);
        return [made, stop(reward, source, amount)];
      });
      await this.rewards.update(tx, [stopped]);
      return this.opened(tx, hold, principal);
    });
  }

  /**
   * Stops what a merchant has available of an asset; `amount` null: all of it. Throws `merchant.not-found`,
   * `hold.nothing-to-hold`, `ledger.insufficient-funds`.
   */
  async holdBalance(
    wanted: { merchantId: MerchantId; asset: string; amount: bigint | null },
    reason: string,
    principal: Principal,
  ): Promise<Hold> {
    const heldBy = staffIdOf(principal);
    const { merchantId, asset } = wanted;
    return this.unitOfWork.run(async (tx) => {
      await assertMerchant(tx, this.merchants, merchantId);
      const hold = await this.ledger.post(tx, [{ merchantId, asset }], (book) => {
        const amount = wanted.amount ?? book.balances(merchantId, asset).available;
        if (amount === 0n) throw refusal('hold.nothing-to-hold', `Nothing is available in ${asset}.`);
        const opened = { merchantId, asset, amount, source: 'available', cause: 'merchant-balance' } as const;
        const made = openHold({ ...opened, reason, heldBy, heldAt: this.clock.now() });
        postHold(book, made);
        return made;
      });
      return this.opened(tx, hold, principal);
    });
  }

  /**
   * Gives what remains of a hold back, once: a reward inside its waiting period becomes pending again, everything else is
   * credited, to a negative balance first. Throws `hold.not-found`, `hold.same-person`, `hold.wrong-state`, `hold.bank-line-open`
   * (the bank may have paid a second time what came back).
   */
  releaseHold(id: HoldId, reason: string, principal: Principal): Promise<Hold> {
    return this.decide(id, 'released', reason, principal);
  }

  /** Takes what remains of a hold from the merchant, once. Throws as {@link releaseHold}, and `hold.not-voidable`. */
  voidHold(id: HoldId, reason: string, principal: Principal): Promise<Hold> {
    return this.decide(id, 'voided', reason, principal);
  }

  /**
   * Releases every open hold of a merchant that has this cause and that another person made, but for those whose payout has a
   * line of a bank report that waits; returns how many. A hold that is decided meanwhile is skipped.
   */
  async releaseAll(merchantId: MerchantId, cause: HoldCause, reason: string, principal: Principal): Promise<number> {
    const by = staffIdOf(principal);
    await assertMerchant(this.unitOfWork.reader, this.merchants, merchantId);
    for (let released = 0; ;) {
      const batch = await this.unitOfWork.run(async (tx) => {
        const found = await this.holds.findReleasable(tx, { merchantId, cause, by }, BATCH);
        const decided = { decision: 'released', by, at: this.clock.now(), reason } as const;
        const holds = await this.settle(tx, found, decided, (hold) => hold.state === 'open');
        const detail = { cause, holds: holds.map(({ id }) => id) };
        if (holds.length > 0)
          await this.auditLog.record(tx, { principal, action: 'holds.released', subject: merchantId, detail });
        return { released: holds.length, more: found.length === BATCH };
      });
      released += batch.released;
      if (!batch.more) return released;
    }
  }

  private async decide(id: HoldId, decision: Decision, reason: string, principal: Principal): Promise<Hold> {
    const decided = { decision, by: staffIdOf(principal), at: this.clock.now(), reason };
    return this.unitOfWork.run(async (tx) => {
      const found = await this.holds.get(tx, id);
      const { payoutId } = found;
      const line = payoutId === null ? undefined : (await this.openLines.findByPayout(tx, [payoutId])).get(payoutId);
      const [hold] = await this.settle(tx, [found], decided, (locked) => {
        assertDecidable(locked, decided);
        if (line !== undefined)
          throw refusal('hold.bank-line-open', `${line} of a bank report is about this payout and waits for a person.`);
        return true;
      });
      if (!hold) throw new Error(`${id} was not settled`);
      await this.auditLog.record(tx, { principal, action: `hold.${decision}`, subject: id, detail: { reason } });
      return hold;
    });
  }

  /** Settles those of the holds that `may` be, as they are once locked: rewards, holds, accounts. */
  private async settle(
    tx: EntityManager,
    found: readonly Hold[],
    decided: Decided,
    may: (locked: Hold) => boolean,
  ): Promise<Hold[]> {
    const rewardIds = [...new Set(found.flatMap(({ rewardId }) => rewardId ?? []))];
    const rewards = new Map((await this.rewards.lock(tx, rewardIds)).map((reward) => [reward.id, reward]));
    const inHoldPeriod = await this.rewards.findInHoldPeriod(tx, rewardIds);
    const ids = found.map(({ id }) => id);
    const holds = (await this.holds.lock(tx, ids)).filter(may);
    await this.ledger.post(tx, holds, (book) => {
      for (const hold of holds) {
        const { rewardId, remaining } = hold;
        const reward = rewardId === null ? undefined : rewards.get(rewardId);
        const to = rewardId !== null && inHoldPeriod.has(rewardId) ? 'pending' : 'available';
        postDecision(book, hold, decided, to);
        if (reward)
          rewards.set(
            reward.id,
            decided.decision === 'voided' ? voidHeld(reward, remaining) : release(reward, to, remaining),
          );
      }
    });
    const settled = holds.map((hold) => settleHold(hold, decided));
    const touched = new Set(holds.map(({ rewardId }) => rewardId));
    await this.rewards.update(
      tx,
      [...rewards.values()].filter(({ id }) => touched.has(id)),
    );
    await this.holds.update(tx, settled);
    return settled;
  }

  private async opened(tx: EntityManager, hold: Hold, principal: Principal): Promise<Hold> {
    await this.holds.insert(tx, [hold]);
    const { id: subject, cause, reason } = hold;
    await this.auditLog.record(tx, { principal, action: 'hold.opened', subject, detail: { cause, reason } });
    return hold;
  }
}

function refusal(code: DecisionErrorCode | RewardErrorCode, detail: string): DomainError {
  return new DomainError(code, detail);
}
