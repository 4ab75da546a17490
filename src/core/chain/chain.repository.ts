import type { EntityManager } from 'typeorm';
import type { ChainHead, SealableRow } from './seal.js';

/** Which rows are chained, and the two tables that the chain stands in. */
export interface ChainTables {
  /** The table of the rows. */
  rows: string;
  /** When a row was written, by the database's clock: rows are chained in this order, then by id. */
  at: string;
  /** All columns of a row as text, in a fixed order, `id` the first. */
  columns: string;
  /** The links: `position`, the row, `seal`. */
  links: { table: string; row: string };
  /** The one row that says how far the chain goes: `position`, `seal`, `sealed_until` and the last row. */
  head: { table: string; row: string };
}

type Row = Record<string, string | number | null>;

/** A moment as text, to the microsecond and in no session's format. */
export const momentText = (column: string): string => `DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%f')`;

/** SQL of a chain of rows that are only ever added. */
export abstract class ChainRepository<Id extends string = string> {
  protected abstract readonly tables: ChainTables;

  /** What belongs to these rows and is sealed with them. */
  protected partsOf(_tx: EntityManager, _ids: readonly Id[]): Promise<ReadonlyMap<Id, SealableRow['parts']>> {
    return Promise.resolve(new Map());
  }

  /** Rows that are gone though something of theirs is there, which no chain could notice. */
  findOrphans(_tx: EntityManager, _limit: number, _since: Date | null): Promise<Id[]> {
    return Promise.resolve([]);
  }

  /** The head, locked: one sealer works at a time. */
  async lockHead(tx: EntityManager): Promise<ChainHead> {
    const [row] = await tx.query<Row[]>(`SELECT position, seal FROM ${this.tables.head.table} WHERE id = 1 FOR UPDATE`);
    return this.toHead(row);
  }

  /** How far the chain goes, and since when nothing older is unsealed. */
  async findHead(tx: EntityManager): Promise<ChainHead & { sealedUntil: Date }> {
    const [row] = await tx.query<(Row & { sealed_until: Date })[]>(
      `SELECT position, seal, sealed_until FROM ${this.tables.head.table} WHERE id = 1`,
    );
    return { ...this.toHead(row), sealedUntil: row?.sealed_until ?? new Date(0) };
  }

  /** The next rows to seal, oldest first; only such as are so old that nothing older can still appear before them. */
  async findUnsealed(tx: EntityManager, limit: number, seconds: number): Promise<SealableRow<Id>[]> {
    const { rows, at, columns, head } = this.tables;
    const found = await tx.query<Row[]>(
      `SELECT ${columns} FROM ${rows} r JOIN ${head.table} h ON h.id = 1
        WHERE (r.${at} > h.sealed_until OR (r.${at} = h.sealed_until AND r.id > h.${head.row}))
          AND r.${at} < NOW(6) - INTERVAL ? SECOND
        ORDER BY r.${at}, r.id LIMIT ?`,
      [seconds, limit],
    );
    return this.withParts(tx, found);
  }

  /** Links of the chain after `position`, with what their rows say now; a row that is gone is null. */
  async findSealed(
    tx: EntityManager,
    position: bigint,
    limit: number,
  ): Promise<{ position: bigint; id: Id; seal: string; row: SealableRow<Id> | null }[]> {
    const { rows, columns, links } = this.tables;
    const found = await tx.query<Row[]>(
      `SELECT position, ${links.row} id, seal FROM ${links.table} WHERE position > ? ORDER BY position LIMIT ?`,
      [position.toString(), limit],
    );
    if (found.length === 0) return [];
    const linked = await tx.query<Row[]>(`SELECT ${columns} FROM ${rows} r WHERE r.id IN (?)`, [
      found.map(({ id }) => id),
    ]);
    const byId = new Map((await this.withParts(tx, linked)).map((row) => [row.id, row]));
    return found.map((link) => ({
      position: BigInt(link.position ?? 0),
      id: link.id as Id,
      seal: String(link.seal),
      row: byId.get(link.id as Id) ?? null,
    }));
  }

  /** The seal of a link; null: there is no such link. */
  async findSeal(tx: EntityManager, position: bigint): Promise<string | null> {
    const { table } = this.tables.links;
    const [link] = await tx.query<Row[]>(`SELECT seal FROM ${table} WHERE position = ?`, [position.toString()]);
    return link ? String(link.seal) : null;
  }

  /** Rows that should have been sealed by now and are not: they were written past the program. `since`: only such as are no older. */
  async findSmuggled(tx: EntityManager, limit: number, since: Date | null): Promise<Id[]> {
    const { rows, at, links, head } = this.tables;
    const found = await tx.query<{ id: Id }[]>(
      `SELECT r.id FROM ${rows} r JOIN ${head.table} h ON h.id = 1 LEFT JOIN ${links.table} l ON l.${links.row} = r.id
        WHERE l.position IS NULL AND r.${at} >= ?
          AND (r.${at} < h.sealed_until OR (r.${at} = h.sealed_until AND r.id <= h.${head.row}))
        LIMIT ?`,
      [since ?? new Date(0), limit],
    );
    return found.map(({ id }) => id);
  }

  /** Adds links and moves the head to the last of them. */
  async append(tx: EntityManager, added: readonly { head: ChainHead; id: Id }[]): Promise<void> {
    const last = added.at(-1);
    if (!last) return;
    const { rows, at, links, head } = this.tables;
    await tx.query(
      `INSERT INTO ${links.table} (position, ${links.row}, seal) VALUES ${added.map(() => '(?,?,?)').join(',')}`,
      added.flatMap((link) => [link.head.position.toString(), link.id, link.head.seal]),
    );
    await tx.query(
      `UPDATE ${head.table} h JOIN ${rows} r ON r.id = ?
          SET h.position = ?, h.seal = ?, h.sealed_until = r.${at}, h.${head.row} = r.id WHERE h.id = 1`,
      [last.id, last.head.position.toString(), last.head.seal],
    );
  }

  private async withParts(tx: EntityManager, rows: readonly Row[]): Promise<SealableRow<Id>[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id as Id);
    const parts = await this.partsOf(tx, ids);
    return rows.map((row, index) => {
      const id = ids[index] as Id;
      return { id, columns: Object.values(row).map(columnText), parts: parts.get(id) ?? [] };
    });
  }

  private toHead(row: Row | undefined): ChainHead {
    if (!row) throw new Error(`the row of ${this.tables.head.table} is gone`);
    return { position: BigInt(row.position ?? 0), seal: String(row.seal) };
  }
}

/** A value as what is sealed says it. */
export function columnText(value: string | number | null): string | null {
  return value === null ? null : String(value);
}
