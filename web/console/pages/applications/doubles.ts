import { identityKey } from '../../../../src/shared/identity-key.js';

/** What of two people can be the same. */
export type Signal = 'wechatId' | 'name' | 'phone' | 'email' | 'accountHolder' | 'accountNumber';

/** What is known of an applicant and of a merchant alike. */
export interface Person {
  id: string;
  wechatId: string;
  displayName: string;
  phone: string | null;
  email: string | null;
  bankAccount: { holder: string; maskedNumber: string; country: string } | null;
  createdAt: string;
}

export interface Double<Other extends Person> {
  person: Other;
  same: Signal[];
}

/** How much a coincidence says: one of a name says less than one of a telephone. */
const WEIGHT: Record<Signal, number> = {
  wechatId: 5,
  phone: 4,
  email: 4,
  accountHolder: 3,
  accountNumber: 2,
  name: 2,
};

const SHOWN = 6;

/** Who is likely to be the same person, the likeliest first. */
export function likelyDoubles<Other extends Person>(of: Person, among: readonly Other[]): Double<Other>[] {
  return among
    .filter(({ id }) => id !== of.id)
    .map((person) => ({ person, same: whatIsTheSame(of, person) }))
    .filter(({ same }) => same.length > 0)
    .sort((a, b) => weightOf(b.same) - weightOf(a.same))
    .slice(0, SHOWN);
}

/** What two people have in common. */
export function whatIsTheSame(one: Person, other: Person): Signal[] {
  const checks: [Signal, boolean][] = [
    ['wechatId', identityKey(one.wechatId) === identityKey(other.wechatId)],
    ['name', similarNames(one.displayName, other.displayName)],
    ['phone', samePhone(one.phone, other.phone)],
    ['email', one.email !== null && other.email !== null && identityKey(one.email) === identityKey(other.email)],
    [
      'accountHolder',
      one.bankAccount !== null &&
        other.bankAccount !== null &&
        similarNames(one.bankAccount.holder, other.bankAccount.holder),
    ],
    [
      'accountNumber',
      one.bankAccount !== null &&
        other.bankAccount !== null &&
        one.bankAccount.country === other.bankAccount.country &&
        one.bankAccount.maskedNumber === other.bankAccount.maskedNumber,
    ],
  ];
  return checks.filter(([, same]) => same).map(([signal]) => signal);
}

function weightOf(same: readonly Signal[]): number {
  return same.reduce((sum, signal) => sum + WEIGHT[signal], 0);
}

/** The same digits, with or without the country's in front. */
function samePhone(one: string | null, other: string | null): boolean {
  const [a, b] = [one, other].map((phone) => (phone ?? '').replace(/\D/g, '').replace(/^0+/, ''));
  if (!a || !b || Math.min(a.length, b.length) < 7) return false;
  return a.endsWith(b) || b.endsWith(a);
}

/** The same words in any order; names in Latin letters of some length may differ by two letters. */
export function similarNames(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) =>
    name
      .split(/[\s·.,'’_-]+/u)
      .map(identityKey)
      .sort()
      .join(''),
  );
  if (!a || !b) return false;
  if (a === b || identityKey(one) === identityKey(other)) return true;
  const latin = /^\p{Script=Latin}+$/u;
  return latin.test(a) && latin.test(b) && Math.min(a.length, b.length) >= 6 && distance(a, b) <= 2;
}

/** How many letters have to be changed, added or removed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries())
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
