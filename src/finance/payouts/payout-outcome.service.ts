import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { databaseNow } from '../../core/database-now.js';
import { Ledger, journalText } from '../ledger/index.js';
import { JOURNALS, journalKey, judge, type Outcome, type PayoutState, type Verdict } from './payout.js';
import { bookedCost, chargeEntries, outcomeEntries, type Difference } from './payout-entries.js';
import type { PayoutEntity } from './payouts.entities.js';
import { PayoutRepository, type PayoutCosts } from './payout.repository.js';
import { isBadAccount } from './rails/payout-rail.js';
import type { PayoutId } from '../../shared/ids.js';

/** The bank's status of one payout. */
export interface BankStatus {
  payoutId: PayoutId;
  outcome: Outcome;
  /** ISO 20022 reason; decides where the money of a failure goes. */
  reasonCode: string | null;
  reason: string | null;
  /** When it happened, by the bank. */
  at: Date;
  /**
   * Booked less told to pay, when a payment or a return is of another amount, minor units; `policy`: borne as the terms of
   * the batch say, else by the operator.
   */
  difference?: { amount: bigint; bearer: 'policy' | 'operator' };
  /** What the bank took for a payment in the same booking, minor units; absent: it has not said. */
  charge?: bigint;
}

interface BorneDifference extends Difference {
  payout: PayoutEntity;
  to: 'paid' | 'returned';
}

interface Move {
  payout: PayoutEntity;
  to: PayoutState;
  status: BankStatus;
}

/** The one place where money in transit finds its end, however the bank's status arrives. */
@Injectable()
export class PayoutOutcomeService {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Applies statuses in the order given, each at most once for ever; returns what each did. Locks the payouts, then their
   * merchants' accounts. Unknown payouts are `contradicting`.
   */
  async record(tx: EntityManager, statuses: readonly BankStatus[]): Promise<Verdict[]> {
    const locked = await this.payouts.lockPayouts(
      tx,
      statuses.map((status) => status.payoutId),
    );
    const now = new Map([...locked].map(([id, payout]) => [id, payout.state]));
    const moves: Move[] = [];
    const last = new Map<PayoutId, Move>();
    const verdicts = statuses.map((status): Verdict => {
      const payout = locked.get(status.payoutId);
      const state = now.get(status.payoutId);
      if (!payout || !state) return { kind: 'contradicting' };
      const verdict = judge(state, status.outcome);
      if (verdict.kind !== 'apply') return verdict;
      for (const to of verdict.path) {
        const move = { payout, to, status };
        moves.push(move);
        last.set(payout.id, move);
        now.set(payout.id, to);
      }
      return verdict;
    });
    await this.post(tx, moves);
    await this.move(tx, [...last.values()]);
    return verdicts;
  }

  /** A report tells the same of most of its payouts, so that a few statements move them all. */
  private async move(tx: EntityManager, moves: readonly Move[]): Promise<void> {
    const stateAt = await databaseNow(tx);
    const alike = new Map<string, { first: Move; payouts: PayoutEntity[] }>();
    for (const move of moves) {
      const { payout, to, status } = move;
      const key = JSON.stringify([payout.state, to, status.reasonCode, status.reason]);
      const group = alike.get(key) ?? { first: move, payouts: [] };
      group.payouts.push(payout);
      alike.set(key, group);
    }
    for (const { first, payouts } of alike.values()) {
      const { to: state, status } = first;
      const reasonCode = state === 'failed' || state === 'returned' ? status.reasonCode : null;
      const facts = { state, stateAt, reason: status.reason, reasonCode };
      await this.payouts.movePayouts(tx, payouts, first.payout.state, facts);
    }
  }

