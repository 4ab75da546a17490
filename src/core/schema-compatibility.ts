/** A column as the database describes it. */
export interface ColumnShape {
  /** As in "varchar(40)" or "bigint(20)". */
  type: string;
  nullable: boolean;
  /** Whether a row may be added without naming it. */
  hasDefault: boolean;
}

/** By table, its columns by name. */
export type SchemaShape = Readonly<Record<string, Readonly<Record<string, ColumnShape>>>>;

/** The statement that describes the database of a connection, for {@link shapeOf}. */
export const DESCRIBE_COLUMNS = `SELECT table_name \`table\`, column_name \`column\`, column_type type, is_nullable nullable, column_default fallback, extra extra
  FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, column_name`;

interface DescribedColumn {
  table: string;
  column: string;
  type: string;
  nullable: string;
  fallback: string | null;
  extra: string;
}

/** What {@link DESCRIBE_COLUMNS} answered, as a schema. */
export function shapeOf(rows: readonly DescribedColumn[]): SchemaShape {
  const shape: Record<string, Record<string, ColumnShape>> = {};
  for (const { table, column, type, nullable, fallback, extra } of rows) {
    const isNullable = nullable === 'YES';
    const hasDefault = isNullable || fallback !== null || /auto_increment|generated/i.test(extra);
    (shape[table] ??= {})[column] = { type: type.toLowerCase(), nullable: isNullable, hasDefault };
  }
  return shape;
}

/** What the program of the release before could not live with, one sentence each; empty when it can. */
export function breaksOf(before: SchemaShape, now: SchemaShape): string[] {
  return Object.entries(before).flatMap(([table, columns]) => {
    const present = now[table];
    if (!present) return [`${table} is gone or has another name`];
    const changed = Object.entries(columns).flatMap(([name, old]) => {
      const column = present[name];
      if (!column) return [`${table}.${name} is gone or has another name`];
      const breaks = [];
      if (!holds(column.type, old.type)) breaks.push(`${table}.${name} was ${old.type} and is ${column.type}`);
      if (old.nullable && !column.nullable) breaks.push(`${table}.${name} must have a value now`);
      if (old.hasDefault && !column.hasDefault) breaks.push(`${table}.${name} has no default any more`);
      return breaks;
    });
    const added = Object.entries(present)
      .filter(([name, column]) => !(name in columns) && !column.hasDefault)
      .map(([name]) => `${table}.${name} is new and must have a value`);
    return [...changed, ...added];
  });
}

const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
const TEXTS = ['tinytext', 'text', 'mediumtext', 'longtext'];
const BLOBS = ['tinyblob', 'blob', 'mediumblob', 'longblob'];

/** Whether every value of the old type has room in the new one. */
function holds(now: string, old: string): boolean {
  if (now === old) return true;
  const [a, b] = [partsOf(now), partsOf(old)];
  for (const family of [INTEGERS, TEXTS, BLOBS]) {
    const [rank, oldRank] = [family.indexOf(a.name), family.indexOf(b.name)];
    if (rank >= 0 && oldRank >= 0) return rank >= oldRank && a.unsigned === b.unsigned;
  }
  return a.name === b.name && ['char', 'varchar', 'binary', 'varbinary'].includes(a.name) && a.length >= b.length;
}

function partsOf(type: string): { name: string; length: number; unsigned: boolean } {
  const [, name = '', length = '0'] = /^(\w+)(?:\((\d+)\))?/.exec(type) ?? [];
  return { name, length: Number(length), unsigned: type.includes('unsigned') };
}
