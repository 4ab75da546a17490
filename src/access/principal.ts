import type { ApiKeyId, StaffId, StorefrontId, MerchantId, SessionId } from '../shared/ids.js';
/** What staff may be. The admin sets up; money needs a maker and a checker who are two people. */
export const ROLES = ['admin', 'reviewer', 'finance-maker', 'finance-checker', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who calls. */
export type Principal =
  | { kind: 'anonymous' }
  | { kind: 'storefront'; storefrontId: StorefrontId; keyKind: 'secret' | 'publishable'; keyId: ApiKeyId }
  /** `mustEnrol`: staff need a second factor, and this person has none yet. */
  | { kind: 'staff'; staffId: StaffId; email: string; roles: readonly Role[]; mustEnrol?: boolean }
  /** `isFresh`: a code that was sent to the merchant was given in this session a few minutes ago; `expiresAt`: when it ends. */
  | { kind: 'merchant'; merchantId: MerchantId; sessionId: SessionId; isFresh: boolean; expiresAt: Date }
  | { kind: 'widget'; merchantId: MerchantId; storefrontId: StorefrontId };

/**
 * Who may call a route: a key kind, a role, `staff` for any role, a signed-in `merchant` (where there is an `:id`, the one of that id),
 * staff who are `enrolling`, since they have to have a second factor before they may do anything else;
 * a `widget` that reads for the merchant of that id, or `anyone`; `applicant`: whoever has the token of an application, at which the route looks itself.
 */
export type Caller =
  'anyone' | 'enrolling' | 'secret-key' | 'publishable-key' | 'applicant' | 'merchant' | 'widget' | 'staff' | Role;

export const ANONYMOUS: Principal = Object.freeze({ kind: 'anonymous' });

/** Whether one of `callers` is this principal. */
export function mayCall(callers: readonly Caller[], principal: Principal): boolean {
  if (callers.includes('anyone') || callers.includes('applicant')) return true;
  switch (principal.kind) {
    case 'anonymous':
      return false;
    case 'storefront':
      return callers.includes(principal.keyKind === 'secret' ? 'secret-key' : 'publishable-key');
    case 'merchant':
    case 'widget':
      return callers.includes(principal.kind);
    case 'staff':
      if (principal.mustEnrol) return callers.includes('enrolling');
      return callers.includes('staff') || principal.roles.some((role) => callers.includes(role));
  }
}

/** Whether pages of shops may call: with a publishable key, or as a widget. */
export function isForBrowsers(callers: readonly Caller[]): boolean {
  return callers.includes('publishable-key') || callers.includes('widget');
}
