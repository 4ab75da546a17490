import type { EntityManager, ValueTransformer } from 'typeorm';

/** BIGINT columns arrive as decimal strings, since a double would round them. */
export const minorColumn: ValueTransformer = {
  to: (value: bigint | null | undefined) => (typeof value === 'bigint' ? value.toString() : value),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

/** A value that its row keeps as JSON text. */
export const jsonColumn: ValueTransformer = textColumn(JSON.stringify, JSON.parse);

/** A value that its row keeps as text of its own. */
export function textColumn<T>(write: (value: T) => string, read: (text: string) => T): ValueTransformer {
  return {
    to: (value: T | null | undefined) => (value === null || value === undefined ? value : write(value)),
    from: (text: string | null) => (text === null ? null : read(text)),
  };
}

/** Rows in one statement, at most: keeps a statement well below max_allowed_packet. */
const ROWS_PER_STATEMENT = 1000;

/**
 * One multi-row INSERT per 1,000 rows. `table` and `columns` are constants of the caller; `suffix` is for ON DUPLICATE
 * KEY UPDATE.
 */
export async function insertRows(
  tx: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  suffix = '',
): Promise<void> {
  const placeholders = `(${columns.map(() => '?').join(',')})`;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const chunk = rows.slice(from, from + ROWS_PER_STATEMENT);
    await tx.query(
      `INSERT INTO ${table} (${columns.join(',')}) VALUES ${chunk.map(() => placeholders).join(',')} ${suffix}`,
      chunk.flat(),
    );
  }
}
