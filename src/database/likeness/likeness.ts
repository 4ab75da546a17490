import { emailKey } from '../../shared/email-key.js';
import { identityKey } from '../../shared/identity-key.js';

/** What of two people can be the same. */
export const SIGNALS = ['wechatId', 'phone', 'email', 'accountHolder', 'accountNumber', 'name'] as const;
export type Signal = (typeof SIGNALS)[number];

/** What is known of an applicant and of a merchant alike. */
export interface Person {
  wechatId: string;
  displayName: string;
  phone: string | null;
  email: string | null;
  /** The number as its hash. */
  bankAccount: { holder: string; numberHash: string } | null;
}

/** How much a coincidence says: one of a name says less than one of a telephone. */
const WEIGHT: Record<Signal, number> = {
  wechatId: 5,
  phone: 4,
  email: 4,
  accountHolder: 3,
  accountNumber: 4,
  name: 2,
};

/** Two telephones are compared by so many of their last digits: with or without the country in front. */
const PHONE_DIGITS = 7;
/** Shorter names in Latin letters have to be the same. */
const LONG_NAME = 6;
const SLIPS = 2;
/** A name with two slips has, of these pieces, its beginning or its end as it was. */
const PIECE = 3;

/** What two people have in common. */
export function whatIsTheSame(one: Person, other: Person): Signal[] {
  const same: Record<Signal, boolean> = {
    wechatId: identityKey(one.wechatId) === identityKey(other.wechatId),
    phone: samePhone(one.phone, other.phone),
    email: one.email !== null && other.email !== null && emailKey(one.email) === emailKey(other.email),
    accountHolder:
      one.bankAccount !== null &&
      other.bankAccount !== null &&
      similarNames(one.bankAccount.holder, other.bankAccount.holder),
    accountNumber:
      one.bankAccount !== null &&
      other.bankAccount !== null &&
      one.bankAccount.numberHash === other.bankAccount.numberHash,
    name: similarNames(one.displayName, other.displayName),
  };
  return SIGNALS.filter((signal) => same[signal]);
}

/** How likely two people with so much in common are one. */
export function weightOf(same: readonly Signal[]): number {
  return same.reduce((sum, signal) => sum + WEIGHT[signal], 0);
}

/** The same words in any order; names in Latin letters of some length may differ by two letters. */
export function similarNames(one: string, other: string): boolean {
  const [a, b] = [nameKey(one), nameKey(other)];
  if (!a || !b) return false;
  if (a === b || identityKey(one) === identityKey(other)) return true;
  return isLongLatin(a) && isLongLatin(b) && distance(a, b) <= SLIPS;
}

/**
 * What a person is found by: two people of whom {@link whatIsTheSame} says anything have one of these in common, but for names whose slips are
 * at both ends.
 */
export function marksOf({ wechatId, displayName, phone, email, bankAccount }: Partial<Person>): string[] {
  const digits = phoneDigits(phone ?? null);
  const marks = [
    wechatId !== undefined && `wechat ${identityKey(wechatId)}`,
    digits !== null && `phone ${digits.slice(-PHONE_DIGITS)}`,
    email !== undefined && email !== null && `email ${emailKey(email)}`,
    bankAccount && `account ${bankAccount.numberHash}`,
    ...(displayName === undefined ? [] : nameMarks('name', displayName)),
    ...(bankAccount ? nameMarks('holder', bankAccount.holder) : []),
  ];
  return [...new Set(marks.filter((mark): mark is string => typeof mark === 'string'))];
}

function nameMarks(what: string, name: string): string[] {
  const key = nameKey(name);
  if (!key) return [];
  const whole = [`${what} ${key}`, `${what} ${identityKey(name)}`];
  if (!isLongLatin(key)) return whole;
  return [...whole, `${what} ${key.slice(0, PIECE)}…`, `${what} …${key.slice(-PIECE)}`];
}

/** The words of a name in one order, in one spelling. */
function nameKey(name: string): string {
  return name
    .split(/[\s·.,'’_-]+/u)
    .map(identityKey)
    .sort()
    .join('');
}

function isLongLatin(key: string): boolean {
  return key.length >= LONG_NAME && /^\p{Script=Latin}+$/u.test(key);
}

function samePhone(one: string | null, other: string | null): boolean {
  const [a, b] = [phoneDigits(one), phoneDigits(other)];
  return a !== null && b !== null && (a.endsWith(b) || b.endsWith(a));
}

/** The digits of a telephone number that is long enough to say anything. */
function phoneDigits(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < PHONE_DIGITS ? null : digits;
}

/** How many letters have to be changed, added or removed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
