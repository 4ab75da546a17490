import { getMetadataArgsStorage, type EntityManager, type ValueTransformer } from 'typeorm';

/** Rows in one statement, at most: keeps a statement well below max_allowed_packet. */
const ROWS_PER_STATEMENT = 1000;

interface Column {
  property: string;
  name: string;
  transformer: ValueTransformer;
}

/** What is read and written: a plain object with the properties of an entity. */
export type RowOf<Entity> = { [Property in keyof Entity]: Entity[Property] };

const same = (value: unknown): unknown => value;

/** An entity and what it extends. */
function lineOf(entity: object): (new () => object)[] {
  const line: (new () => object)[] = [];
  for (let at: unknown = entity; typeof at === 'function' && at !== Function.prototype; at = Object.getPrototypeOf(at))
    line.push(at as new () => object);
  return line;
}

/**
 * A table as its entity says, for statements in plain SQL: worked out once, so names, order and conversion of columns
 * stand in the entity alone. What is read and written are plain objects that have the entity's properties.
 */
export class Table<Row extends object> {
  readonly name: string;
  readonly properties: readonly (keyof Row & string)[];
  private readonly columns: readonly Column[];
  private readonly byProperty: ReadonlyMap<string, Column>;

  constructor(entity: new () => Row) {
    const storage = getMetadataArgsStorage();
    this.name = storage.tables.find(({ target }) => target === entity)?.name ?? entity.name;
    this.columns = storage.filterColumns(lineOf(entity)).map(({ propertyName: property, options }) => {
      const transformer = (options.transformer as ValueTransformer | undefined) ?? { to: same, from: same };
      return { property, name: options.name ?? property, transformer };
    });
    if (this.columns.length === 0) throw new Error(`${entity.name} is not an entity`);
    this.properties = this.columns.map(({ property }) => property as keyof Row & string);
    this.byProperty = new Map(this.columns.map((column) => [column.property, column]));
  }

  /** Columns for a SELECT list, all of them unless some are named; read the rows with {@link rowOf}. */
  list(properties?: readonly (keyof Row & string)[], alias?: string): string {
    const columns = properties?.map((property) => this.column(property)) ?? this.columns;
    return columns.map(({ name }) => (alias === undefined ? name : `${alias}.${name}`)).join(', ');
  }

  /** The name of a property's column. */
  nameOf(property: keyof Row & string): string {
    return this.column(property).name;
  }

  /** A row as the driver returns it, under its properties and with its values converted; of a part of the columns, a part. */
  readonly rowOf = (raw: object): RowOf<Row> => {
    const row: Record<string, unknown> = {};
    for (const { property, name, transformer } of this.columns) {
      const value = (raw as Record<string, unknown>)[name];
      if (value !== undefined) row[property] = transformer.from(value) as unknown;
    }
    return row as RowOf<Row>;
  };

  /** Whole rows. `rest` is what comes after the table's name: WHERE, ORDER BY, LIMIT, FOR UPDATE. */
  async find(tx: EntityManager, rest: string, parameters: readonly unknown[] = []): Promise<RowOf<Row>[]> {
    const rows = await tx.query<object[]>(`SELECT ${this.list()} FROM ${this.name} ${rest}`, [...parameters]);
    return rows.map(this.rowOf);
  }

  /**
   * One multi-row INSERT per 1,000 rows, of the columns that the first row has; a row that has others is refused, so that
   * no value is lost. `suffix` is for ON DUPLICATE KEY UPDATE.
   */
  async insert(tx: EntityManager, rows: readonly Partial<Row>[], suffix = ''): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const columns = this.columns.filter(({ property }) => property in first);
    const names = columns.map(({ name }) => name).join(',');
    const others = this.columns.filter(({ property }) => !(property in first));
    const placeholders = `(${columns.map(() => '?').join(',')})`;
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      const chunk = rows.slice(from, from + ROWS_PER_STATEMENT) as readonly Record<string, unknown>[];
      await tx.query(
        `INSERT INTO ${this.name} (${names}) VALUES ${chunk.map(() => placeholders).join(',')} ${suffix}`,
        chunk.flatMap((row) => {
          const odd =
            others.find(({ property }) => property in row) ?? columns.find(({ property }) => !(property in row));
          if (odd) throw new Error(`rows for ${this.name} differ in ${odd.property}`);
          return columns.map(({ property, transformer }) => transformer.to(row[property]) as unknown);
        }),
      );
    }
  }

  /** Writes rows, whole; of those whose key is there already, the `changeable` columns. */
  upsert(tx: EntityManager, rows: readonly Partial<Row>[], changeable: readonly (keyof Row & string)[]): Promise<void> {
    const names = changeable.map((property) => this.nameOf(property));
    const changes = names.map((name) => `${name} = VALUES(${name})`).join(', ');
    return this.insert(tx, rows, `ON DUPLICATE KEY UPDATE ${changes}`);
  }

  /** What comes after SET in an UPDATE, with its parameters. */
  assign(changes: Partial<Row>): { sql: string; parameters: unknown[] } {
    const columns = this.columns.filter(({ property }) => property in changes);
    return {
      sql: columns.map(({ name }) => `${name} = ?`).join(', '),
      parameters: columns.map(({ property, transformer }) => {
        return transformer.to((changes as Record<string, unknown>)[property]) as unknown;
      }),
    };
  }

  /** {@link assign} for many rows, all with the same properties, each to the row of its `key`. What is alike in all of them is said once. */
  assignEach(
    key: keyof Row & string,
    rows: readonly [Partial<Row>, ...Partial<Row>[]],
  ): { sql: string; parameters: unknown[] } {
    const columns = this.columns.filter(({ property }) => property !== key && property in rows[0]);
    const parameters: unknown[] = [];
    const assignments = columns.map(({ property, name, transformer }) => {
      const values = rows.map((row) => transformer.to((row as Record<string, unknown>)[property]) as unknown);
      if (values.every((value) => value === values[0])) {
        parameters.push(values[0]);
        return `${name} = ?`;
      }
      parameters.push(...rows.flatMap((row, at) => [row[key], values[at]]));
      return `${name} = CASE ${this.nameOf(key)} ${rows.map(() => 'WHEN ? THEN ?').join(' ')} END`;
    });
    return { sql: assignments.join(', '), parameters };
  }

  private column(property: string): Column {
    const column = this.byProperty.get(property);
    if (!column) throw new Error(`${this.name} has no ${property}`);
    return column;
  }
}
