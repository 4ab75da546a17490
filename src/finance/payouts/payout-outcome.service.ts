import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { followJournals } from '../holds/hold.js';
import { HoldRepository } from '../holds/hold.repository.js';
import { creditEntries, platformEntry, type Book } from '../ledger/book.js';
import type { EntryDraft } from '../ledger/journal.js';
import { Ledger } from '../ledger/ledger.js';
import { journalText } from '../ledger/journal-text.js';
import { JOURNALS, journalKey, judge, type Outcome, type PayoutState, type Verdict } from './payout.js';
import type { PayoutEntity } from './payouts.entities.js';
import { PayoutRepository } from './payout.repository.js';
import { feePayer } from './payout-policy.js';
import { isBadAccount } from './rails/payout-rail.js';

/** What a bank said of one payout. */
export interface BankWord {
  payoutId: string;
  outcome: Outcome;
  /** ISO 20022 reason; decides where the money of a failure goes. */
  reasonCode: string | null;
  reason: string | null;
  /** When it happened, by the bank. */
  at: Date;
}

interface Move {
  payout: PayoutEntity;
  to: PayoutState;
  word: BankWord;
}

/** The one place where money in transit finds its end, whoever brings the bank's word. */
@Injectable()
export class PayoutOutcomeService {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly holds: HoldRepository,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies words in the order given, each at most once for ever; returns what each did. Locks the payouts, then their
   * merchants' accounts. Unknown payouts are `contradicting`.
   */
  async record(tx: EntityManager, words: readonly BankWord[]): Promise<Verdict[]> {
    const locked = await this.payouts.lockPayouts(
      tx,
      words.map((word) => word.payoutId),
    );
    const now = new Map([...locked].map(([id, payout]) => [id, payout.state]));
    const moves: Move[] = [];
    const last = new Map<string, Move>();
    const verdicts = words.map((word): Verdict => {
      const payout = locked.get(word.payoutId);
      const state = now.get(word.payoutId);
      if (!payout || !state) return { kind: 'contradicting' };
      const verdict = judge(state, word.outcome);
      if (verdict.kind !== 'apply') return verdict;
      for (const to of verdict.path) {
        const move = { payout, to, word };
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
    const stateAt = this.clock.now();
    const alike = new Map<string, { first: Move; payouts: PayoutEntity[] }>();
    for (const move of moves) {
      const { payout, to, word } = move;
      const key = JSON.stringify([payout.state, to, word.reasonCode, word.reason]);
      const group = alike.get(key) ?? { first: move, payouts: [] };
      group.payouts.push(payout);
      alike.set(key, group);
    }
    for (const { first, payouts } of alike.values()) {
      const { to: state, word } = first;
      const reasonCode = state === 'failed' || state === 'returned' ? word.reasonCode : null;
      const facts = { state, stateAt, reason: word.reason, reasonCode };
      await this.payouts.movePayouts(tx, payouts, first.payout.state, facts);
    }
  }

  private async post(tx: EntityManager, moves: readonly Move[]): Promise<void> {
    const money = moves.flatMap(({ payout, to, word }) =>
      to === 'paid' || to === 'failed' || to === 'returned' ? [{ payout, to, word }] : [],
    );
    if (money.length === 0) return;
    const accounts = money.map(({ payout }) => ({ merchantId: payout.merchantId, asset: payout.currency }));
    const journals = await this.ledger.post(tx, accounts, (book) => {
      for (const { payout, to, word } of money)
        book.post({
          businessKey: journalKey(to, payout.id),
          kind: JOURNALS[to],
          description: outcomeText(payout.reference, to, word.reasonCode),
          occurredAt: word.at,
          cause: { type: 'payout', id: payout.id },
          entries: entriesOf(book, payout, to, isBadAccount(word.reasonCode)),
        });
      return book.journals;
    });
    await this.holds.insert(tx, followJournals([], journals, this.clock.now()).opened);
  }
}

function entriesOf(
  book: Book,
  payout: PayoutEntity,
  to: 'paid' | 'failed' | 'returned',
  badAccount: boolean,
): EntryDraft[] {
  const { id: payoutId, merchantId, currency: asset, amount, sentAmount, fee } = payout;
  const common = { asset, payoutId };
  const inTransit = { ...common, owner: `rail:${payout.rail}`, account: 'in-transit' as const };
  const bank = { ...common, owner: `bank:${asset}`, account: 'bank' as const };
  const held = { ...common, owner: merchantId, account: 'held' as const, amount };
  const fees = (sum: bigint) => platformEntry('fees', { ...common, amount: sum });
  const payer = feePayer(payout);
  switch (to) {
    case 'paid':
      return [
        { ...inTransit, amount: -amount },
        { ...bank, amount: sentAmount },
        ...(payer === 'merchant' ? [fees(fee)] : []),
        ...(payer === 'platform' ? [fees(-fee), { ...bank, amount: fee }] : []),
      ];
    case 'failed':
      return [
        { ...inTransit, amount: -amount },
        ...(badAccount ? [held] : creditEntries(book, { merchantId, asset, amount, payoutId })),
      ];
    case 'returned':
      // The merchant has all of it back; what the operator paid for the attempt stays a cost.
      return [{ ...bank, amount: -sentAmount }, ...(payer === 'merchant' ? [fees(-fee)] : []), held];
  }
}

function outcomeText(reference: string, to: 'paid' | 'failed' | 'returned', code: string | null): string {
  if (code === null || to === 'paid') return journalText(to, { reference });
  return journalText(to === 'failed' ? 'failedBecause' : 'returnedBecause', { reference, code });
}
