import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parseHead, type ChainHead } from '../../core/chain/seal.js';
import type { AuditDto, AuditProgressDto, LastAuditDto } from './audit.dto.js';

export const SCHEDULED = 1;
const REQUESTED = 2;
const RUNNING = 3;
/** Where the last scheduled one ended that found nothing. */
const CLEAN = 4;
/** The last scheduled one that looked at everything. */
const FULL = 5;

/** Longer than any one invariant takes: who has told nothing for so long does not run any more. */
const SILENT_SECONDS = 300;

/** A result, and how old it is by the database's clock. */
export interface KeptAudit {
  result: LastAuditDto;
  ageSeconds: number;
  /** How old the last one is that found nothing; null: none has been kept. */
  cleanAgeSeconds: number | null;
  /** How old the last one is that looked at everything; null: none has been kept. */
  fullAgeSeconds: number | null;
}

/** The last scheduled audit, which found nothing: another one may go on from there. */
export interface Checkpoint {
  at: Date;
  /** When the last one began that looked at everything. */
  fullAt: Date;
  head: ChainHead;
  auditLogHead: ChainHead;
}

@Injectable()
export class AuditResultRepository {
  /** Now, by the database. */
  async findNow(tx: EntityManager): Promise<Date> {
    const [row] = await tx.query<{ now: Date }[]>('SELECT CURRENT_TIMESTAMP(6) now');
    if (!row) throw new Error('the database has no time');
    return row.now;
  }

  async findLast(tx: EntityManager): Promise<KeptAudit | null> {
    const rows = await tx.query<{ id: number; result: string; age: string }[]>(
      'SELECT id, result, TIMESTAMPDIFF(SECOND, at, CURRENT_TIMESTAMP(6)) age FROM audit_result WHERE id IN (?)',
      [[SCHEDULED, CLEAN, FULL]],
    );
    const row = rows.find(({ id }) => id === SCHEDULED);
    if (!row) return null;
    const ageOf = (kind: number) => {
      const age = rows.find(({ id }) => id === kind)?.age;
      return age === undefined ? null : Number(age);
    };
    return {
      result: JSON.parse(row.result) as LastAuditDto,
      ageSeconds: Number(row.age),
      cleanAgeSeconds: ageOf(CLEAN),
      fullAgeSeconds: ageOf(FULL),
    };
  }

  /** From where a scheduled audit may go on; null: the last one found something, or there is none. */
  async findCheckpoint(tx: EntityManager): Promise<Checkpoint | null> {
    const rows = await tx.query<{ id: number; at: Date; clean: number; result: string }[]>(
      'SELECT id, at, clean, result FROM audit_result WHERE id IN (?)',
      [[SCHEDULED, CLEAN, FULL]],
    );
    const [last, clean, full] = [SCHEDULED, CLEAN, FULL].map((kind) => rows.find(({ id }) => id === kind));
    if (last?.clean !== 1 || !clean || !full) return null;
    const kept = JSON.parse(clean.result) as { head?: string; auditLogHead?: string };
    const [head, auditLogHead] = [parseHead(kept.head ?? ''), parseHead(kept.auditLogHead ?? '')];
    return head && auditLogHead && { at: clean.at, fullAt: full.at, head, auditLogHead };
  }

  /** Keeps a result, unless a later one is there: audits of two workers may overtake each other. */
  async keep(tx: EntityManager, at: Date, result: LastAuditDto): Promise<void> {
    await this.write(tx, SCHEDULED, at, result);
    if (result.since === null) await this.write(tx, FULL, at, result);
    if (!result.clean) return;
    const end = { clean: true, head: result.chain.head, auditLogHead: result.auditLog.head };
    await this.write(tx, CLEAN, at, end);
  }

  /** Keeps a result that was asked for, for those who wait for it in other processes. */
  keepRequested(tx: EntityManager, result: AuditDto): Promise<void> {
    return this.write(tx, REQUESTED, new Date(result.at), result);
  }

  /** What an audit of everything found that was finished after a moment of the database; null: none was. */
  async findSince(tx: EntityManager, moment: Date): Promise<AuditDto | null> {
    const [row] = await tx.query<{ result: string }[]>(
      'SELECT result FROM audit_result WHERE kept_at >= ? AND id IN (?) ORDER BY kept_at DESC LIMIT 1',
      [moment, [FULL, REQUESTED]],
    );
    if (!row) return null;
    const { at, items } = JSON.parse(row.result) as AuditDto;
    return { at, clean: items.every(({ count }) => count === 0), items };
  }

  /** Tells those who wait how far the audit is; no row that they read is locked for longer than the statement. */
  keepProgress(tx: EntityManager, { startedAt, checked, of }: AuditProgressDto): Promise<void> {
    const progress = { startedAt, checked, of, clean: true };
    return this.write(tx, RUNNING, new Date(startedAt), progress);
  }

  /** How far the audit is that runs now; null: none does. */
  async findProgress(tx: EntityManager): Promise<AuditProgressDto | null> {
    const [row] = await tx.query<{ result: string }[]>(
      'SELECT result FROM audit_result WHERE id = ? AND kept_at > CURRENT_TIMESTAMP(6) - INTERVAL ? SECOND',
      [RUNNING, SILENT_SECONDS],
    );
    if (!row) return null;
    const { startedAt, checked, of } = JSON.parse(row.result) as AuditProgressDto;
    return checked < of ? { startedAt, checked, of } : null;
  }

  private async write(tx: EntityManager, id: number, at: Date, result: { clean: boolean }): Promise<void> {
    await tx.query(
      `INSERT INTO audit_result (id, at, kept_at, clean, result) VALUES (?, ?, CURRENT_TIMESTAMP(6), ?, ?)
        ON DUPLICATE KEY UPDATE clean = IF(VALUES(at) >= at, VALUES(clean), clean), kept_at = VALUES(kept_at),
          result = IF(VALUES(at) >= at, VALUES(result), result), at = GREATEST(at, VALUES(at))`,
      [id, at, result.clean ? 1 : 0, JSON.stringify(result)],
    );
  }
}
