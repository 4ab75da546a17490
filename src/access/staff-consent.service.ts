import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../core/clock.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { DomainError, whoWasFaster } from '../shared/domain-error.js';
import type { StaffChangeId } from '../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../shared/page.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import type { ConsentedChangeDto, ShownChangeState, StaffChangeDto } from './staff-change.dto.js';
import type { StaffChangeEntity } from './staff-change.entity.js';
import { StaffChangeRepository } from './staff-change.repository.js';
import { StaffChanges } from './staff-changes.js';
import { StaffLinks } from './staff-links.js';
import type { StaffEntity } from './staff.entity.js';
import { lockAllFor, rolesOf, StaffRepository } from './staff.repository.js';
import type { Staff } from './staff.js';

/** What a second admin decides about. */
@Injectable()
export class StaffConsentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffChangeRepository,
    private readonly staff: StaffRepository,
    private readonly changes: StaffChanges,
    private readonly links: StaffLinks,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(
    state: ShownChangeState | undefined,
    { limit, after }: PageRequest<StaffChangeId>,
  ): Promise<Page<StaffChangeDto>> {
    const em = this.unitOfWork.reader;
    const now = this.clock.now();
    const rows = await this.repository.page(em, state, now, after, limit + 1);
    const people = await this.staff.findMany(
      em,
      rows.map(({ staffId }) => staffId),
    );
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      (row) => changeView(row, people.get(row.staffId)?.email ?? '', now),
    );
  }

  /**
   * Another admin than who asked agrees, and it is done. Throws `staff-change.not-found`, `staff-change.not-waiting`,
   * `staff-change.same-person`, and `staff.password-handed-over` while somebody else knows the admin's password.
   */
  async consent(principal: Staff, id: StaffChangeId): Promise<ConsentedChangeDto> {
    const { change, row, link } = await this.unitOfWork.run(async (tx) => {
      const { change, row } = await this.decide(tx, principal, id, 'consented');
      return {
        change,
        row,
        link: await this.changes.apply(tx, row, { kind: change.kind, roles: rolesOf(change) }, principal),
      };
    });
    this.links.announce(link);
    return Object.assign(changeView(change, row.email, this.clock.now()), { invitation: link?.shown ?? null });
  }

  /** Another admin than who asked says no. Throws as {@link consent} does. */
  refuse(principal: Staff, id: StaffChangeId): Promise<StaffChangeDto> {
    return this.drop(principal, id, 'refused');
  }

  /** Who asked takes it back. Throws `staff-change.not-found`, `staff-change.not-waiting`, and `staff.own-account` of another's. */
  withdraw(principal: Staff, id: StaffChangeId): Promise<StaffChangeDto> {
    return this.drop(principal, id, 'withdrawn');
  }

  private drop(principal: Staff, id: StaffChangeId, state: 'refused' | 'withdrawn'): Promise<StaffChangeDto> {
    return this.unitOfWork.run(async (tx) => {
      const { change, row } = await this.decide(tx, principal, id, state);
      // Nobody works here who was never agreed to.
      if (change.kind === 'invite') await this.staff.deactivate(tx, row.id, this.clock.now());
      return changeView(change, row.email, this.clock.now());
    });
  }

  private async decide(
    tx: EntityManager,
    principal: Staff,
    id: StaffChangeId,
    state: 'consented' | 'refused' | 'withdrawn',
  ): Promise<{ change: StaffChangeEntity; row: StaffEntity }> {
    const { all, me } = await lockAllFor(this.staff, tx, principal);
    const change = await this.repository.find(tx, id);
    const row = all.find((member) => member.id === change?.staffId);
    if (!change || !row) throw refusal('staff-change.not-found', 'There is no change with this id.');
    const now = this.clock.now();
    if (change.state !== 'waiting' || change.expiresAt <= now)
      throw new DomainError<AccessErrorCode>(
        'staff-change.not-waiting',
        `It is ${shownState(change, now)}.`,
        undefined,
        whoWasFaster({ by: change.decidedBy, at: change.decidedAt }),
      );
    const asked = change.askedBy === principal.staffId;
    if (state === 'withdrawn' && !asked)
      throw refusal('staff-change.same-person', 'Who asked takes it back; others refuse it.');
    if (state !== 'withdrawn' && (asked || change.staffId === principal.staffId))
      throw refusal('staff-change.same-person', 'Who asks, or is asked for, does not decide.');
    if (state !== 'withdrawn' && !me.ownPassword)
      throw refusal('staff.password-handed-over', 'Another admin knows your password: choose one of your own.');
    Object.assign(change, { state, decidedBy: principal.staffId, decidedAt: now });
    await this.repository.decide(tx, id, { state, decidedBy: principal.staffId, decidedAt: now });
    const detail = { change: id, kind: change.kind, roles: rolesOf(change), askedBy: change.askedBy };
    await this.auditLog.record(tx, { principal, action: `staff-change.${state}`, subject: row.id, detail });
    return { change, row };
  }
}

/** A change as it is shown. */
export function changeView(change: StaffChangeEntity, email: string, now: Date): StaffChangeDto {
  const { id, staffId, kind, askedBy, askedAt, expiresAt, decidedBy, decidedAt } = change;
  return {
    id,
    staffId,
    email,
    kind,
    roles: rolesOf(change),
    state: shownState(change, now),
    askedBy,
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    decidedBy,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

function shownState({ state, expiresAt }: StaffChangeEntity, now: Date): ShownChangeState {
  return state === 'waiting' && expiresAt <= now ? 'expired' : state;
}

function refusal(code: AccessErrorCode, detail: string): DomainError<AccessErrorCode> {
  return new DomainError(code, detail);
}
