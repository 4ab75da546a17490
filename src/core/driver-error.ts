import { NO_WRITER } from './writer.js';
import { NO_CONNECTION_IN_TIME } from './limited-pool.js';

/** The server's name for what went wrong (`ER_DUP_ENTRY`), or undefined when the error is not the database's. */
export function driverErrorCode(error: unknown): string | undefined {
  const driverError = (error as { driverError?: { code?: unknown } } | null)?.driverError;
  return typeof driverError?.code === 'string' ? driverError.code : undefined;
}

/** Whether a unique key refused a row. `key` narrows it to one key of the table. */
export function isDuplicate(error: unknown, key?: string): boolean {
  if (driverErrorCode(error) !== 'ER_DUP_ENTRY') return false;
  return key === undefined || (error as Error).message.includes(key);
}

/** Lock conflicts: the server has killed the transaction or one statement of it, so only the whole may be run again. */
const LOCK_CONFLICTS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT', 'ER_CHECKREAD']);

/** Whether other transactions' locks were in the way: it is worth another try. */
export function isLockConflict(error: unknown): boolean {
  return LOCK_CONFLICTS.has(driverErrorCode(error) ?? '');
}

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  // A server of a Galera cluster that is not one of the majority.
  'ER_UNKNOWN_COM_ERROR',
  NO_WRITER,
  // Given up, see limited-pool.ts.
  'PROTOCOL_SEQUENCE_TIMEOUT',
  // It takes no changes: read-only, or its disk is full.
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_READ_ONLY_MODE',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'ER_ERROR_ON_WRITE',
]);

/** Whether there was no room: no connection in time, or locks that did not become free in any of the tries. */
export function isOverloaded(error: unknown): boolean {
  const code = driverErrorCode(error) ?? (error as { code?: unknown } | null)?.code;
  return code === NO_CONNECTION_IN_TIME || isLockConflict(error);
}

/** Whether the database could not be reached or takes nothing at this moment, as opposed to having refused the statement. */
export function isDatabaseAway(error: unknown): boolean {
  const code = driverErrorCode(error) ?? (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && AWAY.has(code);
}
