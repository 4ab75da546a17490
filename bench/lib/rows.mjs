// @ts-check
/** Rows as they are, without any code of the program: written many at a time, read back, and counted. */

/** @typedef {import('mysql2/promise').RowDataPacket} Row */
/** @typedef {Pick<import('mysql2/promise').Connection, 'query'>} Connection */

const ROWS_PER_STATEMENT = 1000;

/**
 * Multi-row inserts; all rows have the columns of the first.
 * @param {Connection} connection
 * @param {string} table
 * @param {readonly Record<string, unknown>[]} rows
 * @param {string} [suffix]
 */
export async function insert(connection, table, rows, suffix = '') {
  const columns = Object.keys(rows[0] ?? {});
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const values = rows.slice(from, from + ROWS_PER_STATEMENT).map((row) => Object.values(row));
    await connection.query(`INSERT INTO ${table} (${columns.join(',')}) VALUES ? ${suffix}`, [values]);
  }
}

/** @template T @param {readonly T[]} all @param {number} size @returns {T[][]} */
export function inBatches(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/**
 * Copies of tables, with all their keys and no rows; a limit writes into them.
 * @param {import('./world.mjs').World} world
 * @param {readonly string[]} tables
 */
export async function emptyCopies({ pool }, tables) {
  for (const table of tables) {
    await pool.query(`CREATE TABLE IF NOT EXISTS bench_${table} LIKE ${table}`);
    await pool.query(`TRUNCATE TABLE bench_${table}`);
  }
}

/**
 * How many rows each table got while something was done: a limit that claims to write "the same rows" is held to it.
 * @param {import('./world.mjs').World} world
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Record<string, number>>} of the tables that grew
 */
export async function rowsWrittenBy(world, work) {
  const tables = (
    await world.query(
      "SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'bench\\_%'",
    )
  ).map(({ name }) => String(name));
  const before = new Map();
  for (const table of tables) before.set(table, await world.count(table));
  await work();
  /** @type {Record<string, number>} */
  const grown = {};
  for (const table of tables) {
    const more = (await world.count(table)) - before.get(table);
    if (more > 0) grown[table] = more;
  }
  return grown;
}

/**
 * Throws when the program writes other rows than its limit.
 * @param {Record<string, number>} written
 * @param {Record<string, number>} limit
 */
export function assertSameRows(written, limit) {
  const text = (/** @type {Record<string, number>} */ rows) => JSON.stringify(Object.entries(rows).sort());
  if (text(written) !== text(limit))
    throw new Error(`the program writes ${text(written)}, and its limit ${text(limit)}: mend the limit`);
}
