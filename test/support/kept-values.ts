type Read = (sql: string) => Promise<Record<string, unknown>[]>;

/** Every value that a database keeps, as text, by `table.column`; moments are left out, since their digits may be those of anything. */
export async function keptValues(read: Read): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const table of (await read('SHOW TABLES')).map((row) => String(Object.values(row)[0])))
    for (const row of await read(`SELECT * FROM \`${table}\``))
      for (const [column, value] of Object.entries(row)) {
        if (value instanceof Date || value === null) continue;
        const text = Buffer.isBuffer(value)
          ? value.toString()
          : typeof value === 'string'
            ? value
            : JSON.stringify(value);
        kept.set(`${table}.${column}`, `${kept.get(`${table}.${column}`) ?? ''}${text}\n`);
      }
  return kept;
}
