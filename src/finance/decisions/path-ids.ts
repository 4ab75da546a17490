import { KnownId } from '../../shared/known-id.js';
import type { DecisionErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const ADJUSTMENT_ID = new KnownId('adjustment', 'adjustment.not-found' satisfies DecisionErrorCode);
export const HOLD_ID = new KnownId('hold', 'hold.not-found' satisfies DecisionErrorCode);
