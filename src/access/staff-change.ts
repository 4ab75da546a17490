import type { Role } from './principal.js';

/** Roles that move money; `admin` among them, since admins give roles. */
const MONEY_ROLES: readonly Role[] = ['admin', 'finance-maker', 'finance-checker'];

/** What happens to an account: somebody new, other roles, back after it was deactivated, or a new password. */
export const STAFF_CHANGE_KINDS = ['invite', 'roles', 'reactivate', 'password'] as const;
export type StaffChangeKind = (typeof STAFF_CHANGE_KINDS)[number];

/**
 * `alone`: the only admin there had ever been did it without consent; `by-operator`: whoever runs the servers did it by a command. A
 * change that waits past its time is shown as `expired`.
 */
export const STAFF_CHANGE_STATES = ['waiting', 'consented', 'refused', 'withdrawn', 'alone', 'by-operator'] as const;
export type StaffChangeState = (typeof STAFF_CHANGE_STATES)[number];

/** What of an account its changes go by. */
export interface Account {
  roles: readonly Role[];
  /** Whether they may sign in: not deactivated, and with a password. */
  active: boolean;
  ownPassword: boolean;
  /** Whether they are or ever were an admin with a password of their own. */
  wasAdmin: boolean;
}

/** Who has to agree to a change: nobody else; a second admin; or there never was one, and the only admin does it alone. */
export type Consent = 'not-needed' | 'second-admin' | 'alone';

/** Whether an account is one that moves money. */
export function movesMoney(roles: readonly Role[]): boolean {
  return roles.some((role) => MONEY_ROLES.includes(role));
}

/**
 * Whether the operator is still being set up: never have two people been admins who alone know their passwords. Until then there is
 * nobody who could consent.
 */
export function isSettingUp(accounts: readonly Account[]): boolean {
  return accounts.filter(({ wasAdmin }) => wasAdmin).length < 2;
}

/** Who has to agree that `asked` happens. `sendsLink`: somebody other than the person would see a link that sets their password. */
export function consentFor(
  asked: { kind: StaffChangeKind; before: readonly Role[]; roles: readonly Role[]; sendsLink: boolean },
  settingUp: boolean,
): Consent {
  const { kind, before, roles, sendsLink } = asked;
  const given = kind === 'roles' ? roles.filter((role) => !before.includes(role)) : roles;
  if (!movesMoney(given) || (kind === 'password' && !sendsLink)) return 'not-needed';
  return settingUp ? 'alone' : 'second-admin';
}
