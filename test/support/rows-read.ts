import type { EntityManager } from 'typeorm';

/**
 * How many rows are read by what `work` asks of `tx`, by the server's own count. `tx` must stay on one connection. Joins
 * go row by row, so that a join without an index counts with all that it compares.
 */
export async function rowsRead(tx: EntityManager, work: (tx: EntityManager) => Promise<unknown>): Promise<number> {
  const [{ version }] = await tx.query('SELECT VERSION() version');
  await tx.query(
    version.includes('MariaDB')
      ? 'SET SESSION join_cache_level = 0'
      : "SET SESSION optimizer_switch = 'block_nested_loop=off,hash_join=off'",
  );
  const before = await handled(tx);
  await work(tx);
  return (await handled(tx)) - before;
}

/** Makes the server count its rows anew, so that it chooses plans by what is there. */
export async function analyzeTables(tx: EntityManager): Promise<void> {
  const tables: { name: string }[] = await tx.query(
    "SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  await tx.query(`ANALYZE TABLE ${tables.map(({ name }) => `\`${name}\``).join(', ')}`);
}

async function handled(tx: EntityManager): Promise<number> {
  const rows: { Variable_name: string; Value: string }[] = await tx.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}
