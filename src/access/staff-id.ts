import type { AccessErrorCode } from './errors.js';
import type { Principal } from './principal.js';
import { DomainError } from '../shared/domain-error.js';
import type { StaffId } from '../shared/ids.js';

/** The member of staff who acts: maker and checker must be two people. Throws `access.forbidden` for any other caller. */
export function staffIdOf(principal: Principal): StaffId {
  if (principal.kind !== 'staff')
    throw new DomainError<AccessErrorCode>('access.forbidden', 'Only a member of staff may do this.');
  return principal.staffId;
}
