import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import type { Principal } from './principal.js';
import { SealedText } from '../shared/sealed-text.js';
import type { NewTotpDto } from './staff.dto.js';
import type { StaffEntity } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { newTotpSecret, totpStepOf, totpUri } from './totp.js';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** The second factor of staff: codes of an authenticator app (TOTP, RFC 6238). */
@Injectable()
export class SecondFactorService {
  private readonly seal: SealedText;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    @Inject(Config) config: Config,
  ) {
    this.seal = new SealedText(config.dataKeys, 'yinke totp');
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

  /** Removes a staff member's second factor, for a lost phone; a repeat changes nothing. Throws `staff.not-found`. */
  async remove(principal: StaffPrincipal, staffId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const staff = await this.lock(tx, staffId);
      if (staff.totpSecret === null) return;
      await this.repository.changeTotp(tx, staff.id, { totpSecret: null, totpPending: null, totpStep: null });
      await this.auditLog.record(tx, { principal, action: 'second-factor.removed', subject: staff.id });
    });
  }

  /**
   * Uses up a code of a staff member with a second factor; the row is locked by the caller. Throws `session.totp-required`
   * without a code and `session.totp-refused` for one that is wrong or was used.
   */
  async use(tx: EntityManager, staff: StaffEntity, code: string | undefined): Promise<void> {
    if (staff.totpSecret === null) return;
    if (code === undefined)
      throw new DomainError<AccessErrorCode>('session.totp-required', 'This account has a second factor: send totp.');
    const secret = this.seal.open(staff.totpSecret, staff.id);
    const totpStep = totpStepOf(secret, code, this.clock.now(), staff.totpStep);
    if (totpStep === null)
      throw new DomainError<AccessErrorCode>('session.totp-refused', 'Wait for the next code and try again.');
    await this.repository.changeTotp(tx, staff.id, { totpStep });
  }

  private async lock(tx: EntityManager, id: string): Promise<StaffEntity> {
    const staff = await this.repository.lockIfActive(tx, id);
    if (!staff) throw new DomainError<AccessErrorCode>('staff.not-found', 'There is no active account with this id.');
    return staff;
  }
}
