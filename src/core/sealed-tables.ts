import type { EntityManager } from 'typeorm';
import type { SealedText } from '../shared/sealed-text.js';
import type { Config } from './config.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Of a table whose rows do not name their key in a column: how many rows, the oldest of it, are looked at for key ids. */
const LOOKED_AT = 1_000;

type Values = Record<string, unknown>;

/** A table with sealed columns: how the data keys that it needs are found, and how a row is sealed anew. Each room says its own. */
export interface SealedTable {
  name: string;
  /** Columns of its primary key. */
  key: readonly string[];
  /**
   * Where a row says which data key sealed it: in a column of its own, which an index begins with; or before the colon of its sealed
   * texts, in a table whose rows do not live long, with the column that tells the oldest.
   */
  keyIds: { column: string } | { texts: readonly string[]; oldestBy: string };
  /** What is read to seal a row anew, beside its key. */
  reads: readonly string[];
  /** Rows in one transaction. */
  atOnce: number;
  /** The sealed columns under the newest key; a column that is null is left out. */
  reseal: (row: Values) => Values;
}

/** The keys of the configuration. */
export type DataKeys = Pick<Config, 'dataKeys' | 'blindIndexKey'>;

/** Seals texts of a row anew that are bound to its id; see {@link SealedTable.reseal}. */
export function resealTexts(seal: SealedText, columns: readonly string[]): SealedTable['reseal'] {
  return (row) => {
    const id = row.id as string;
    const sealed = columns.flatMap((column) =>
      typeof row[column] === 'string' ? [[column, row[column]] as const] : [],
    );
    return Object.fromEntries(sealed.map(([column, text]) => [column, seal.seal(seal.open(text, id), id)]));
  };
}

/** A data key that a table needs. */
export interface KeyInUse {
  table: string;
  keyId: string;
}

/** What became of some rows: how many are sealed anew, and what is wrong with those that cannot be opened, which stay as they are. */
export interface Resealed {
  done: number;
  failed: string[];
}

/** The data keys that rows are sealed with. Over an index, or a bounded look at the oldest rows; cheap enough for every start. */
export async function keysInUse(em: EntityManager, tables: readonly SealedTable[]): Promise<KeyInUse[]> {
  const found: KeyInUse[] = [];
  for (const table of tables) for (const keyId of await keyIdsOf(em, table)) found.push({ table: table.name, keyId });
  return found;
}

/** How many rows of a table are under a key that is not the newest. */
export async function countOld(em: EntityManager, table: SealedTable, newest: string): Promise<number> {
  const { sql, values } = isOld(table, newest, await keyIdsOf(em, table));
  const [row] = await em.query<{ found: string }[]>(`SELECT COUNT(*) found FROM ${table.name} WHERE ${sql}`, values);
  return Number(row?.found ?? 0);
}

/**
 * Seals rows of a table anew under the newest key, a few in a transaction, while others work with it. Yields what became of them each time.
 * It can be left and begun again at any moment: what is done is not found again.
 */
export async function* resealTable(
  unitOfWork: UnitOfWork,
  table: SealedTable,
  newest: string,
): AsyncGenerator<Resealed> {
  const key = `(${table.key.join(', ')})`;
  const { sql, values } = isOld(table, newest, await keyIdsOf(unitOfWork.reader, table));
  for (let after: unknown[] | null = null; ;) {
    const further: string = after === null ? '' : `AND ${key} > (?)`;
    const page: Values[] = await unitOfWork.reader.query<Values[]>(
      `SELECT ${table.key.join(', ')} FROM ${table.name} WHERE ${sql} ${further} ORDER BY ${table.key.join(', ')} LIMIT ?`,
      [...values, ...(after === null ? [] : [after]), table.atOnce],
    );
    const last = page.at(-1);
    if (!last) return;
    yield await unitOfWork.run((tx) => resealRows(tx, table, page));
    after = table.key.map((column) => last[column]);
  }
}

async function resealRows(tx: EntityManager, table: SealedTable, page: readonly Values[]): Promise<Resealed> {
  const columns = [...table.key, ...table.reads].join(', ');
  const rows = await tx.query<Values[]>(
    `SELECT ${columns} FROM ${table.name} WHERE (${table.key.join(', ')}) IN (?) FOR UPDATE`,
    [page.map((row) => table.key.map((column) => row[column]))],
  );
  const outcome: Resealed = { done: 0, failed: [] };
  for (const row of rows) {
    let sealed: [column: string, value: unknown][];
    try {
      sealed = Object.entries(table.reseal(row));
    } catch (error) {
      outcome.failed.push(
        `${table.name} ${table.key.map((column) => String(row[column])).join('/')}: ${(error as Error).message}`,
      );
      continue;
    }
    if (sealed.length === 0) continue;
    outcome.done += 1;
    await tx.query(
      `UPDATE ${table.name} SET ${sealed.map(([column]) => `${column} = ?`).join(', ')}
        WHERE ${table.key.map((column) => `${column} = ?`).join(' AND ')}`,
      [...sealed.map(([, value]) => value), ...table.key.map((column) => row[column])],
    );
  }
  return outcome;
}

async function keyIdsOf(em: EntityManager, { name, keyIds }: SealedTable): Promise<string[]> {
  const select = (from: string) => em.query<{ keyId: string }[]>(`SELECT DISTINCT ${from}`);
  if ('column' in keyIds) {
    const rows = await select(`${keyIds.column} keyId FROM ${name} WHERE ${keyIds.column} IS NOT NULL`);
    return rows.map(({ keyId }) => keyId);
  }
  const found = new Set<string>();
  for (const text of keyIds.texts) {
    const oldest = `SELECT ${text} FROM ${name} WHERE ${text} IS NOT NULL ORDER BY ${keyIds.oldestBy} LIMIT ${LOOKED_AT}`;
    for (const { keyId } of await select(`SUBSTRING_INDEX(${text}, ':', 1) keyId FROM (${oldest}) o`)) found.add(keyId);
  }
  return [...found];
}

/** The condition of rows that are under an old key. */
function isOld({ keyIds }: SealedTable, newest: string, inUse: readonly string[]): { sql: string; values: unknown[] } {
  if ('column' in keyIds) {
    const old = inUse.filter((keyId) => keyId !== newest);
    return old.length === 0 ? { sql: 'FALSE', values: [] } : { sql: `${keyIds.column} IN (?)`, values: [old] };
  }
  // A null is not under any key.
  const sql = keyIds.texts.map((text) => `SUBSTRING_INDEX(${text}, ':', 1) <> ?`).join(' OR ');
  return { sql: `(${sql})`, values: keyIds.texts.map(() => newest) };
}
