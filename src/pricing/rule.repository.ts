import type { EntityManager } from 'typeorm';
import { databaseNow } from '../core/database-now.js';
import { Table, type RowOf } from '../core/table.js';
import type { PageRequest } from '../shared/page.js';
import type { RuleVersion } from '../shared/rule.js';
import type { RuleColumns, RuleVersionColumns } from './rule.entity.js';

/** A rule with all its versions, the first one first. */
export interface Rule<Version extends RuleVersion> {
  id: Version['ruleId'];
  createdAt: Date;
  endedAt: Date | null;
  versions: Version[];
}

type RuleColumnsOf<Version extends RuleVersion> = RuleColumns & { id: Version['ruleId'] };

/** What is the same for every kind of rule in SQL: rules are made, given versions, ended and listed. */
export abstract class RuleRepository<Row extends RuleVersionColumns, Version extends RuleVersion> {
  private readonly rules: Table<RuleColumnsOf<Version>>;
  private readonly versions: Table<Row>;

  protected constructor(rule: new () => RuleColumnsOf<Version>, version: new () => Row) {
    this.rules = new Table(rule);
    this.versions = new Table(version);
  }

  /** A version as its row says it. */
  protected abstract rowOf(version: Version): Omit<RowOf<Row>, 'createdAt'>;
  protected abstract versionOf(row: RowOf<Row>, endedAt: Date | null): Version;

  async insertRule(tx: EntityManager, { id, createdAt }: { id: Version['ruleId']; createdAt: Date }): Promise<void> {
    await tx.query(
      `INSERT INTO ${this.rules.name} (id, created_at, ended_at, changed_at) VALUES (?, ?, NULL, CURRENT_TIMESTAMP(6))`,
      [id, createdAt],
    );
  }

  /** A unique key refuses a second version from the same moment on. */
  async insertVersion(tx: EntityManager, version: Version, createdAt: Date): Promise<void> {
    await this.versions.insert(tx, [{ ...this.rowOf(version), createdAt } as RowOf<Row>]);
  }

  /** Tells every process's directory to look at the rule; `endedAt` is set when it is given. */
  async markChanged(tx: EntityManager, id: Version['ruleId'], endedAt?: Date): Promise<void> {
    const { sql, parameters } = this.rules.assign(endedAt ? { endedAt } : {});
    await tx.query(
      `UPDATE ${this.rules.name} SET ${sql === '' ? '' : `${sql}, `}changed_at = CURRENT_TIMESTAMP(6) WHERE id = ?`,
      [...parameters, id],
    );
  }

  /** The rule; with `lock` locked, since its versions are numbered one after the other. */
  protected async find(
    tx: EntityManager,
    id: Version['ruleId'],
    { lock }: { lock: boolean },
  ): Promise<Rule<Version> | null> {
    const rows = await this.rules.find(tx, `WHERE id = ? ${lock ? 'FOR UPDATE' : ''}`, [id]);
    return (await this.withVersions(tx, rows))[0] ?? null;
  }

  /** Rules by id, the oldest first: one more than the page holds. */
  async list(tx: EntityManager, { limit, after }: PageRequest): Promise<Rule<Version>[]> {
    return this.withVersions(
      tx,
      await this.rules.find(tx, 'WHERE id > ? ORDER BY id LIMIT ?', [after ?? '', limit + 1]),
    );
  }

  /** Rules changed since a moment of the database's clock; null: all that `wanted`, a condition in SQL, lets in. */
  protected async findChanged(
    tx: EntityManager,
    since: Date | null,
    wanted: string,
  ): Promise<{ rows: Rule<Version>[]; asOf: Date }> {
    const asOf = await databaseNow(tx);
    const rows = await (since === null
      ? this.rules.find(tx, `WHERE ${wanted}`)
      : this.rules.find(tx, 'WHERE changed_at >= ?', [since]));
    return { rows: await this.withVersions(tx, rows), asOf };
  }

  private async withVersions(tx: EntityManager, rules: readonly RuleColumnsOf<Version>[]): Promise<Rule<Version>[]> {
    if (rules.length === 0) return [];
    const ids = rules.map(({ id }) => id);
    const byRule = new Map<Version['ruleId'], RowOf<Row>[]>(ids.map((id) => [id, []]));
    for (const row of await this.versions.find(tx, 'WHERE rule_id IN (?) ORDER BY rule_id, version', [ids]))
      byRule.get(row.ruleId)?.push(row);
    return rules.map(({ id, createdAt, endedAt }) => ({
      id,
      createdAt,
      endedAt,
      versions: (byRule.get(id) ?? []).map((row) => this.versionOf(row, endedAt)),
    }));
  }
}
