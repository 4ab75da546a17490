import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config, ConfigError } from '../core/config.js';
import { isDuplicate } from '../core/driver-error.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import type { StaffId } from '../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../shared/page.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import { assertNotGuessable, isGuessable } from './guessable-password.js';
import { hashPassword } from './password.js';
import type { Role } from './principal.js';
import { movesMoney } from './staff-change.js';
import { StaffChangeRepository } from './staff-change.repository.js';
import { StaffChanges, type Outcome } from './staff-changes.js';
import { changeView } from './staff-consent.service.js';
import { StaffLinks } from './staff-links.js';
import type { Staff } from './staff.js';
import type { CreateStaffDto, InvitedStaffDto, StaffDto, StaffNameDto } from './staff.dto.js';
import type { StaffEntity } from './staff.entity.js';
import { accountOf, isActiveAdmin, lockAllFor, newRow, rolesOf, StaffRepository } from './staff.repository.js';

/** Staff accounts. */
@Injectable()
export class StaffService implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
    private readonly changeRepository: StaffChangeRepository,
    private readonly changes: StaffChanges,
    private readonly links: StaffLinks,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.createFirstAdmin();
  }

  /** The admin of the configuration, when there is no staff at all. Several processes may try at once. */
  async createFirstAdmin(): Promise<void> {
    const { adminEmail, adminPassword } = this.config;
    if (adminEmail === null || adminPassword === null) return;
    if (!(await this.repository.isEmpty(this.unitOfWork.reader))) return;
    if (await isGuessable(adminPassword, [adminEmail, this.config.operatorName]))
      throw new ConfigError('YINKE_ADMIN_PASSWORD is easy to guess: take a few words, or have it made at random.');
    const now = this.clock.now();
    const passwordHash = await hashPassword(adminPassword);
    const row = Object.assign(newRow(adminEmail, now), {
      passwordHash,
      roles: 'admin',
      ownPassword: true,
      adminAt: now,
    });
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.insert(tx, row);
        const detail = { roles: ['admin'] };
        await this.auditLog.record(tx, {
          principal: { kind: 'system' },
          action: 'staff.created',
          subject: row.id,
          detail,
        });
      });
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  /**
   * Invites a member of staff. Throws `staff.email-taken`, and for a password `password.guessable`, or `staff.password-not-taken` once the
   * operator is set up.
   */
  async createStaff(principal: Staff, given: CreateStaffDto): Promise<InvitedStaffDto> {
    const password = given.password ?? null;
    if (password !== null) await assertNotGuessable(password, [given.email, this.config.operatorName], 'password');
    const passwordHash = password === null ? null : await hashPassword(password);
    return this.announced(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      if (passwordHash !== null && !this.changes.isSettingUp(all))
        throw refusal('staff.password-not-taken', 'The person chooses it by a link: leave it out.');
      const row = Object.assign(newRow(given.email, this.clock.now()), { passwordHash });
      await this.insert(tx, row);
      return this.changes.ask(tx, all, row, { kind: 'invite', roles: given.roles, principal });
    });
  }

  async listStaff({ limit, after }: PageRequest): Promise<Page<StaffDto>> {
    const em = this.unitOfWork.reader;
    const now = this.clock.now();
    const rows = await this.repository.page(em, after, limit);
    const ids = rows.map(({ id }) => id);
    const invited = await this.changeRepository.findInvited(em, ids, now);
    const waiting = await this.changeRepository.findWaiting(em, ids);
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      (row): StaffDto => {
        const change = waiting.find(({ staffId, expiresAt }) => staffId === row.id && expiresAt > now);
        return Object.assign(view(row, invited.get(row.id)), {
          waitingChange: change ? changeView(change, row.email, now) : null,
        });
      },
    );
  }

  async listNames({ limit, after }: PageRequest): Promise<Page<StaffNameDto>> {
    const rows = await this.repository.page(this.unitOfWork.reader, after, limit);
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      ({ id, email }) => ({ id, email }),
    );
  }

  /**
   * Ends an account and its sessions; a repeat changes nothing. Throws `staff.not-found`, and `staff.last-admin`, since
   * nobody could make the next one.
   */
  deactivateStaff(principal: Staff, id: StaffId): Promise<StaffDto> {
    return this.unitOfWork.run(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      const row = found(all, id);
      if (row.deactivatedAt !== null) return view(row);
      if (!all.some((member) => member.id !== id && isActiveAdmin(member)))
        throw refusal('staff.last-admin', 'At least one active admin has to remain.');
      const at = this.clock.now();
      await this.repository.deactivate(tx, id, at);
      await this.changes.withdrawAll(tx, { askedBy: id }, principal);
      await this.changes.withdrawAll(tx, { staffId: id }, principal);
      await this.auditLog.record(tx, { principal, action: 'staff.deactivated', subject: id });
      row.deactivatedAt = at;
      return view(row);
    });
  }

  /** Brings somebody back who was deactivated. Throws `staff.not-found`, `staff.active`, `staff-change.waiting`. */
  reactivate(principal: Staff, id: StaffId, roles: readonly Role[]): Promise<InvitedStaffDto> {
    return this.announced(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      const row = found(all, id);
      if (row.deactivatedAt === null) throw refusal('staff.active', 'Change its roles, or reset its password.');
      return this.changes.ask(tx, all, row, { kind: 'reactivate', roles, principal });
    });
  }

  /**
   * Gives another member of staff other roles; it holds from their next call on. Throws `staff.not-found`, `staff.own-account`,
   * `staff-change.waiting`.
   */
  async changeRoles(principal: Staff, id: StaffId, roles: readonly Role[]): Promise<StaffDto> {
    if (principal.staffId === id) throw refusal('staff.own-account', 'Another admin changes your roles.');
    const { invitation: _none, ...changed } = await this.announced(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      const row = found(all, id);
      if (row.deactivatedAt !== null) throw notFound();
      return this.changes.ask(tx, all, row, { kind: 'roles', roles, principal });
    });
    return changed;
  }

  /**
   * Ends another's password, and sends a link to choose one. Throws `staff.not-found`, `staff.own-account`, `staff.inactive`,
   * `staff-change.waiting`.
   */
  resetPassword(principal: Staff, id: StaffId): Promise<InvitedStaffDto> {
    if (principal.staffId === id) throw refusal('staff.own-account', 'Change your password with the present one.');
    return this.announced(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      const row = found(all, id);
      if (row.deactivatedAt !== null) throw refusal('staff.inactive', 'Reactivate the account first.');
      return this.changes.ask(tx, all, row, { kind: 'password', roles: rolesOf(row), principal });
    });
  }

  /**
   * A new link for somebody without a password. Throws `staff.not-found`, `staff.inactive`, `staff.has-password`, `staff-change.waiting`, and
   * `staff-change.same-person` where who asked for the account would see a link that opens it.
   */
  resendInvitation(principal: Staff, id: StaffId): Promise<InvitedStaffDto> {
    return this.announced(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      const row = found(all, id);
      if (row.deactivatedAt !== null) throw refusal('staff.inactive', 'Reactivate the account first.');
      if (row.passwordHash !== null) throw refusal('staff.has-password', 'Reset the password instead.');
      if (row.roles === '') throw refusal('staff-change.waiting', 'Another admin has to consent first.');
      const last = await this.changeRepository.findLastMade(tx, id);
      const seesLink = movesMoney(rolesOf(row)) && !this.links.areMailed;
      if (seesLink && last?.state === 'by-operator')
        throw refusal('staff-change.same-person', 'Whoever runs the servers made the link, and makes the next one.');
      if (seesLink && last?.state === 'consented' && last.askedBy === principal.staffId)
        throw refusal('staff-change.same-person', 'Another admin than who asked for the account hands the link over.');
      const link = await this.links.issue(tx, row);
      await this.auditLog.record(tx, { principal, action: 'staff-invitation.sent', subject: id });
      return { row, waiting: null, link, alone: false };
    });
  }

  /** Ends a link; a repeat changes nothing. Throws `staff.not-found`. */
  withdrawInvitation(principal: Staff, id: StaffId): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const { all } = await lockAllFor(this.repository, tx, principal);
      found(all, id);
      if (!(await this.changeRepository.deleteInvitation(tx, id))) return;
      await this.auditLog.record(tx, { principal, action: 'staff-invitation.withdrawn', subject: id });
    });
  }

  /** Throws `staff.not-found`. */
  async assertKnown(id: StaffId): Promise<void> {
    if (!(await this.repository.find(this.unitOfWork.reader, id))) throw notFound();
  }

  private async announced(work: (tx: EntityManager) => Promise<Outcome>): Promise<InvitedStaffDto> {
    const outcome = await this.unitOfWork.run(work);
    this.changes.announce(outcome);
    const { row, waiting, link } = outcome;
    const invitation = link?.shown ?? null;
    return Object.assign(view(row, invitation === null ? undefined : new Date(invitation.expiresAt)), {
      waitingChange: waiting && changeView(waiting, row.email, this.clock.now()),
      invitation,
    });
  }

  private async insert(tx: EntityManager, row: StaffEntity): Promise<void> {
    await this.repository.insert(tx, row).catch((error: unknown) => {
      throw isDuplicate(error, 'uq_staff_email')
        ? refusal('staff.email-taken', 'There is an account with this e-mail address.')
        : error;
    });
  }
}

function found(all: readonly StaffEntity[], id: StaffId): StaffEntity {
  const row = all.find((member) => member.id === id);
  if (!row) throw notFound();
  return row;
}

function notFound(): DomainError<AccessErrorCode> {
  return refusal('staff.not-found', 'There is no member of staff with this id.');
}

function refusal(code: AccessErrorCode, detail: string): DomainError<AccessErrorCode> {
  return new DomainError(code, detail);
}

function view(row: StaffEntity, invitedUntil?: Date): StaffDto {
  return {
    id: row.id,
    email: row.email,
    roles: rolesOf(row),
    secondFactor: row.totpSecret !== null,
    active: accountOf(row).active,
    deactivated: row.deactivatedAt !== null,
    invitedUntil: invitedUntil?.toISOString() ?? null,
    ownPassword: row.ownPassword,
    waitingChange: null,
    createdAt: row.createdAt.toISOString(),
  };
}
