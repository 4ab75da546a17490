import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { AuditLog, type AuditActor } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import type { Principal } from './principal.js';
import { verifyPassword } from './password.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SealedText } from '../shared/sealed-text.js';
import type { NewTotpDto, SecondFactorDto } from './staff.dto.js';
import type { StaffEntity } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { newTotpSecret, totpStepOf, totpUri } from './totp.js';
import type { StaffId } from '../shared/ids.js';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** What the keys of these secrets are derived for. */
export const TOTP_PURPOSE = 'yinke totp';

/** The second factor of staff: codes of an authenticator app (TOTP, RFC 6238). */
@Injectable()
export class SecondFactorService {
  private readonly seal: SealedText;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly recoveryCodes: RecoveryCodes,
    @Inject(Config) config: Config,
  ) {
    this.seal = new SealedText(config.dataKeys, TOTP_PURPOSE);
  }

  /** A secret for the caller's app; nothing changes until {@link confirm}. Throws `totp.already-on`. */
  async start(principal: StaffPrincipal): Promise<NewTotpDto> {
    const secret = newTotpSecret();
    await this.unitOfWork.run(async (tx) => {
      const staff = await this.lock(tx, principal.staffId);
      if (staff.totpSecret !== null)
        throw new DomainError<AccessErrorCode>('totp.already-on', 'An admin takes the old one off first.');
      await this.repository.changeTotp(tx, staff.id, { totpPending: this.seal.seal(secret, staff.id) });
    });
    return { secret, uri: totpUri(secret, principal.email) };
  }

  /** Takes the first code; from then on signing in takes one. Throws `totp.not-started`, `totp.wrong-code`. */
  async confirm(principal: StaffPrincipal, code: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const staff = await this.lock(tx, principal.staffId);
      if (staff.totpPending === null)
        throw new DomainError<AccessErrorCode>('totp.not-started', 'Ask for a secret first.');
      const step = totpStepOf(this.seal.open(staff.totpPending, staff.id), code, this.clock.now(), null);
      if (step === null)
        throw new DomainError<AccessErrorCode>('totp.wrong-code', 'This is not the code of the new secret.');
      const change = { totpSecret: staff.totpPending, totpPending: null, totpStep: step };
      await this.repository.changeTotp(tx, staff.id, change);
      await this.auditLog.record(tx, { principal, action: 'second-factor.set', subject: staff.id });
    });
  }

  /**
   * Removes another's second factor, for a lost phone, and their recovery codes; a repeat changes nothing. Throws `staff.not-found`, and
   * `staff.own-account`: a stolen session of an admin's must not make it needless.
   */
  async remove(principal: StaffPrincipal, staffId: StaffId): Promise<void> {
    if (principal.staffId === staffId)
      throw new DomainError<AccessErrorCode>('staff.own-account', 'Another admin takes your second factor off.');
    await this.unitOfWork.run(async (tx) => {
      const staff = await this.lock(tx, staffId);
      await this.takeOff(tx, principal, staff);
    });
  }

  /** Without asking who; the row is locked by the caller. */
  async takeOff(tx: EntityManager, principal: AuditActor, { id, totpSecret }: StaffEntity): Promise<void> {
    if (totpSecret === null) return;
    await this.repository.changeTotp(tx, id, { totpSecret: null, totpPending: null, totpStep: null });
    await this.recoveryCodes.deleteAll(tx, id);
    await this.auditLog.record(tx, { principal, action: 'second-factor.removed', subject: id });
  }

  /** The caller's own second factor. */
  async read({ staffId }: StaffPrincipal): Promise<SecondFactorDto> {
    const em = this.unitOfWork.reader;
    const staff = await this.repository.find(em, staffId);
    return {
      on: (staff?.totpSecret ?? null) !== null,
      recoveryCodesLeft: await this.recoveryCodes.left(em, staffId),
    };
  }

  /** Ten recovery codes in place of those so far. Throws `password.wrong`, and `totp.not-on` without a second factor. */
  async replaceRecoveryCodes(principal: StaffPrincipal, password: string): Promise<string[]> {
    const { staffId } = principal;
    const known = await this.repository.find(this.unitOfWork.reader, staffId);
    if (!(await verifyPassword(known?.passwordHash ?? undefined, password)))
      throw new DomainError<AccessErrorCode>('password.wrong', 'This is not your password.');
    return this.unitOfWork.run(async (tx) => {
      const staff = await this.lock(tx, staffId);
      if (staff.totpSecret === null)
        throw new DomainError<AccessErrorCode>(
          'totp.not-on',
          'Recovery codes stand in for a second factor: set one first.',
        );
      const codes = await this.recoveryCodes.replace(tx, staffId);
      await this.auditLog.record(tx, { principal, action: 'recovery-codes.made', subject: staffId });
      return codes;
    });
  }

  /**
   * Uses up a code of a staff member with a second factor, or a recovery code; the row is locked by the caller. Throws
   * `session.totp-required` without either and `session.totp-refused` for one that is wrong or was used.
   */
  async use(
    tx: EntityManager,
    staff: StaffEntity,
    { totp = null, recoveryCode = null }: { totp?: string | null; recoveryCode?: string | null },
  ): Promise<void> {
    if (staff.totpSecret === null) return;
    if (totp === null && recoveryCode !== null) return this.useRecoveryCode(tx, staff, recoveryCode);
    if (totp === null)
      throw new DomainError<AccessErrorCode>('session.totp-required', 'This account has a second factor: send totp.');
    const secret = this.seal.open(staff.totpSecret, staff.id);
    const totpStep = totpStepOf(secret, totp, this.clock.now(), staff.totpStep);
    if (totpStep === null)
      throw new DomainError<AccessErrorCode>('session.totp-refused', 'Wait for the next code and try again.');
    await this.repository.changeTotp(tx, staff.id, { totpStep });
  }

  private async useRecoveryCode(tx: EntityManager, staff: StaffEntity, code: string): Promise<void> {
    if (!(await this.recoveryCodes.use(tx, staff.id, code)))
      throw new DomainError<AccessErrorCode>('session.totp-refused', 'This recovery code is wrong, or was used.');
    const principal = { kind: 'staff' as const, staffId: staff.id };
    const detail = { left: await this.recoveryCodes.left(tx, staff.id) };
    await this.auditLog.record(tx, { principal, action: 'recovery-code.used', subject: staff.id, detail });
  }

  private async lock(tx: EntityManager, id: StaffId): Promise<StaffEntity> {
    const staff = await this.repository.lockIfActive(tx, id);
    if (!staff) throw new DomainError<AccessErrorCode>('staff.not-found', 'There is no active account with this id.');
    return staff;
  }
}
