import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { DomainError, type SharedErrorCode } from '../shared/domain-error.js';

/** argon2id as OWASP recommends it: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash that no password has, of the same cost: verifying against it takes as long as against a real one. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Passwords are looked at so many at once, in threads that files and compression need too; of who waits there are so many at most. */
const AT_ONCE = 2;
const WAITING = 40;
const limit = pLimit(AT_ONCE);

/** argon2id with its parameters and salt, as one string. Throws `service.busy`. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), COST));
}

/** Whether the password is the hashed one. Without a hash it does the same work and says no. Throws `service.busy`. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? NOBODY, password.normalize('NFC')));
  return matches && passwordHash !== undefined;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (limit.activeCount + limit.pendingCount >= AT_ONCE + WAITING)
    throw new DomainError<SharedErrorCode>('service.busy', 'Too many passwords are looked at in this moment.');
  return limit(work);
}
