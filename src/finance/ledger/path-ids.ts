import { KnownId } from '../../shared/known-id.js';
import type { LedgerErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const JOURNAL_ID = new KnownId('journal', 'journal.not-found' satisfies LedgerErrorCode);
