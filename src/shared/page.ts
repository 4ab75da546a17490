import { DomainError } from './domain-error.js';

/** One page of a list, and where the next begins. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** What a list is asked for. `after` is the last key of the page before. */
export interface PageRequest<Key extends string = string> {
  limit: number;
  after: Key | null;
}

/** A place in a list that goes by moment and id; `at` as the database writes it, to the microsecond. */
export interface MomentKey<Id extends string = string> {
  at: string;
  id: Id;
}

const MOMENT_KEY = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}) (\S{1,60})$/;

/** What a page of a list that goes by moment and id begins after. Throws `request.invalid` on another list's cursor. */
export function momentKeyOf(after: string | null): MomentKey | null {
  if (after === null) return null;
  const [, at, id] = MOMENT_KEY.exec(after) ?? [];
  if (at === undefined || id === undefined) throw notOurs();
  return { at, id };
}

/** What {@link momentKeyOf} reads. */
export function momentKeyText({ at, id }: MomentKey): string {
  return `${at} ${id}`;
}

/** The key that a cursor of ours stands for. Throws `request.invalid` on anything else. */
export function readCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || cursorOf(key) !== cursor) throw notOurs();
  return key;
}

function notOurs(): DomainError {
  return new DomainError('request.invalid', 'The cursor is not one of ours.', [
    { pointer: '/cursor', detail: 'must be the nextCursor of the page before' },
  ]);
}

/** A page from `limit + 1` rows: the one too many says that there is more. `keyOf` is what the list is ordered by. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  view: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    // Not `map(view)`: a view with a second parameter would be given the position.
    items: shown.map((row) => view(row)),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null,
  };
}

function cursorOf(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}
