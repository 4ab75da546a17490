import { getMetadataArgsStorage } from 'typeorm';

/** What the service's database user may do with a table. */
export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'ALTER' | 'CREATE' | 'DROP';

const EVERYTHING: readonly TableRight[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

const LIMITED = new Map<unknown, readonly TableRight[]>();

/** Rows of this entity are added and stay as they are: the database refuses the service to change or delete one. */
export function AppendOnly(): ClassDecorator {
  return (entity) => void LIMITED.set(entity, ['SELECT', 'INSERT']);
}

/** Rows of this entity change, and stay: the database refuses the service to delete one. */
export function NeverDeleted(): ClassDecorator {
  return (entity) => void LIMITED.set(entity, ['SELECT', 'INSERT', 'UPDATE']);
}

/** The table of this entity consists of months, which the service makes and drops: it may do with that table whatever it likes. */
export function MonthByMonth(): ClassDecorator {
  return (entity) => void LIMITED.set(entity, [...EVERYTHING, 'ALTER', 'CREATE', 'DROP']);
}

/** Tables that no entity describes. */
const OTHERS: readonly (readonly [string, readonly TableRight[]])[] = [['schema_migration', ['SELECT']]];

/** What the service may do with the table of each entity. */
export function tableRights(entities: readonly object[]): ReadonlyMap<string, readonly TableRight[]> {
  const tables = getMetadataArgsStorage().tables.filter((table) => entities.includes(table.target as object));
  return new Map([
    ...tables.map((table) => [table.name ?? '', LIMITED.get(table.target) ?? EVERYTHING] as const),
    ...OTHERS,
  ]);
}
