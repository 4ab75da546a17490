import type { Principal } from './principal.js';

/** A person of the operator's: only these people move money. */
export type Staff = Extract<Principal, { kind: 'staff' }>;
