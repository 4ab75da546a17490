import type { Principal } from './principal.js';

/** A person of the operator's: money is moved by nobody else. */
export type Staff = Extract<Principal, { kind: 'staff' }>;
