import type { ApiKeyId, StaffId, StorefrontId } from '../shared/ids.js';
/** What staff may be. The admin sets up; money needs a maker and a checker who are two people. */
export const ROLES = ['admin', 'reviewer', 'finance-maker', 'finance-checker', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who calls. */
export type Principal =
  | { kind: 'anonymous' }
  | { kind: 'storefront'; storefrontId: StorefrontId; keyKind: 'secret' | 'publishable'; keyId: ApiKeyId }
  | { kind: 'staff'; staffId: StaffId; email: string; roles: readonly Role[] };

/** Who may call a route: a key kind, a role, `staff` for any role, the `merchant` of `:id` by a token, or `anyone`. */
export type Caller = 'anyone' | 'secret-key' | 'publishable-key' | 'merchant' | 'staff' | Role;

export const ANONYMOUS: Principal = Object.freeze({ kind: 'anonymous' });

/** Whether one of `callers` is this principal. */
export function mayCall(callers: readonly Caller[], principal: Principal): boolean {
  if (callers.includes('anyone')) return true;
  switch (principal.kind) {
    case 'anonymous':
      return false;
    case 'storefront':
      return callers.includes(principal.keyKind === 'secret' ? 'secret-key' : 'publishable-key');
    case 'staff':
      return callers.includes('staff') || principal.roles.some((role) => callers.includes(role));
  }
}
