import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { newId, type SessionId } from '../shared/ids.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import { verifyPassword } from './password.js';
import type { Principal } from './principal.js';
import { SecondFactorService } from './second-factor.service.js';
import { hashSecret, newSecret } from './secret.js';
import type { CreatedSessionDto, SessionDto, SignInDto } from './staff.dto.js';
import { rolesOf, StaffRepository, type LiveSession } from './staff.repository.js';

const HOUR_MS = 3_600_000;

/** Staff sessions: random bearer tokens, kept as hashes. */
@Injectable()
export class SessionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
    private readonly secondFactor: SecondFactorService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Starts a session. Throws `session.refused`, the same and after the same work whether the address is unknown, the
   * account has ended or the password is wrong; and, once the password is right, `session.totp-required` or
   * `session.totp-refused`.
   */
  async signIn(given: SignInDto): Promise<CreatedSessionDto> {
    const staff = await this.repository.findByEmail(this.unitOfWork.reader, given.email);
    if (!(await verifyPassword(staff?.passwordHash, given.password)) || !staff) throw refused();
    const token = newSecret('session');
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.repository.lockIfActive(tx, staff.id);
      if (!locked) throw refused();
      await this.secondFactor.use(tx, locked, given.totp);
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + this.config.sessionHours * HOUR_MS);
      const session = {
        id: newId('session'),
        staffId: staff.id,
        tokenHash: hashSecret(token),
        createdAt: now,
        expiresAt,
      };
      await this.repository.deleteExpiredSessions(tx, staff.id, now);
      await this.repository.insertSession(tx, session);
      const roles = rolesOf(staff);
      const principal: Principal = { kind: 'staff', staffId: staff.id, email: staff.email, roles };
      await this.auditLog.record(tx, { principal, action: 'session.started', subject: session.id });
      return { token, staff: { id: staff.id, email: staff.email, roles }, expiresAt: expiresAt.toISOString() };
    });
  }

  /** Ends a session. */
  endSession(principal: Principal, sessionId: SessionId): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.deleteSession(tx, sessionId);
      await this.auditLog.record(tx, { principal, action: 'session.ended', subject: sessionId });
    });
  }

  /** A session as its owner may see it. */
  describe({ principal, expiresAt }: LiveSession): SessionDto {
    const { staffId: id, email, roles } = principal;
    return { staff: { id, email, roles: [...roles] }, expiresAt: expiresAt.toISOString() };
  }

  /** The live session of a token, or null. */
  findSession(token: string): Promise<LiveSession | null> {
    return this.repository.findLiveSession(this.unitOfWork.reader, hashSecret(token), this.clock.now());
  }
}

function refused(): DomainError<AccessErrorCode> {
  return new DomainError('session.refused', 'The e-mail address or the password is wrong.');
}
