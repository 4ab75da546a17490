import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../core/conditions.js';
import { Table, type RowOf } from '../core/table.js';
import type { OpenPeriod } from '../shared/page.dto.js';
import type { MomentKey } from '../shared/page.js';
import { AuditLogEntity } from './audit-log.entity.js';

const ENTRIES = new Table(AuditLogEntity);

/** Which entries to list. */
export interface AuditFilter extends OpenPeriod {
  /** Of this kind of caller. */
  actorKind?: string | undefined;
  /** Of this member of staff, merchant or key. */
  actor?: string | undefined;
  action?: string | undefined;
  /** What was acted on. */
  subject?: string | undefined;
}

/** SQL of the audit log. */
@Injectable()
export class AuditLogRepository {
  /** Adds an entry; when, says the database's clock, by which entries are chained. */
  async insert(tx: EntityManager, entry: Omit<AuditLogEntity, 'at'>): Promise<void> {
    await tx.insert(AuditLogEntity, { ...entry, at: () => 'NOW(6)' });
  }

  /** Entries after `after`, the latest first, each with its place; every filter has an index. */
  async list(
    em: EntityManager,
    { actorKind, actor, action, subject, from, to }: AuditFilter,
    after: MomentKey | null,
    limit: number,
  ): Promise<(RowOf<AuditLogEntity> & { key: MomentKey })[]> {
    const where = new Conditions()
      .and('actor_kind = ?', actorKind)
      .and('actor_id = ?', actor)
      .and('action = ?', action)
      .and('subject = ?', subject)
      .and('at >= ?', from)
      .and('at < ?', to)
      .and('at <= ? AND (at < ? OR id < ?)', after?.at, after?.at, after?.id);
    const rows = await em.query<{ place: string; id: string }[]>(
      `SELECT ${ENTRIES.list()}, CAST(at AS CHAR) place FROM audit_log WHERE ${where.sql} ORDER BY at DESC, id DESC LIMIT ?`,
      [...where.values, limit],
    );
    return rows.map((row) => ({ ...ENTRIES.rowOf(row), key: { at: row.place, id: row.id } }));
  }
}
