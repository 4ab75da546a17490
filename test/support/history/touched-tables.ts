import type { Logger } from 'typeorm';
import type { SqlInvariant } from '../../../src/finance/ledger/invariant.js';

type Invariant = Pick<SqlInvariant, 'title' | 'sql'>;

const READS = /^\s*(SELECT|SHOW|SET|START|COMMIT|ROLLBACK|WITH)\b/i;
const WRITES = /^\s*(?:INSERT(?:\s+IGNORE)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+`?(\w+)`?/i;

/**
 * Which invariants may have changed their answer: those that read a table that was written since they were last asked.
 * Listens to every statement of a data source; a write that it cannot read counts for all tables.
 */
export class TouchedTables implements Logger {
  private tables = new Set<string>();
  private all = true;

  constructor(private readonly invariantsOfAll: readonly Invariant[]) {}

  logQuery(sql: string): void {
    const [, table] = WRITES.exec(sql) ?? [];
    if (table !== undefined) this.tables.add(table);
    else if (!READS.test(sql)) this.all = true;
  }

  /** Forgets what was touched. */
  invariants(): readonly Invariant[] {
    const { all, tables } = this;
    this.all = false;
    this.tables = new Set();
    if (all) return this.invariantsOfAll;
    if (tables.size === 0) return [];
    const named = new RegExp(`\\b(${[...tables].join('|')})\\b`);
    return this.invariantsOfAll.filter(({ sql }) => named.test(sql));
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
