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
  {
    table: 'order_event_conflict',
    columns: '*',
    reason: 'an order that is told again with other content is refused, and that it was is kept (invariant 15)',
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
    /** Rows of each table that were changed since the database counts them. @type {Map<string, string>} */
    this.counted = new Map();
    /** @type {Map<string, string>} */
    this.known = new Map();
  }

  /** @param {string} databaseUrl */
  static async open(databaseUrl) {
    const connection = await createConnection(databaseUrl);
    await connection.query('SET GLOBAL userstat = 1');
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

  /** The sum of each table; one of which the database has counted no changed row since the last look is not read again. @returns {Promise<Map<string, string>>} */
  async sums() {
    const counted = await this.#count();
    const names = [...this.plain, ...this.partly.keys()];
    const touched = names.filter((table) => !this.known.has(table) || counted.get(table) !== this.counted.get(table));
    this.known = new Map([...this.known, ...(await this.#read(touched))]);
    this.counted = counted;
    return this.known;
  }

  /** Tables that were changed though the database counted no changed row: looks at all of them. */
  async uncounted() {
    const before = await this.sums();
    // An audit that a call has begun goes on after its answer, and is written whenever it ends.
    const names = [...before.keys()].filter((table) => table !== 'audit_result');
    return changed(new Map(names.map((name) => [name, before.get(name) ?? ''])), await this.#read(names));
  }

  async #count() {
    const [rows] = await this.connection.query(
      'SELECT table_name AS t, rows_changed AS n FROM information_schema.table_statistics WHERE table_schema = DATABASE()',
    );
    return new Map(/** @type {any[]} */ (rows).map(({ t, n }) => [String(t), String(n)]));
  }

  /** @param {string[]} tables */
  async #read(tables) {
    /** @type {Map<string, string>} */
    const sums = new Map();
    const plain = tables.filter((table) => !this.partly.has(table));
    if (plain.length > 0) {
      const [rows] = await this.connection.query(`CHECKSUM TABLE ${plain.map((table) => `\`${table}\``).join(', ')}`);
      for (const { Table: table, Checksum: sum } of /** @type {any[]} */ (rows))
        sums.set(table.split('.')[1], String(sum));
    }
    for (const table of tables) {
      const columns = this.partly.get(table);
      if (!columns) continue;
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
