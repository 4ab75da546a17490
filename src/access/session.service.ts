import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { Logger } from '../core/logger.js';
import { noteUndone, UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { deviceWords } from '../shared/device-words.js';
import { newId, type SessionId, type StaffId } from '../shared/ids.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import { assertNotGuessable } from './guessable-password.js';
import type { ListedSessionDto } from './listed-session.dto.js';
import type { SignInOrigin } from './sign-in-origin.js';
import { hashPassword, verifyPassword } from './password.js';
import type { Principal } from './principal.js';
import { SecondFactorService } from './second-factor.service.js';
import { hashSecret, newSecret } from './secret.js';
import type { ChangePasswordDto, CreatedSessionDto, SessionDto, SignInDto } from './staff.dto.js';
import type { StaffEntity } from './staff.entity.js';
import { rolesOf, StaffRepository, type LiveSession } from './staff.repository.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Refusals that the audit log notes: a wrong try, and neither a missing second factor nor a call that was shed. */
const FAILED: readonly string[] = ['session.refused', 'session.totp-refused'] satisfies AccessErrorCode[];

/** Staff sessions: random bearer tokens, kept as hashes. */
@Injectable()
export class SessionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
    private readonly secondFactor: SecondFactorService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Starts a session. Throws `session.refused`, the same and after the same work whether the address is unknown, the
   * account has ended or the password is wrong; and, once the password is right, `session.totp-required` or
   * `session.totp-refused`.
   */
  async signIn(given: SignInDto, origin: SignInOrigin): Promise<CreatedSessionDto> {
    const staff = await this.repository.findByEmail(this.unitOfWork.reader, given.email);
    try {
      return await this.start(staff, given, origin);
    } catch (error) {
      const code = error instanceof DomainError ? String(error.code) : '';
      if (FAILED.includes(code)) await this.recordRefusal(staff?.id ?? null, code);
      throw error;
    }
  }

  private async start(staff: StaffEntity | null, given: SignInDto, origin: SignInOrigin): Promise<CreatedSessionDto> {
    if (!(await verifyPassword(staff?.passwordHash ?? undefined, given.password)) || !staff) throw refused();
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.repository.lockIfActive(tx, staff.id);
      // The password may have been changed since.
      if (!locked || locked.passwordHash !== staff.passwordHash) throw refused();
      await this.secondFactor.use(tx, locked, given);
      return this.begin(tx, locked, origin, { way: 'password', secondFactor: locked.totpSecret !== null });
    });
  }

  /**
   * Starts a session of who proved to the operator's provider that this address is theirs. Throws `oidc.no-account` where it is of no
   * account that is active: none is made.
   */
  async signInByProvider(email: string, origin: SignInOrigin): Promise<CreatedSessionDto> {
    const staff = await this.repository.findByEmail(this.unitOfWork.reader, email);
    const session = await this.unitOfWork.run(async (tx) => {
      const locked = staff && (await this.repository.lockIfActive(tx, staff.id));
      return locked && locked.passwordHash !== null ? this.begin(tx, locked, origin, { way: 'oidc' }) : null;
    });
    if (session) return session;
    await this.recordRefusal(staff?.id ?? null, 'oidc.no-account');
    throw new DomainError<AccessErrorCode>('oidc.no-account', 'Ask an admin for an account here.');
  }

  /** Starts a session of somebody who has shown who they are; their row is locked by the caller. */
  async begin(
    tx: EntityManager,
    staff: StaffEntity,
    { userAgent, address }: SignInOrigin,
    detail: object,
  ): Promise<CreatedSessionDto> {
    const token = newSecret('session');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.sessionHours * HOUR_MS);
    const tokenHash = hashSecret(token);
    const id = newId('session');
    await this.repository.deleteExpiredSessions(tx, staff.id, now);
    await this.repository.insertSession(tx, {
      id,
      staffId: staff.id,
      tokenHash,
      userAgent,
      address,
      createdAt: now,
      lastUsedAt: now,
      expiresAt,
    });
    const roles = rolesOf(staff);
    const principal: Principal = { kind: 'staff', staffId: staff.id, email: staff.email, roles };
    await this.auditLog.record(tx, { principal, action: 'session.started', subject: id, detail });
    return {
      token,
      staff: { id: staff.id, email: staff.email, roles },
      expiresAt: expiresAt.toISOString(),
      secondFactorMissing: this.mustEnrol(staff.totpSecret !== null),
    };
  }

  /** The address that was tried is noted only where it is one of ours: who mistypes theirs is nobody to us. */
  private recordRefusal(staffId: StaffId | null, reason: string): Promise<void> {
    const principal = { kind: 'anonymous' } as const;
    const record = { principal, action: 'session.refused', subject: staffId ?? 'unknown', detail: { reason } };
    return this.unitOfWork.run((tx) => this.auditLog.record(tx, record));
  }

  /** Ends a session of a member of staff. Throws `session.not-found`. */
  endSession(principal: Principal, staffId: StaffId, sessionId: SessionId): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.deleteSession(tx, staffId, sessionId)))
        throw new DomainError<AccessErrorCode>('session.not-found', 'There is no such session; it may have ended.');
      await this.auditLog.record(tx, { principal, action: 'session.ended', subject: sessionId, detail: { staffId } });
    });
  }

  /** Ends all sessions of a member of staff, but the one that is to stay. */
  endSessions(principal: Principal, staffId: StaffId, but: SessionId | null): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const ended = await this.repository.deleteSessions(tx, staffId, but);
      if (ended === 0) return;
      await this.auditLog.record(tx, { principal, action: 'sessions.ended', subject: staffId, detail: { ended } });
    });
  }

  /** Where a member of staff is signed in, the latest first. `current`: the session that asks. */
  async list(staffId: StaffId, current: SessionId | null): Promise<ListedSessionDto[]> {
    const now = this.clock.now();
    const rows = await this.repository.findSessions(this.unitOfWork.reader, staffId, now, this.idleSince(now));
    return rows.map(({ id, userAgent, address, createdAt, expiresAt }) => ({
      id,
      device: deviceWords(userAgent),
      address,
      startedAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: id === current,
    }));
  }

  /** Changes the caller's password and ends their other sessions. Throws `password.wrong`, `password.guessable`. */
  async changePassword({ principal, sessionId }: LiveSession, given: ChangePasswordDto): Promise<void> {
    const { staffId } = principal;
    const known = await this.repository.find(this.unitOfWork.reader, staffId);
    const wrong = new DomainError<AccessErrorCode>('password.wrong', 'This is not your present password.');
    if (!(await verifyPassword(known?.passwordHash ?? undefined, given.current))) throw wrong;
    await assertNotGuessable(given.new, [principal.email, this.config.operatorName], 'new');
    const passwordHash = await hashPassword(given.new);
    await this.unitOfWork.run(async (tx) => {
      const staff = await this.repository.lockIfActive(tx, staffId);
      if (staff?.passwordHash !== known?.passwordHash) throw wrong;
      await this.repository.changePassword(tx, staffId, passwordHash, this.clock.now());
      const ended = await this.repository.deleteSessions(tx, staffId, sessionId);
      const record = { principal, action: 'staff.password-changed', subject: staffId, detail: { ended } };
      await this.auditLog.record(tx, record);
    });
  }

  /** A session as its owner may see it. */
  describe({ principal, expiresAt }: LiveSession): SessionDto {
    const { staffId: id, email, roles } = principal;
    return {
      staff: { id, email, roles: [...roles] },
      expiresAt: expiresAt.toISOString(),
      secondFactorMissing: principal.mustEnrol === true,
    };
  }

  /** The live session of a token, or null. A call keeps it alive, but one that a page makes by itself: `isUnattended`. */
  async findSession(token: string, isUnattended: boolean): Promise<LiveSession | null> {
    const { reader } = this.unitOfWork;
    const now = this.clock.now();
    const session = await this.repository.findLiveSession(reader, hashSecret(token), now, this.idleSince(now));
    if (!session) return null;
    session.principal.mustEnrol = this.mustEnrol(session.hasSecondFactor);
    if (!isUnattended) await this.noteUse(session, now);
    return session;
  }

  /** Once a minute at most. A database that takes nothing for now ends no session. */
  private async noteUse({ sessionId, lastUsedAt }: LiveSession, now: Date): Promise<void> {
    const aMinuteAgo = new Date(now.getTime() - MINUTE_MS);
    if (lastUsedAt > aMinuteAgo) return;
    try {
      await this.unitOfWork.run((tx) => {
        noteUndone(tx);
        return this.repository.noteUse(tx, sessionId, now, aMinuteAgo);
      });
    } catch (err) {
      this.logger.warn('when a session was used could not be written', { err });
    }
  }

  private idleSince(now: Date): Date {
    return new Date(now.getTime() - this.config.staffIdleMinutes * MINUTE_MS);
  }

  private mustEnrol(hasSecondFactor: boolean): boolean {
    return this.config.staffSecondFactor === 'required' && !hasSecondFactor;
  }
}

function refused(): DomainError<AccessErrorCode> {
  return new DomainError('session.refused', 'The e-mail address or the password is wrong.');
}