  private async post(tx: EntityManager, moves: readonly Move[]): Promise<void> {
    const money = moves.flatMap(({ payout, to, status }) =>
      to === 'paid' || to === 'failed' || to === 'returned' ? [{ payout, to, status }] : [],
    );
    if (money.length === 0) return;
    const accounts = money.map(({ payout }) => ({ merchantId: payout.merchantId, asset: payout.currency }));
    const differences = await this.differencesOf(tx, money);
    await this.ledger.post(tx, accounts, (book) => {
      for (const { payout, to, status } of money)
        book.post({
          businessKey: journalKey(to, payout.id),
          kind: JOURNALS[to],
          description: outcomeText(payout.reference, to, status.reasonCode),
          occurredAt: status.at,
          cause: { type: 'payout', id: payout.id },
          entries: outcomeEntries(book, payout, to, {
            badAccount: isBadAccount(status.reasonCode),
            difference: differences.get(payout.id)?.to === to ? (differences.get(payout.id) ?? null) : null,
          }),
        });
    });
    await this.noteDifferences(tx, differences);
    await this.recordCharges(
      tx,
      money.flatMap(({ payout, to, status }) =>
        to === 'paid' && status.outcome === to && status.charge !== undefined
          ? [{ payoutId: payout.id, charge: status.charge, at: status.at }]
          : [],
      ),
    );
  }

  /**
   * Books what the bank took for payments, on top of what it was told to pay: the first time that it says so, and once for
   * each. Payouts that were not paid are left out.
   */
  async recordCharges(
    tx: EntityManager,
    charges: readonly { payoutId: PayoutId; charge: bigint; at: Date }[],
  ): Promise<void> {
    const payouts = await this.payouts.lockPayouts(
      tx,
      charges.map(({ payoutId }) => payoutId),
    );
    const charged = new Map<PayoutId, { payout: PayoutEntity; charge: bigint; at: Date }>();
    for (const { payoutId, charge, at } of charges) {
      const payout = payouts.get(payoutId);
      if (payout && payout.paidCost === null && !charged.has(payoutId)) charged.set(payoutId, { payout, charge, at });
    }
    await this.ledger.post(tx, [], (book) => {
      for (const { payout, charge, at } of charged.values()) {
        const entries = chargeEntries(payout, charge);
        if (entries.length === 0) continue;
        book.post({
          businessKey: journalKey('charged', payout.id),
          kind: JOURNALS.charged,
          description: journalText('charged', { reference: payout.reference }),
          occurredAt: at,
          cause: { type: 'payout', id: payout.id },
          entries,
        });
      }
    });
    for (const [id, { charge }] of charged) await this.payouts.noteCosts(tx, id, { paidCost: charge });
  }

  /** Which bookings are of another amount than the bank was told to pay, and who bears that; by payout. */
  private async differencesOf(tx: EntityManager, moves: readonly Move[]): Promise<Map<PayoutId, BorneDifference>> {
    const differing = moves.flatMap(({ payout, to, status: { difference, outcome, charge } }) => {
      if (!difference || to !== outcome || (to !== 'paid' && to !== 'returned')) return [];
      // What the bank took beside it is a part of the difference then.
      const more = to === 'paid' && charge !== undefined ? charge - bookedCost(payout) : 0n;
      return [{ payout, to, difference: { ...difference, amount: difference.amount + more } }] as const;
    });
    const bearers = await this.payouts.findBearers(tx, [...new Set(differing.map(({ payout }) => payout.batchId))]);
    return new Map(
      differing.map(({ payout, to, difference: { amount, bearer } }) => [
        payout.id,
        { payout, to, amount, bearer: bearer === 'policy' ? (bearers.get(payout.batchId) ?? 'platform') : 'platform' },
      ]),
    );
  }

  private async noteDifferences(tx: EntityManager, differences: ReadonlyMap<PayoutId, BorneDifference>): Promise<void> {
    for (const [id, { payout, to, amount, bearer }] of differences) {
      const costs: PayoutCosts =
        to === 'paid'
          ? { paidCost: bookedCost(payout) + amount }
          : { returnCost: -amount, returnCostMerchant: bearer === 'merchant' ? -amount : 0n };
      await this.payouts.noteCosts(tx, id, costs);
    }
  }
}

function outcomeText(reference: string, to: 'paid' | 'failed' | 'returned', code: string | null): string {
  if (code === null || to === 'paid') return journalText(to, { reference });
  return journalText(to === 'failed' ? 'failedBecause' : 'returnedBecause', { reference, code });
}
