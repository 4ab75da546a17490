/** What staff may be. The admin sets up; money needs a maker and a checker who are two people. */
export const ROLES = ['admin', 'reviewer', 'finance-maker', 'finance-checker', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who calls. */
export type Principal =
  | { kind: 'anonymous' }
  | { kind: 'storefront'; storefrontId: string; keyKind: 'secret' | 'publishable'; keyId: string }
  | { kind: 'staff'; staffId: string; email: string; roles: readonly Role[] };

/** Who may call a route: a key kind, a role, `staff` for any role, or `anyone`. */
export type Caller = 'anyone' | 'secret-key' | 'publishable-key' | 'staff' | Role;
