// @ts-check
/** What the tables hold, as a sum for each: two looks that agree mean that nothing was changed. */
import { createConnection } from 'mysql2/promise';

/**
 * What a refused call may change by design: the table, which of its columns (`*`: rows may come,
 * too) or which rows of it, and why.
 * @type {{ table: string, columns: readonly string[] | '*', rows?: string, reason: string }[]}
 */
export const MAY_CHANGE = [
  {
    table: 'idempotency_key',
    columns: '*',
    reason: 'a keyed call keeps its answer, also a refusal, so that the repeat is told the same',
  },
  {
    table: 'audit_log',
    columns: [],
    rows: "action LIKE '%.refused'",
    reason: 'refused sign-ins are written down',
  },
  { table: 'one_time_code', columns: ['wrong_tries'], reason: 'wrong codes are counted' },
  { table: 'api_key', columns: ['last_used_at'], reason: 'when a key was last used is kept, also where it may not' },
  { table: 'staff_session', columns: ['last_used_at'], reason: 'a session that is used does not end for idleness' },
];

export class Tables {
  /** @param {import('mysql2/promise').Connection} connection @param {string[]} plain @param {Map<string, string[]>} partly columns that count */
  constructor(connection, plain, partly) {
    this.connection = connection;
    this.plain = plain;
    this.partly = partly;
  }

  /** @param {string} databaseUrl */
  static async open(databaseUrl) {
    const connection = await createConnection(databaseUrl);
    const [rows] = await connection.query(
      `SELECT c.table_name AS t, c.column_name AS c FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1, ordinal_position`,
    );
    /** @type {Map<string, string[]>} */
    const columns = new Map();
    for (const { t, c } of /** @type {any[]} */ (rows)) columns.set(t, [...(columns.get(t) ?? []), c]);
    /** @type {Map<string, string[]>} */
    const partly = new Map();
    for (const { table, columns: free } of MAY_CHANGE) {
      const own = columns.get(table);
      columns.delete(table);
      if (own && free !== '*')
        partly.set(
          table,
          own.filter((column) => !free.includes(column)),
        );
    }
    return new Tables(connection, [...columns.keys()], partly);
  }

  /** @returns {Promise<Map<string, string>>} */
  async sums() {
    /** @type {Map<string, string>} */
    const sums = new Map();
    const [rows] = await this.connection.query(
      `CHECKSUM TABLE ${this.plain.map((table) => `\`${table}\``).join(', ')}`,
    );
    for (const { Table: table, Checksum: sum } of /** @type {any[]} */ (rows))
      sums.set(table.split('.')[1], String(sum));
    for (const [table, columns] of this.partly) {
      const row = columns.map((column) => `COALESCE(HEX(\`${column}\`), '-')`).join(', ');
      const [[one]] = /** @type {any} */ (
        await this.connection.query(
          `SELECT CONCAT(COUNT(*), ' ', COALESCE(SUM(CRC32(CONCAT_WS(',', ${row}))), 0)) AS s FROM \`${table}\` WHERE NOT (${MAY_CHANGE.find((one) => one.table === table)?.rows ?? 'FALSE'})`,
        )
      );
      sums.set(table, one.s);
    }
    return sums;
  }

  close() {
    return this.connection.end();
  }
}

/** Tables that differ. @param {Map<string, string>} before @param {Map<string, string>} after */
export const changed = (before, after) =>
  [...after].filter(([table, sum]) => before.get(table) !== sum).map(([table]) => table);
