import type { Channel } from '../../messages/index.js';
import type { StaffId } from '../../shared/ids.js';
import { invalidFields } from '../../shared/domain-error.js';
import { emailKey } from '../../shared/email-key.js';

/** Where a merchant is reached and by what they sign in. */
export interface Contact {
  channel: Channel;
  /** What all spellings have in common. */
  key: string;
}

/** An e-mail address or a telephone number as somebody gives it. */
export interface GivenContact {
  email?: string | null;
  phone?: string | null;
}

/**
 * What all spellings of a telephone number have in common: digits with a `+` before the country. Numbers of mobile telephones in
 * mainland China may be without it; others are as they came.
 */
export function phoneKey(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const international = phone.trim().startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : null;
  if (international !== null) return `+${international}`;
  return /^1[3-9]\d{9}$/.test(digits) ? `+86${digits}` : digits;
}

/** The one contact that is given; null when it is none or two. */
export function contactOf({ email, phone }: GivenContact): Contact | null {
  if (typeof email === 'string' && typeof phone === 'string') return null;
  if (typeof email === 'string') return { channel: 'email', key: emailKey(email) };
  return typeof phone === 'string' ? { channel: 'phone', key: phoneKey(phone) } : null;
}

/** {@link contactOf}. Throws `request.invalid` unless it is one. */
export function theContact(given: GivenContact): Contact {
  const contact = contactOf(given);
  if (contact) return contact;
  const detail = 'give an e-mail address or a telephone number, one of the two';
  throw invalidFields([{ pointer: given.phone === undefined ? '/email' : '/phone', detail }]);
}

/**
 * Whether staff may give a contact: the merchant has none, or has never signed in by the one that staff gave, so that a slip is
 * mended. One that a merchant gave or used is theirs alone.
 */
export function takesContact({
  email,
  phone,
  contactGivenBy,
  contactUsedAt,
}: GivenContact & { contactGivenBy: StaffId | null; contactUsedAt: Date | null }): boolean {
  return contactGivenBy === null ? (email ?? phone ?? null) === null : contactUsedAt === null;
}

/** A contact of which its owner knows which it is, and nobody else what it is. */
export function maskedContact(contact: string): string {
  const [name = '', domain] = contact.split('@');
  if (domain !== undefined) return `${name.slice(0, 1)}***@${domain}`;
  return `•••• ${contact.replace(/\D/g, '').slice(-4)}`;
}
