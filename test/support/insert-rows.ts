import type { EntityManager } from 'typeorm';

const ROWS_PER_STATEMENT = 1000;

/** Rows for a test, by the names of columns: no rule of the program is asked. */
export async function insertRows(
  tx: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const placeholders = `(${columns.map(() => '?').join(',')})`;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const chunk = rows.slice(from, from + ROWS_PER_STATEMENT);
    const values = chunk.map(() => placeholders).join(',');
    await tx.query(`INSERT INTO ${table} (${columns.join(',')}) VALUES ${values}`, chunk.flat());
  }
}
