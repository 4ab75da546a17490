import { DomainError } from '../../shared/domain-error.js';
import type { PayoutErrorCode } from './errors.js';
import type { JournalKind } from '../ledger/index.js';
import type { PayoutId } from '../../shared/ids.js';

/** What one payout is; outcomes belong to payouts and never to their batch. */
export const PAYOUT_STATES = [
  'draft',
  'awaiting-approval',
  'approved',
  'submitting',
  'accepted',
  'unknown',
  'paid',
  'failed',
  'returned',
  'cancelled',
  'rejected',
  'withdrawn',
] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];

/** Every move there is. `unknown` leaves by an answer or a statement only; nothing here is moved by a timer. */
export const transitions: Readonly<Record<PayoutState, readonly PayoutState[]>> = {
  draft: ['awaiting-approval', 'cancelled'],
  'awaiting-approval': ['approved', 'rejected', 'cancelled', 'draft'],
  approved: ['submitting', 'cancelled'],
  // Withdrawn by people, from a file that the bank never took; no bank says that.
  submitting: ['accepted', 'unknown', 'failed', 'withdrawn'],
  unknown: ['accepted', 'paid', 'failed'],
  accepted: ['paid', 'failed'],
  paid: ['returned'],
  failed: [],
  returned: [],
  cancelled: [],
  rejected: [],
  withdrawn: [],
};

/** Money is with the bank, or may be: these payouts make up `in-transit` (invariant 7). */
export const OPEN_STATES = ['submitting', 'accepted', 'unknown'] as const satisfies readonly PayoutState[];

/** Whether the payee has to agree to the transfer before the rail pays it, as far as the rail's last answer says. */
export function waitsForPayee<P extends { state: PayoutState; confirmation: string | null }>(
  payout: P,
): payout is P & { confirmation: string } {
  return payout.state === 'accepted' && payout.confirmation !== null;
}

/** Throws `payout.wrong-state` unless the table allows the move. */
export function assertTransition(from: PayoutState, to: PayoutState): void {
  if (transitions[from].includes(to)) return;
  throw new DomainError<PayoutErrorCode>('payout.wrong-state', `A payout that is ${from} cannot become ${to}.`);
}

/** What a bank can say of a payout. */
export type Outcome = 'accepted' | 'unknown' | 'paid' | 'failed' | 'returned';

/**
 * What a bank's status does to a payout in some state:
 * - `apply`: it moves, through every state in `path`. A booking proves that the bank had accepted, a return that it had paid.
 * - `duplicate`: it is there already. `late`: it has been there and is further on. Nothing happens.
 * - `contradicting`: no such way. Nothing happens, and a person has to look.
 */
export type Verdict =
  | { kind: 'apply'; path: readonly PayoutState[] }
  | { kind: 'duplicate' }
  | { kind: 'late' }
  | { kind: 'contradicting' };

/** What a state says has already happened, so that hearing of it again is only late. */
const behind: Readonly<Record<PayoutState, readonly Outcome[]>> = {
  draft: [],
  'awaiting-approval': [],
  approved: [],
  submitting: [],
  unknown: [],
  accepted: ['unknown'],
  paid: ['unknown', 'accepted'],
  failed: ['unknown', 'accepted'],
  returned: ['unknown', 'accepted', 'paid'],
  cancelled: [],
  rejected: [],
  // Its money went back: whatever a bank says of it now is for a person.
  withdrawn: [],
};

/** Decides what a bank's status does; see {@link Verdict}. */
export function judge(state: PayoutState, outcome: Outcome): Verdict {
  if (state === outcome) return { kind: 'duplicate' };
  if (behind[state].includes(outcome)) return { kind: 'late' };
  const path = pathTo(state, outcome);
  return path === null ? { kind: 'contradicting' } : { kind: 'apply', path };
}

/** The states passed through until `to`, with it; only what a bank does to money that it has been given. */
function pathTo(from: PayoutState, to: Outcome): PayoutState[] | null {
  if (!isOpen(from) && from !== 'paid') return null;
  if (transitions[from].includes(to)) return [to];
  if (to === 'paid') return from === 'submitting' ? ['accepted', 'paid'] : null;
  if (to === 'returned') return from === 'submitting' ? ['accepted', 'paid', 'returned'] : ['paid', 'returned'];
  return null;
}

function isOpen(state: PayoutState): boolean {
  return (OPEN_STATES as readonly PayoutState[]).includes(state);
}

/** Journal of each move that moves money. Its business key holds the payout's id: one of each, ever. */
export const JOURNALS = {
  reserved: 'payout-reserved',
  cancelled: 'payout-cancelled',
  submitted: 'payout-submitted',
  paid: 'payout-paid',
  failed: 'payout-failed',
  returned: 'payout-returned',
  charged: 'payout-charged',
  withdrawn: 'payout-withdrawn',
} as const satisfies Record<string, JournalKind>;

export function journalKey(move: keyof typeof JOURNALS, payoutId: PayoutId): string {
  return `payout.${move}:${payoutId}`;
}
