import { DomainError, whoWasFaster } from '../../../shared/domain-error.js';
import type { DecisionErrorCode } from '../errors.js';
import type { StaffId } from '../../../shared/ids.js';

export const ADJUSTMENT_STATES = ['awaiting-approval', 'approved', 'rejected'] as const;
export type AdjustmentState = (typeof ADJUSTMENT_STATES)[number];

export const transitions: Record<AdjustmentState, readonly AdjustmentState[]> = {
  'awaiting-approval': ['approved', 'rejected'],
  approved: [],
  rejected: [],
};

/** Throws `adjustment.same-person` when the decider made it, and `adjustment.wrong-state` when it has been decided. */
export function assertDecidable(
  adjustment: { state: AdjustmentState; madeBy: StaffId; decidedBy: StaffId | null; decidedAt: Date | null },
  decision: AdjustmentState,
  decidedBy: StaffId,
): void {
  if (adjustment.madeBy === decidedBy)
    throw new DomainError<DecisionErrorCode>('adjustment.same-person', 'Another person must decide about this.');
  if (!transitions[adjustment.state].includes(decision))
    throw new DomainError<DecisionErrorCode>(
      'adjustment.wrong-state',
      `The adjustment is ${adjustment.state} already.`,
      undefined,
      whoWasFaster({ by: adjustment.decidedBy, at: adjustment.decidedAt }),
    );
}
