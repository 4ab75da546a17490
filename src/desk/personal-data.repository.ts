import { Injectable } from '@nestjs/common';
import { getMetadataArgsStorage, type EntityManager } from 'typeorm';
import { Table } from '../core/table.js';
import type { OpenMatter, Person, PersonalTable } from './personal-table.js';

/** Rows that are read at once. */
const ROWS = 500;

/** Reads and changes the rows about a person, of any table that says which those are. */
@Injectable()
export class PersonalDataRepository {
  private readonly known = new Map<object, Table<Record<string, unknown>>>();

  nameOf({ entity }: PersonalTable): string {
    return this.tableOf(entity).name;
  }

  async isOpen(tx: EntityManager, person: Person, { sql }: OpenMatter): Promise<boolean> {
    const found = bound(sql, person);
    return (await tx.query<unknown[]>(`${found.sql} LIMIT 1`, found.values)).length > 0;
  }

  /** A person's rows in the order of their keys, without what is hidden. The keys are read first, so that an index of the person's is used. */
  async *rowsOf(
    tx: EntityManager,
    person: Person,
    { entity, rows, hidden = [], shown: shownAs = (row) => row }: PersonalTable,
  ) {
    const table = this.tableOf(entity);
    const key = keyOf(entity).map((property) => table.nameOf(property));
    const which = bound(rows, person);
    const keys = await tx.query<Record<string, unknown>[]>(
      `SELECT ${key.join(', ')} FROM ${table.name} WHERE ${which.sql} ORDER BY ${key.join(', ')}`,
      which.values,
    );
    const shown = table.list(table.properties.filter((property) => !hidden.includes(property)));
    for (let from = 0; from < keys.length; from += ROWS) {
      const some = keys.slice(from, from + ROWS).map((row) => Object.values(row));
      const found = await tx.query<object[]>(
        `SELECT ${shown} FROM ${table.name} WHERE (${key.join(', ')}) IN (?) ORDER BY ${key.join(', ')}`,
        [key.length === 1 ? some.flat() : some],
      );
      for (const row of found) yield shownAs(table.rowOf(row));
    }
  }

  /** Deletes or changes a person's rows, so many at most; how many there were. */
  async erase(
    tx: EntityManager,
    person: Person,
    { entity, rows, erased, left }: PersonalTable,
    limit: number,
  ): Promise<number> {
    if (erased === 'kept') return 0;
    if (typeof erased === 'function') return erased(tx, person, limit);
    const { name } = this.tableOf(entity);
    const which = bound(left === undefined ? rows : `(${rows}) AND (${left})`, person);
    const what =
      erased === 'deleted'
        ? `DELETE FROM ${name}`
        : `UPDATE ${name} SET ${Object.entries(erased)
            .map(([column, value]) => `${column} = ${value}`)
            .join(', ')}`;
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `${what} WHERE ${which.sql} ${left === undefined ? '' : `LIMIT ${limit.toString()}`}`,
      which.values,
    );
    return affectedRows;
  }

  private tableOf(entity: new () => object): Table<Record<string, unknown>> {
    const table = this.known.get(entity) ?? new Table(entity as new () => Record<string, unknown>);
    this.known.set(entity, table);
    return table;
  }
}

/** A condition with the person's ids in it; nobody has the id ''. */
function bound(condition: string, { merchantId, applicationId }: Person): { sql: string; values: string[] } {
  const values: string[] = [];
  const sql = condition.replaceAll(/:(merchant|application)\b/g, (_, which: string) => {
    values.push(which === 'merchant' ? (merchantId ?? '') : applicationId);
    return '?';
  });
  return { sql, values };
}

/** Properties of the primary key. */
function keyOf(entity: new () => object): string[] {
  const line: unknown[] = [];
  for (let at: unknown = entity; typeof at === 'function'; at = Object.getPrototypeOf(at)) line.push(at);
  return getMetadataArgsStorage()
    .columns.filter(({ target, options }) => line.includes(target) && options.primary === true)
    .map(({ propertyName }) => propertyName);
}
