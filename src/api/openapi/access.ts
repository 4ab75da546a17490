import type { DocumentBuilder } from '@nestjs/swagger';
import { MERCHANT_COOKIE, ROLES, SESSION_COOKIE, type Caller } from '../../access/index.js';
import type { Operation } from './operation.js';

type SecurityScheme = Parameters<DocumentBuilder['addSecurity']>[1];

/** One scheme for each kind of caller, so that a reader sees which credential an operation takes. */
export const SECURITY_SCHEMES: Readonly<Record<string, SecurityScheme>> = {
  secretKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'sk_…',
    description: 'A storefront’s secret key: for the shop’s servers alone.',
  },
  publishableKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'pk_…',
    description: 'A storefront’s publishable key: for shoppers’ browsers, from the storefront’s origins.',
  },
  staffToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'yks_…',
    description: 'The token of `POST /v1/staff/sessions`. Roles decide which operations it opens.',
  },
  staffCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'The same session as a cookie (`__Host-yinke_session` where the public address is https); changes are only taken from this installation’s own pages. With the header `Yinke-Unattended: 1` a call does not count as use, by which a session stays alive.',
  },
  merchantSession: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ykm_…',
    description: 'The token of `POST /v1/merchants/sessions`: opens what is the merchant’s own.',
  },
  merchantCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: MERCHANT_COOKIE,
    description:
      'The same session as a cookie (`__Host-yinke_merchant` likewise); changes are only taken from this installation’s own pages. Where a browser has both cookies, the merchant’s counts with the header `Yinke-Caller: merchant`.',
  },
  widgetToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ykw_…',
    description:
      'The token of `POST /v1/merchants/{id}/widget-tokens`: reads what one merchant has, from the storefront’s origins.',
  },
  applicationToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of `POST /v1/merchant-applications`: opens the application until the first sign-in.',
  },
};

/** Says of each operation which credentials it takes, and which roles. */
export function addAccess(operations: readonly Operation[]): void {
  for (const { spec, callers } of operations) {
    spec.security = securityOf(callers);
    // The doc comment of a handler: its first clause is the title, and the whole is told below when there is more.
    const told = spec.summary ?? '';
    spec.summary = told.replace(/(?:[:;]|\.(?=\s|$)).*$/s, '').trim();
    const whole = told.replace(/\.$/, '') === spec.summary ? [] : [told];
    spec.description = [...whole, `Allowed: ${describe(callers)}.`].join('\n\n');
  }
}

/** Whether no credential is needed. */
export function isOpen(callers: readonly Caller[]): boolean {
  return callers.includes('anyone');
}

/** Whether members of staff may call, in some role. */
function isForStaff(callers: readonly Caller[]): boolean {
  return callers.some((caller) => caller === 'staff' || isRole(caller));
}

function securityOf(callers: readonly Caller[]): Record<string, string[]>[] {
  const schemes = [
    ...(callers.includes('secret-key') ? ['secretKey'] : []),
    ...(callers.includes('publishable-key') ? ['publishableKey'] : []),
    ...(isForStaff(callers) ? ['staffToken', 'staffCookie'] : []),
    ...(callers.includes('merchant') ? ['merchantSession', 'merchantCookie'] : []),
    ...(callers.includes('widget') ? ['widgetToken'] : []),
    ...(callers.includes('applicant') ? ['applicationToken'] : []),
  ];
  if (schemes.length === 0) return [];
  return [...schemes.map((scheme) => ({ [scheme]: [] })), ...(isOpen(callers) ? [{}] : [])];
}

const WORDS: Partial<Record<Caller, string>> = {
  anyone: 'anyone',
  'secret-key': 'a storefront’s secret key',
  'publishable-key': 'a storefront’s publishable key',
  staff: 'staff in any role',
  merchant: 'the merchant, signed in',
  widget: 'a widget on the shop’s pages',
  applicant: 'the applicant, by the token of the application',
};

function describe(callers: readonly Caller[]): string {
  const roles = callers.filter(isRole);
  // Who is enrolling is staff too.
  const others = callers.filter((caller) => !isRole(caller) && caller !== 'enrolling');
  return [
    ...others.map((caller) => WORDS[caller] ?? caller),
    ...(roles.length > 0 ? [`staff in the role of ${roles.join(' or ')}`] : []),
  ].join('; ');
}

function isRole(caller: Caller): boolean {
  return (ROLES as readonly string[]).includes(caller);
}
