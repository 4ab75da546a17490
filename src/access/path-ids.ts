import { KnownId } from '../shared/known-id.js';
import type { AccessErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const STAFF_ID = new KnownId('staff', 'staff.not-found' satisfies AccessErrorCode);
export const STAFF_CHANGE_ID = new KnownId('staffChange', 'staff-change.not-found' satisfies AccessErrorCode);
export const API_KEY_ID = new KnownId('apiKey', 'key.not-found' satisfies AccessErrorCode);
export const SESSION_ID = new KnownId('session', 'session.not-found' satisfies AccessErrorCode);
