import type { DataSource } from 'typeorm';
import type { SqlInvariant } from '../../src/finance/ledger/invariant.js';
import { branchesOf } from './audit-branches.js';

/** What somebody alters by SQL, and the title of the invariant that finds it. */
export type Tampering = readonly [what: string, title: string, sql: string | readonly string[]];

export interface Tampered {
  invariants: readonly SqlInvariant[];
  tamperings: readonly Tampering[];
  db: () => DataSource;
  /** Branches that change nothing: how their name begins, without its number, and why. */
  equivalent?: Readonly<Record<string, string>>;
}

type Query = (sql: string) => Promise<{ offender: unknown }[]>;

/** Before anything that the books have: to an audit since then all of it is new. */
const LONG_AGO = new Date('2000-01-01T00:00:00Z');

/** Real books are clean; each tampering is found, and without any branch of an invariant one of them would not be. */
export function describeTampering({ invariants, tamperings, db, equivalent = {} }: Tampered): void {
  /** The books with what was altered, and put back at the end. Nothing but the audit is to refuse it. */
  async function altered<T>(sql: string | readonly string[], look: (query: Query) => Promise<T>): Promise<T> {
    const runner = db().createQueryRunner();
    await runner.query('SET SESSION check_constraint_checks = 0');
    await runner.startTransaction();
    try {
      for (const statement of [sql].flat()) {
        const { affectedRows } = (await runner.query(statement)) as { affectedRows: number };
        if (affectedRows === 0) throw new Error(`It alters nothing: ${statement}`);
      }
      return await look((query) => runner.query(query));
    } finally {
      await runner.rollbackTransaction();
      await runner.query('SET SESSION check_constraint_checks = 1');
      await runner.release();
    }
  }

  /** From the first journal to the last, and when some of them were posted in between. */
  async function momentsOfBooks(): Promise<Date[]> {
    const journals: { at: Date }[] = await db().query('SELECT DISTINCT posted_at at FROM journal ORDER BY posted_at');
    const each = Math.ceil(journals.length / 8);
    return [...journals.filter((_, i) => i % each === 0), ...journals.slice(-1)].map(({ at }) => at);
  }

  it('is clean while nobody has altered anything', async () => {
    for (const { title, sql } of invariants) expect([title, await db().query(sql)]).toEqual([title, []]);
  });

  it('is clean since any moment, however much of the books is new', async () => {
    for (const moment of [LONG_AGO, ...(await momentsOfBooks())])
      for (const { title, since } of invariants)
        if (since) expect([moment, title, await db().query(since(moment))]).toEqual([moment, title, []]);
  });

  it.each(tamperings)('sees of what is new that %s', async (_what, title, sql) => {
    // Most by the same invariant; what is a sum in the whole books may show where the one entry is looked at.
    const first = invariants.filter((one) => one.title === title);
    const found = await altered(sql, async (query) => {
      for (const { sql: whole, since } of [...first, ...invariants]) {
        const offenders = await query(since?.(LONG_AGO) ?? whole);
        if (offenders.length > 0) return offenders;
      }
      return [];
    });
    expect(found).not.toEqual([]);
  });

  it.each(tamperings)('sees that %s', async (_what, title, sql) => {
    const invariant = invariants.find((one) => one.title === title);
    const found = await altered(sql, (query) => query(invariant?.sql ?? 'there is none'));
    expect(found.map(({ offender }) => offender)).toEqual(expect.arrayContaining([expect.any(String)]));
  });

  it.each(invariants)('needs every branch to see it: $title', async ({ title, sql }) => {
    const living = new Map(branchesOf(sql).map((branch) => [branch.what, branch.sql]));
    const mine = tamperings.filter(([, other]) => other === title).map(([, , statements]) => statements);
    expect(mine).not.toEqual([]);
    for (const statements of [[], ...mine])
      await altered(statements, async (query) => {
        const found = async (statement: string) => JSON.stringify(await query(`SELECT * FROM (${statement}) o`));
        const right = await found(sql);
        for (const [what, changed] of living) if ((await found(changed)) !== right) living.delete(what);
      });
    const known = (what: string) => Object.keys(equivalent).some((name) => what.replace(/^\d+ /, '').startsWith(name));
    expect([...living.keys()].filter((what) => !known(what))).toEqual([]);
  });
}
