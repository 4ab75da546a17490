/** The first row of a table, by its id, that something is true of. */
export const first = (table: string, where: string): string =>
  `id = (SELECT id FROM (SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT 1) x)`;

/** Changes that row. */
export const change = (table: string, what: string, where = 'TRUE'): string =>
  `UPDATE ${table} SET ${what} WHERE ${first(table, where)}`;
