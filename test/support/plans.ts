import type { EntityManager } from 'typeorm';

/** A step of a plan, as EXPLAIN tells it. */
interface Step {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: string | number | null;
}

/**
 * Every step in which a statement that `work` asks of `tx` would read a whole table or a whole index. Tables that are made of a
 * page's own rows (`<derived2>`) may be read as they are.
 */
export async function fullScans(
  tx: EntityManager,
  work: (tx: EntityManager) => Promise<unknown>,
): Promise<{ sql: string; step: Step }[]> {
  const asked: [string, unknown[]][] = [];
  const recording = new Proxy(tx, {
    get(target, property) {
      if (property === 'query')
        return (sql: string, values: unknown[] = []) => {
          asked.push([sql, values]);
          return target.query(sql, values);
        };
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  await work(recording);
  if (asked.length === 0) throw new Error('nothing was asked by query()');
  const scans: { sql: string; step: Step }[] = [];
  for (const [sql, values] of asked) {
    const steps: Step[] = await tx.query(`EXPLAIN ${sql}`, values);
    const whole = steps.filter(
      ({ table, type }) => /^(ALL|index)$/.test(type ?? '') && !/^<|^NULL$/.test(table ?? '<'),
    );
    // An index may be read in its order as far as a page goes.
    scans.push(
      ...whole.filter(({ type, rows }) => type === 'ALL' || Number(rows) > 250).map((step) => ({ sql, step })),
    );
  }
  return scans;
}
