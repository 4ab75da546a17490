import type { EntityManager } from 'typeorm';

/** What time it is in the database: by it everything is due, since the clock of a process may be wrong. */
export async function databaseNow(tx: EntityManager): Promise<Date> {
  const [row] = await tx.query<[{ now: Date }]>('SELECT NOW(6) now');
  return row.now;
}
