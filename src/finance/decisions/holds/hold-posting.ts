import { creditEntries, operatorEntry, type Book, type EntryDraft, journalText } from '../../ledger/index.js';
import type { Decided, Hold } from './hold.js';
import type { PayoutId, RewardId } from '../../../shared/ids.js';

/** Posts that money goes on hold. Throws `ledger.insufficient-funds` when it is not there. */
export function postHold(book: Book, hold: Hold): void {
  const { id, amount, source } = hold;
  if (source !== 'pending' && source !== 'available') throw new RangeError(`${id} cannot take from ${source}`);
  book.post({
    businessKey: `hold.opened:${id}`,
    kind: 'hold',
    description: journalText('held'),
    occurredAt: hold.heldAt,
    cause: { type: 'hold', id },
    entries: [
      { ...merchantSide(hold), account: source, amount: -amount },
      { ...merchantSide(hold), account: 'held', amount },
    ],
  });
}

/**
 * Posts what was decided about all that remains of a hold: released to `to` (a credit, so that a negative balance comes
 * first, or pending again), or voided: a reward is no cost then, and a balance is corrected.
 */
export function postDecision(book: Book, hold: Hold, { decision, at }: Decided, to: 'pending' | 'available'): void {
  const { id, merchantId, asset, remaining: amount, rewardId } = hold;
  const references = referencesOf(hold);
  const other = (): EntryDraft[] => {
    if (decision === 'voided')
      return [{ ...operatorEntry(rewardId === null ? 'adjustment' : 'reward-cost', { asset, amount }), ...references }];
    if (to === 'pending') return [{ ...merchantSide(hold), account: 'pending', amount }];
    return creditEntries(book, { merchantId, asset, amount, ...references });
  };
  book.post({
    businessKey: `hold.${decision}:${id}`,
    kind: decision === 'voided' ? 'void' : 'release',
    description: journalText(decision),
    occurredAt: at,
    cause: { type: 'hold', id },
    entries: [{ ...merchantSide(hold), account: 'held', amount: -amount }, ...other()],
  });
}

function merchantSide(hold: Hold) {
  return { owner: hold.merchantId, asset: hold.asset, ...referencesOf(hold) };
}

function referencesOf({ rewardId, payoutId }: Hold): { rewardId?: RewardId; payoutId?: PayoutId } {
  return { ...(rewardId !== null && { rewardId }), ...(payoutId !== null && { payoutId }) };
}
