import { createHash } from 'node:crypto';
import { DomainError, whoWasFaster, type Faster } from '../../shared/domain-error.js';
import type { PayoutErrorCode } from './errors.js';
import { OPEN_STATES, type PayoutState } from './payout.js';
import type { MerchantId, PayoutBatchId, PayoutId, StaffId } from '../../shared/ids.js';
import { sumOf } from '../../shared/amount.js';

/** How far people have taken a batch. What became of the money is said by its payouts alone. */
export const WORKFLOW_STATES = [
  'draft',
  'awaiting-approval',
  'approved',
  'submitted',
  'rejected',
  'cancelled',
  'withdrawn',
] as const;
export type WorkflowState = (typeof WORKFLOW_STATES)[number];

/** As shown: a submitted batch is `completed` once every payout of it has its outcome. */
export type BatchState = WorkflowState | 'completed';

export const batchTransitions: Readonly<Record<WorkflowState, readonly WorkflowState[]>> = {
  draft: ['awaiting-approval', 'cancelled'],
  'awaiting-approval': ['approved', 'rejected', 'cancelled', 'draft'],
  approved: ['submitted', 'cancelled'],
  // Only when the file never reached the bank; see payout-request.service.ts.
  submitted: ['withdrawn'],
  rejected: [],
  cancelled: [],
  withdrawn: [],
};

/** Who took a batch how far, and when. */
export interface BatchSteps {
  state: WorkflowState;
  requestedBy: StaffId | null;
  requestedAt: Date | null;
  approvedBy: StaffId | null;
  approvedAt: Date | null;
  submittedBy: StaffId | null;
  submittedAt: Date | null;
  endedBy: StaffId | null;
  endedAt: Date | null;
}

/** Throws `payout.wrong-state` unless the table allows the move; it names who brought the batch to where it is. */
export function assertBatchTransition(batch: BatchSteps, to: WorkflowState): void {
  if (batchTransitions[batch.state].includes(to)) return;
  const detail = `A batch that is ${batch.state} cannot become ${to}.`;
  throw new DomainError<PayoutErrorCode>('payout.wrong-state', detail, undefined, whoWasFaster(lastStep(batch)));
}

function lastStep(batch: BatchSteps): Faster {
  switch (batch.state) {
    case 'draft':
      return { by: null, at: null };
    case 'awaiting-approval':
      return { by: batch.requestedBy, at: batch.requestedAt };
    case 'approved':
      return { by: batch.approvedBy, at: batch.approvedAt };
    case 'submitted':
      return { by: batch.submittedBy, at: batch.submittedAt };
    default:
      return { by: batch.endedBy, at: batch.endedAt };
  }
}

/** The state to show, from the workflow and how many payouts there are of each state. */
export function batchState(workflow: WorkflowState, counts: ReadonlyMap<PayoutState, number>): BatchState {
  if (workflow !== 'submitted') return workflow;
  return OPEN_STATES.some((state) => (counts.get(state) ?? 0) > 0) ? 'submitted' : 'completed';
}

/** Why a merchant is not in a batch. */
export const SKIP_REASONS = [
  'unknown-merchant',
  'suspended',
  'closed',
  'owed',
  'held',
  'bank-line-open',
  'below-minimum',
  'above-maximum',
  'fee-exceeds-amount',
  'no-bank-account',
  'no-wechat-openid',
  'not-expressible',
  'batch-full',
  'account-changed',
  'less-available',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why a payout that was approved is not sent after all: its merchant must not be paid now. */
export const STOP_REASONS = [
  'unknown-merchant',
  'suspended',
  'closed',
  'account-changed',
  'bank-line-open',
  'held',
] as const satisfies readonly SkipReason[];
export type StopReason = (typeof STOP_REASONS)[number];

/** What an approval binds of a batch. */
export interface BatchContent {
  id: PayoutBatchId;
  rail: string;
  /** Of the file, on a rail that writes files. */
  fileFormat: string | null;
  currency: string;
  payoutCount: number;
  controlSum: bigint;
  /** The terms that it was drafted under; null on batches from before there were any. */
  policy: string | null;
}

/** What an approval binds of a payout. */
export interface PayoutContent {
  id: PayoutId;
  merchantId: MerchantId;
  reference: string;
  amount: bigint;
  /** These two are bound in batches that have a policy. */
  sentAmount: bigint;
  fee: bigint;
  currency: string;
  numberHash: string;
  holder: string;
  holderSent: string;
  townSent: string | null;
  bankName: string | null;
  bic: string | null;
  country: string;
  /** The payout that is tried again with this one. */
  retryOf: PayoutId | null;
}

/**
 * Links of the chain that an approval signs: each is the hash of the one before and a payout's content, the first that
 * of the batch. So a payout that is changed, added, removed or moved breaks it, and the audit can follow it in SQL
 * (approval-invariants.ts says the same in SQL; change both).
 */
export function approvalChain(batch: BatchContent, payouts: readonly PayoutContent[]): string[] {
  const { id, rail, currency, payoutCount, controlSum, fileFormat, policy } = batch;
  const known = (value: string | null) => (value === null ? [] : [value]);
  let link = digest([id, rail, currency, payoutCount, controlSum, ...known(fileFormat), ...known(policy)]);
  return payouts.map((p) => {
    link = digest([
      link,
      p.id,
      p.merchantId,
      p.reference,
      p.amount,
      p.currency,
      p.numberHash,
      p.holder,
      p.holderSent,
      p.bankName ?? '',
      p.bic ?? '',
      p.country,
      ...(policy === null ? [] : [p.sentAmount, p.fee]),
      // Named, so that no town stands for a payout that is tried again.
      ...known(p.townSent === null ? null : `town:${p.townSent}`),
      ...known(p.retryOf),
    ]);
    return link;
  });
}

function digest(fields: readonly (string | number | bigint)[]): string {
  return createHash('sha256').update(fields.join('\n'), 'utf8').digest('hex');
}

/** What payouts of a batch come to in its currency: none of another is ever in it. */
export function totalOf<Of extends 'amount' | 'sentAmount'>(
  { currency }: Pick<BatchContent, 'currency'>,
  payouts: readonly Pick<PayoutContent, 'currency' | Of>[],
  of: Of,
): bigint {
  return sumOf(
    currency,
    payouts.map((payout) => ({ asset: payout.currency, amount: payout[of] })),
  ).amount;
}
