import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { currentContext } from '../core/work-context.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { newId, type ApiKeyId, type ApplicationId, type StaffId, type MerchantId } from '../shared/ids.js';
import { momentKeyOf, momentKeyText, pageOf, type Page, type PageRequest } from '../shared/page.js';
import type { AuditEntryDto } from './audit-log.dto.js';
import type { AuditLogEntity } from './audit-log.entity.js';
import { AuditLogRepository, type AuditFilter } from './audit-log.repository.js';

/** Who did it: any principal, an applicant by their token, or Yinke itself (first boot, schedules). */
export type AuditActor =
  | { kind: 'anonymous' | 'system' }
  | { kind: 'storefront'; keyId: ApiKeyId }
  | { kind: 'staff'; staffId: StaffId }
  | { kind: 'merchant' | 'widget'; merchantId: MerchantId }
  | { kind: 'applicant'; applicationId: ApplicationId };

/** An action, and who took it. */
export interface AuditRecord {
  principal: AuditActor;
  /** A past-tense fact: `storefront.created`. */
  action: string;
  /** Id of what was acted on. */
  subject: string;
  /** Further facts; never a secret or personal data. */
  detail?: object;
  /** What it said before and says since, where something was changed: the same names in both, no secret and no personal data. */
  before?: object | null;
  after?: object | null;
}

/** Who did what, and when. Entries are only ever added. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AuditLogRepository,
  ) {}

  /** Adds an entry in the transaction of what was done. */
  async record(tx: EntityManager, { principal, action, subject, detail, before, after }: AuditRecord): Promise<void> {
    const { requestId, address } = currentContext();
    await this.repository.insert(tx, {
      id: newId('auditLog'),
      actorKind: principal.kind,
      actorId: actorIdOf(principal),
      action,
      subject,
      detail: detail ?? null,
      ...changed(before ?? null, after ?? null),
      requestId: requestId ?? null,
      address: address ?? null,
    });
  }

  /** Entries, the latest first. */
  async list(filter: AuditFilter, { limit, after }: PageRequest): Promise<Page<AuditEntryDto>> {
    const rows = await this.repository.list(this.unitOfWork.reader, filter, momentKeyOf(after), limit + 1);
    return pageOf(
      rows,
      limit,
      (row) => momentKeyText(row.key),
      (row) => ({
        id: row.id,
        at: row.at.toISOString(),
        actor: { kind: row.actorKind, id: row.actorId },
        action: row.action,
        subject: row.subject,
        detail: row.detail as Record<string, unknown> | null,
        before: row.before as Record<string, unknown> | null,
        after: row.after as Record<string, unknown> | null,
        requestId: row.requestId,
        address: row.address,
      }),
    );
  }
}

/** Of two states, what differs: all of one that has no other. */
function changed(before: object | null, after: object | null): { before: object | null; after: object | null } {
  if (before === null || after === null) return { before, after };
  const states = [before, after].map((state) => new Map<string, unknown>(Object.entries(state)));
  const [was, is] = states as [Map<string, unknown>, Map<string, unknown>];
  const names = [...new Set([...was.keys(), ...is.keys()])].filter(
    (name) => !isDeepStrictEqual(was.get(name), is.get(name)),
  );
  const pick = (state: Map<string, unknown>) =>
    Object.fromEntries(names.map((name) => [name, state.get(name) ?? null]));
  return { before: pick(was), after: pick(is) };
}

/** Whose id stands for who did it. */
export function actorIdOf(actor: AuditActor): AuditLogEntity['actorId'] {
  switch (actor.kind) {
    case 'anonymous':
    case 'system':
      return null;
    case 'storefront':
      return actor.keyId;
    case 'staff':
      return actor.staffId;
    case 'merchant':
    case 'widget':
      return actor.merchantId;
    case 'applicant':
      return actor.applicationId;
  }
}
