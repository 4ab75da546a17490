import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../../core/table.js';
import { JournalSealEntity } from './seal.entity.js';
import type { ChainHead, SealableJournal } from './seal.js';
import type { JournalId } from '../../../shared/ids.js';

const time = (column: string) => `DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%f')`;
const JOURNAL = `j.id, j.business_key, j.kind, j.description, j.cause_type, j.cause_id, ${time('j.occurred_at')} occurred_at, ${time('j.posted_at')} posted_at`;
const ENTRY = 'journal_id, line, owner, asset, account, amount, seq, balance_after, reward_id, payout_id';

const SEALS = new Table(JournalSealEntity);

type Row = Record<string, string | number | null>;
type JournalRow = Row & { id: JournalId };

@Injectable()
export class SealRepository {
  /** The head, locked: one sealer works at a time. */
  async lockHead(tx: EntityManager): Promise<ChainHead> {
    const [row] = await tx.query<Row[]>('SELECT position, seal FROM seal_head WHERE id = 1 FOR UPDATE');
    return toHead(row);
  }

  /** How far the chain goes, and since when nothing older is unsealed. */
  async findHead(tx: EntityManager): Promise<ChainHead & { sealedUntil: Date }> {
    const [row] = await tx.query<(Row & { sealed_until: Date })[]>(
      'SELECT position, seal, sealed_until FROM seal_head WHERE id = 1',
    );
    return { ...toHead(row), sealedUntil: row?.sealed_until ?? new Date(0) };
  }

  /** The next journals to seal, oldest first; only such as are so old that nothing older can still appear before them. */
  async findUnsealed(tx: EntityManager, limit: number, seconds: number): Promise<SealableJournal[]> {
    const journals = await tx.query<JournalRow[]>(
      `SELECT ${JOURNAL} FROM journal j JOIN seal_head h ON h.id = 1
        WHERE (j.posted_at > h.sealed_until OR (j.posted_at = h.sealed_until AND j.id > h.sealed_journal_id))
          AND j.posted_at < NOW(6) - INTERVAL ? SECOND
        ORDER BY j.posted_at, j.id LIMIT ?`,
      [seconds, limit],
    );
    return this.withEntries(tx, journals);
  }

  /** Links of the chain after `position`, with what their journals say now; a journal that is gone is null. */
  async findSealed(
    tx: EntityManager,
    position: bigint,
    limit: number,
  ): Promise<{ position: bigint; journalId: JournalId; seal: string; journal: SealableJournal | null }[]> {
    const links = await tx.query<(Row & { journal_id: JournalId })[]>(
      'SELECT position, journal_id, seal FROM journal_seal WHERE position > ? ORDER BY position LIMIT ?',
      [position.toString(), limit],
    );
    if (links.length === 0) return [];
    const rows = await tx.query<JournalRow[]>(`SELECT ${JOURNAL} FROM journal j WHERE j.id IN (?)`, [
      links.map((l) => l.journal_id),
    ]);
    const journals = new Map((await this.withEntries(tx, rows)).map((journal) => [journal.id, journal]));
    return links.map((link) => ({
      position: BigInt(link.position ?? 0),
      journalId: link.journal_id,
      seal: String(link.seal),
      journal: journals.get(link.journal_id) ?? null,
    }));
  }

  /** Journals that should have been sealed by now and are not: they were written past the ledger. */
  async findSmuggled(tx: EntityManager, limit: number): Promise<JournalId[]> {
    const rows = await tx.query<JournalRow[]>(
      `SELECT j.id FROM journal j JOIN seal_head h ON h.id = 1 LEFT JOIN journal_seal s ON s.journal_id = j.id
        WHERE s.position IS NULL
          AND (j.posted_at < h.sealed_until OR (j.posted_at = h.sealed_until AND j.id <= h.sealed_journal_id))
        LIMIT ?`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Entries without a journal, which no chain could notice. */
  async findOrphanEntries(tx: EntityManager, limit: number): Promise<JournalId[]> {
    const rows = await tx.query<JournalRow[]>(
      'SELECT DISTINCT e.journal_id id FROM entry e LEFT JOIN journal j ON j.id = e.journal_id WHERE j.id IS NULL LIMIT ?',
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Adds links and moves the head to the last of them. */
  async append(tx: EntityManager, links: readonly { head: ChainHead; journalId: JournalId }[]): Promise<void> {
    const last = links.at(-1);
    if (!last) return;
    await SEALS.insert(
      tx,
      links.map(({ head, journalId }) => ({ ...head, journalId })),
    );
    await tx.query(
      `UPDATE seal_head h JOIN journal j ON j.id = ?
          SET h.position = ?, h.seal = ?, h.sealed_until = j.posted_at, h.sealed_journal_id = j.id WHERE h.id = 1`,
      [last.journalId, last.head.position.toString(), last.head.seal],
    );
  }

  private async withEntries(tx: EntityManager, journals: readonly JournalRow[]): Promise<SealableJournal[]> {
    if (journals.length === 0) return [];
    const entries = await tx.query<Row[]>(
      `SELECT ${ENTRY} FROM entry WHERE journal_id IN (?) ORDER BY journal_id, line`,
      [journals.map((journal) => journal.id)],
    );
    const byJournal = new Map<unknown, (string | null)[][]>(journals.map((journal) => [journal.id, []]));
    for (const entry of entries) byJournal.get(entry.journal_id)?.push(Object.values(entry).map(text));
    return journals.map((journal) => ({
      id: journal.id,
      columns: Object.values(journal).map(text),
      entries: byJournal.get(journal.id) ?? [],
    }));
  }
}

function text(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

function toHead(row: Row | undefined): ChainHead {
  if (!row) throw new Error('the row of seal_head is gone');
  return { position: BigInt(row.position ?? 0), seal: String(row.seal) };
}
