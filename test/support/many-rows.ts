import type { DataSource } from 'typeorm';

/** Which rows are copied, and what of each copy is something else: an expression of SQL with `n`, the number of the copy from 1. */
export interface Copies {
  table: string;
  /** A condition that finds the rows that are copied. */
  of: string;
  times: number;
  differing: Readonly<Record<string, string>>;
}

/** Numbers from 0 to 999 by a query, as many as MySQL counts in a recursion. */
const THOUSAND = '(WITH RECURSIVE k AS (SELECT 0 i UNION ALL SELECT i + 1 FROM k WHERE i < 999) SELECT i FROM k)';

/** Makes a table long: copies of rows that the program has written, so that they have every column as it fills them. */
export async function copyRows(db: DataSource, { table, of, times, differing }: Copies): Promise<void> {
  const found: { name: string }[] = await db.query(
    `SELECT column_name name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? AND generation_expression IS NULL ORDER BY ordinal_position`,
    [table],
  );
  const columns = found.map(({ name }) => name);
  const unknown = Object.keys(differing).filter((column) => !columns.includes(column));
  if (unknown.length > 0) throw new Error(`${table} has no ${unknown.join(', ')}`);
  const values = columns.map((column) => differing[column] ?? `one.${column}`);
  const { affectedRows } = await db.query<{ affectedRows: number }>(
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')}
       FROM (SELECT * FROM ${table} WHERE ${of}) one
       JOIN (SELECT 1 + a.i + 1000 * b.i n FROM ${THOUSAND} a JOIN ${THOUSAND} b) numbers ON n <= ${times.toString()}`,
  );
  if (affectedRows < times) throw new Error(`${table} has no row where ${of}`);
}
