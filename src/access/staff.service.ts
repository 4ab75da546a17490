import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../core/config.js';
import { isDuplicate } from '../core/driver-error.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { emailKey } from '../shared/email-key.js';
import { DomainError } from '../shared/domain-error.js';
import { newId, type StaffId } from '../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../shared/page.js';
import { AuditLog, type AuditActor } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import { hashPassword } from './password.js';
import type { Principal, Role } from './principal.js';
import type { Staff } from './staff.js';
import type { CreateStaffDto, StaffDto, StaffNameDto } from './staff.dto.js';
import type { StaffEntity } from './staff.entity.js';
import { rolesOf, StaffRepository } from './staff.repository.js';

/** Staff accounts. */
@Injectable()
export class StaffService implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
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
    try {
      await this.insert({ kind: 'system' }, { email: adminEmail, password: adminPassword, roles: ['admin'] });
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  /** Adds a member of staff. Throws `staff.email-taken`. */
  createStaff(principal: Principal, given: CreateStaffDto): Promise<StaffDto> {
    return this.insert(principal, given);
  }

  async listStaff({ limit, after }: PageRequest): Promise<Page<StaffDto>> {
    return pageOf(await this.repository.page(this.unitOfWork.reader, after, limit), limit, (row) => row.id, view);
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
  deactivateStaff(principal: Principal, id: StaffId): Promise<StaffDto> {
    return this.unitOfWork.run(async (tx) => {
      const active = await this.repository.lockActive(tx);
      const row = active.find((member) => member.id === id) ?? (await this.repository.find(tx, id));
      if (!row) throw notFound();
      if (row.deactivatedAt !== null) return view(row);
      if (!active.some((member) => member.id !== id && rolesOf(member).includes('admin'))) {
        throw lastAdmin();
      }
      const at = this.clock.now();
      await this.repository.deactivate(tx, id, at);
      await this.auditLog.record(tx, { principal, action: 'staff.deactivated', subject: id });
      row.deactivatedAt = at;
      return view(row);
    });
  }

  /**
   * Gives another member of staff other roles; it holds from their next call on. Throws `staff.not-found`, `staff.own-account`, and
   * `staff.last-admin`.
   */
  changeRoles(principal: Staff, id: StaffId, roles: readonly Role[]): Promise<StaffDto> {
    if (principal.staffId === id)
      throw new DomainError<AccessErrorCode>('staff.own-account', 'Another admin changes your roles.');
    return this.unitOfWork.run(async (tx) => {
      const active = await this.repository.lockActive(tx);
      const row = active.find((member) => member.id === id);
      if (!row) throw notFound();
      const before = rolesOf(row);
      const admins = active.filter((member) => (member.id === id ? roles : rolesOf(member)).includes('admin'));
      if (admins.length === 0) throw lastAdmin();
      await this.repository.changeRoles(tx, id, roles);
      const detail = { before, after: [...roles] };
      await this.auditLog.record(tx, { principal, action: 'staff.roles-changed', subject: id, detail });
      row.roles = roles.join(',');
      return view(row);
    });
  }

  /** Throws `staff.not-found`. */
  async assertKnown(id: StaffId): Promise<void> {
    if (!(await this.repository.find(this.unitOfWork.reader, id))) throw notFound();
  }

  private async insert(principal: AuditActor, given: CreateStaffDto): Promise<StaffDto> {
    const passwordHash = await hashPassword(given.password);
    return this.unitOfWork.run(async (tx) => {
      const row: StaffEntity = {
        id: newId('staff'),
        email: given.email,
        emailKey: emailKey(given.email),
        passwordHash,
        roles: given.roles.join(','),
        createdAt: this.clock.now(),
        deactivatedAt: null,
        totpSecret: null,
        totpPending: null,
        totpStep: null,
      };
      await this.repository.insert(tx, row).catch((error: unknown) => {
        throw isDuplicate(error, 'uq_staff_email')
          ? new DomainError<AccessErrorCode>('staff.email-taken', 'There is an account with this e-mail address.')
          : error;
      });
      await this.auditLog.record(tx, {
        principal,
        action: 'staff.created',
        subject: row.id,
        detail: { roles: given.roles },
      });
      return view(row);
    });
  }
}

function notFound(): DomainError<AccessErrorCode> {
  return new DomainError('staff.not-found', 'There is no member of staff with this id.');
}

function lastAdmin(): DomainError<AccessErrorCode> {
  return new DomainError('staff.last-admin', 'At least one active admin has to remain.');
}

function view(row: StaffEntity): StaffDto {
  return {
    id: row.id,
    email: row.email,
    roles: rolesOf(row),
    secondFactor: row.totpSecret !== null,
    active: row.deactivatedAt === null,
    createdAt: row.createdAt.toISOString(),
  };
}
