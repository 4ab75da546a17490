import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../core/clock.js';
import { Config } from '../core/config.js';
import { Logger } from '../core/logger.js';
import { DomainError } from '../shared/domain-error.js';
import { newId, type StaffId } from '../shared/ids.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import type { Role } from './principal.js';
import { consentFor, isSettingUp, type StaffChangeKind, type StaffChangeState } from './staff-change.js';
import type { StaffChangeEntity } from './staff-change.entity.js';
import { StaffChangeRepository } from './staff-change.repository.js';
import { StaffLinks, type SentLink } from './staff-links.js';
import type { StaffEntity } from './staff.entity.js';
import { accountOf, rolesOf, StaffRepository } from './staff.repository.js';
import type { Staff } from './staff.js';

const HOUR_MS = 3_600_000;

/** An admin; or whoever runs the servers, by a command. */
type Changer = Staff | { kind: 'system' };

/** What became of a change that was asked for. */
export interface Outcome {
  /** The account as it is now. */
  row: StaffEntity;
  /** What waits for another admin. */
  waiting: StaffChangeEntity | null;
  link: SentLink | null;
  /** Whether the only admin did it alone. */
  alone: boolean;
}

/** Changes of accounts: done at once, or written down until another admin consents. Everybody's rows are locked by the caller. */
@Injectable()
export class StaffChanges {
  constructor(
    private readonly repository: StaffChangeRepository,
    private readonly staff: StaffRepository,
    private readonly links: StaffLinks,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Whether there has never been a second admin, so that the only one may do everything; a setting forbids that. */
  isSettingUp(all: readonly StaffEntity[]): boolean {
    return this.config.staffConsent === 'after-set-up' && isSettingUp(all.map(accountOf));
  }

  /** Does it where nobody has to consent. Throws `staff-change.waiting`. */
  async ask(
    tx: EntityManager,
    all: readonly StaffEntity[],
    row: StaffEntity,
    { kind, roles, principal }: { kind: StaffChangeKind; roles: readonly Role[]; principal: Staff },
  ): Promise<Outcome> {
    const now = this.clock.now();
    const waits = (await this.repository.findWaiting(tx, [row.id])).some(({ expiresAt }) => expiresAt > now);
    if (waits) throw new DomainError<AccessErrorCode>('staff-change.waiting', 'Decide about it or withdraw it first.');
    const asked = { kind, before: rolesOf(row), roles, sendsLink: !this.links.areMailed };
    const consent = consentFor(asked, this.isSettingUp(all));
    if (consent === 'not-needed')
      return { row, waiting: null, link: await this.apply(tx, row, { kind, roles }, principal), alone: false };

    const state = consent === 'alone' ? 'alone' : 'waiting';
    const change = await this.write(tx, row.id, { kind, roles, state, principal });
    if (consent === 'second-admin') return { row, waiting: change, link: null, alone: false };
    return { row, waiting: null, link: await this.apply(tx, row, { kind, roles }, principal), alone: true };
  }

  /** Whoever runs the servers asks nobody: their change is written down, and done. */
  async command(
    tx: EntityManager,
    row: StaffEntity,
    asked: { kind: StaffChangeKind; roles: readonly Role[] },
  ): Promise<SentLink | null> {
    await this.withdrawAll(tx, { staffId: row.id }, SYSTEM);
    await this.write(tx, row.id, { ...asked, state: 'by-operator', principal: SYSTEM });
    return this.apply(tx, row, asked, SYSTEM);
  }

  /** Does what was asked for: roles, the account's return, and a link where a password has to be chosen. */
  async apply(
    tx: EntityManager,
    row: StaffEntity,
    { kind, roles }: { kind: StaffChangeKind; roles: readonly Role[] },
    principal: Changer,
  ): Promise<SentLink | null> {
    const before = rolesOf(row);
    row.roles = roles.join(',');
    if (kind === 'reactivate') row.deactivatedAt = null;
    if (kind === 'reactivate' || kind === 'password') {
      row.passwordHash = null;
      row.ownPassword = false;
      await this.staff.deleteSessions(tx, row.id, null);
    }
    await this.staff.update(tx, row, this.clock.now());
    if (!roles.includes('admin')) await this.withdrawAll(tx, { askedBy: row.id }, principal);
    await this.auditLog.record(tx, {
      principal,
      action: ACTIONS[kind],
      subject: row.id,
      before: { roles: before },
      after: { roles },
    });
    return kind === 'roles' || row.passwordHash !== null ? null : this.links.issue(tx, row);
  }

  /** What a person asked for, or what waits about them, is off the table. */
  async withdrawAll(
    tx: EntityManager,
    whose: { askedBy: StaffId } | { staffId: StaffId },
    principal: Changer,
  ): Promise<void> {
    for (const { id, staffId } of await this.repository.findWaitingOf(tx, whose)) {
      const decidedAt = this.clock.now();
      await this.repository.decide(tx, id, { state: 'withdrawn', decidedBy: staffOf(principal), decidedAt });
      const detail = { change: id };
      await this.auditLog.record(tx, { principal, action: 'staff-change.withdrawn', subject: staffId, detail });
    }
  }

  private async write(
    tx: EntityManager,
    staffId: StaffId,
    asked: { kind: StaffChangeKind; roles: readonly Role[]; state: keyof typeof WRITTEN; principal: Changer },
  ): Promise<StaffChangeEntity> {
    const { kind, roles, state, principal } = asked;
    const now = this.clock.now();
    const change: StaffChangeEntity = {
      id: newId('staffChange'),
      staffId,
      kind,
      roles: roles.join(','),
      state,
      askedBy: staffOf(principal),
      askedAt: now,
      expiresAt: new Date(now.getTime() + this.config.staffConsentHours * HOUR_MS),
      decidedBy: null,
      decidedAt: state === 'waiting' ? null : now,
    };
    await this.repository.insert(tx, change);
    const detail = { change: change.id, kind, roles };
    await this.auditLog.record(tx, { principal, action: WRITTEN[state], subject: staffId, detail });
    return change;
  }

  /** What follows a commit: the e-mail goes, and a change that nobody consented to is said aloud. */
  announce({ link, alone, row }: Outcome): void {
    this.links.announce(link);
    if (alone) this.logger.alert('money-role-alone', { staff: row.id });
  }
}

function staffOf(principal: Changer): StaffId | null {
  return principal.kind === 'staff' ? principal.staffId : null;
}

const SYSTEM = { kind: 'system' } as const;

const WRITTEN = {
  waiting: 'staff-change.asked',
  alone: 'staff-change.made-alone',
  'by-operator': 'staff-change.made-by-operator',
} satisfies Partial<Record<StaffChangeState, string>>;

const ACTIONS = {
  invite: 'staff.created',
  roles: 'staff.roles-changed',
  reactivate: 'staff.reactivated',
  password: 'staff.password-reset',
} satisfies Record<StaffChangeKind, string>;
