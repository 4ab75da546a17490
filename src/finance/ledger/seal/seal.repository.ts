import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainRepository, columnText, momentText } from '../../../core/chain/chain.repository.js';
import type { SealableRow } from '../../../core/chain/seal.js';
import { firstIdAt, type JournalId } from '../../../shared/ids.js';

const ENTRY = 'journal_id, line, owner, asset, account, amount, seq, balance_after, reward_id, payout_id';

/** The chain of journals, each with its entries. */
@Injectable()
export class SealRepository extends ChainRepository<JournalId> {
  protected readonly tables = {
    rows: 'journal',
    at: 'posted_at',
    columns: `r.id, r.business_key, r.kind, r.description, r.cause_type, r.cause_id, ${momentText('r.occurred_at')} occurred_at, ${momentText('r.posted_at')} posted_at`,
    links: { table: 'journal_seal', row: 'journal_id' },
    head: { table: 'seal_head', row: 'sealed_journal_id' },
  };

  protected override async partsOf(
    tx: EntityManager,
    ids: readonly JournalId[],
  ): Promise<ReadonlyMap<JournalId, SealableRow['parts']>> {
    const entries = await tx.query<Record<string, string | number | null>[]>(
      `SELECT ${ENTRY} FROM entry WHERE journal_id IN (?) ORDER BY journal_id, line`,
      [ids],
    );
    const parts = new Map<JournalId, (string | null)[][]>(ids.map((id) => [id, []]));
    for (const entry of entries) parts.get(entry.journal_id as JournalId)?.push(Object.values(entry).map(columnText));
    return parts;
  }

  /** Entries without a journal. */
  override async findOrphans(tx: EntityManager, limit: number, since: Date | null): Promise<JournalId[]> {
    const rows = await tx.query<{ id: JournalId }[]>(
      `SELECT DISTINCT e.journal_id id FROM entry e LEFT JOIN journal j ON j.id = e.journal_id
        WHERE j.id IS NULL AND e.journal_id >= ? LIMIT ?`,
      [since === null ? '' : firstIdAt('journal', since), limit],
    );
    return rows.map(({ id }) => id);
  }
}
