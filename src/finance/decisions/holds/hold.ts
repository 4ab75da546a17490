import type { RowOf } from '../../../core/table.js';
import { DomainError, whoWasFaster } from '../../../shared/domain-error.js';
import { newId, type HoldId, type StaffId } from '../../../shared/ids.js';
import { minAmount } from '../../../shared/money.js';
import type { DecisionErrorCode } from '../errors.js';
import type { PostedJournal } from '../../ledger/index.js';
import type { HoldCause, HoldSource, HoldState } from './hold-state.js';
import type { HoldEntity } from './hold.entity.js';

export * from './hold-state.js';

export type Hold = RowOf<HoldEntity>;

export type Decision = Extract<HoldState, 'released' | 'voided'>;

export interface Decided {
  decision: Decision;
  by: StaffId;
  at: Date;
  reason: string;
}

/** Which state may follow which. */
export const transitions: Record<HoldState, readonly HoldState[]> = {
  open: ['released', 'voided', 'emptied'],
  released: [],
  voided: [],
  emptied: [],
};

/** Money that a payout brought back was the merchant's already: it can be released, and never voided. */
const NEVER_VOIDED: readonly HoldCause[] = ['bad-account', 'returned-payout'];

/** A new hold of all of `amount`. */
export function openHold(
  hold: Pick<Hold, 'merchantId' | 'asset' | 'amount' | 'source' | 'cause' | 'reason' | 'heldBy' | 'heldAt'> &
    Partial<Pick<Hold, 'rewardId' | 'payoutId'>>,
): Hold {
  return {
    rewardId: null,
    payoutId: null,
    ...hold,
    id: newId('hold'),
    remaining: hold.amount,
    refunded: 0n,
    settled: 0n,
    state: 'open',
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
  };
}

/** Throws `hold.same-person`, `hold.wrong-state` and `hold.not-voidable`. */
export function assertDecidable(hold: Hold, { decision, by }: Pick<Decided, 'decision' | 'by'>): void {
  if (hold.heldBy === by) throw refusal('hold.same-person', 'Another person must decide about this.');
  if (!transitions[hold.state].includes(decision))
    throw new DomainError<DecisionErrorCode>(
      'hold.wrong-state',
      `The hold is ${hold.state}.`,
      undefined,
      whoWasFaster({ by: hold.decidedBy, at: hold.decidedAt }),
    );
  if (decision === 'voided' && NEVER_VOIDED.includes(hold.cause))
    throw refusal('hold.not-voidable', 'What a payout brought back is the merchant’s: it can only be released.');
}

/** The hold with all that remains of it settled. Call {@link assertDecidable} before. */
export function settleHold(hold: Hold, { decision, by, at, reason }: Decided): Hold {
  return {
    ...hold,
    remaining: 0n,
    settled: hold.settled + hold.remaining,
    state: decision,
    decidedBy: by,
    decidedAt: at,
    decisionReason: reason,
  };
}

/** Where the money was that the program itself put on hold, by the kind of journal. */
const STOPPED_BY: Partial<Record<PostedJournal['kind'], { cause: HoldCause; source: HoldSource }>> = {
  reward: { cause: 'suspended-merchant', source: 'reward-cost' },
  'payout-failed': { cause: 'bad-account', source: 'in-transit' },
  'payout-returned': { cause: 'returned-payout', source: 'bank' },
};

/**
 * What journals that are not about holds did to `held`: what they put there is a new hold each, what they took of a
 * reward (a refund) shrinks its holds, the oldest first. `open` are the locked open holds of the rewards concerned.
 */
export function followJournals(
  open: readonly Hold[],
  journals: readonly PostedJournal[],
  heldAt: Date,
): { opened: Hold[]; changed: Hold[] } {
  const known = new Set(open.map(({ id }) => id));
  const holds = new Map(open.map((hold) => [hold.id, hold]));
  const changed = new Set<HoldId>();
  for (const { kind, description, entries } of journals)
    for (const { owner: merchantId, asset, account, amount, rewardId = null, payoutId = null } of entries) {
      if (account !== 'held') continue;
      if (amount > 0n) {
        const stopped = STOPPED_BY[kind];
        if (!stopped) throw new Error(`a journal of kind ${kind} put money into held`);
        const reason = kind === 'reward' ? 'The merchant was suspended when the purchase was completed.' : description;
        const hold = openHold({
          merchantId,
          asset,
          amount,
          ...stopped,
          rewardId,
          payoutId,
          reason,
          heldBy: null,
          heldAt,
        });
        holds.set(hold.id, hold);
        continue;
      }
      let left = -amount;
      for (const hold of [...holds.values()].filter((one) => one.rewardId === rewardId)) {
        const taken = minAmount(left, hold.remaining);
        if (taken === 0n) continue;
        left -= taken;
        holds.set(hold.id, shrunk(hold, taken));
        changed.add(hold.id);
      }
      if (left > 0n) throw new Error(`${rewardId ?? 'no reward'} has less on hold than was taken back`);
    }
  const all = [...holds.values()];
  return {
    opened: all.filter(({ id }) => !known.has(id)),
    changed: all.filter(({ id }) => known.has(id) && changed.has(id)),
  };
}

function shrunk(hold: Hold, by: bigint): Hold {
  const remaining = hold.remaining - by;
  return { ...hold, remaining, refunded: hold.refunded + by, state: remaining === 0n ? 'emptied' : hold.state };
}

function refusal(code: DecisionErrorCode, detail: string): DomainError {
  return new DomainError<DecisionErrorCode>(code, detail);
}
