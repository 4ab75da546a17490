import { emailKey } from '../shared/email-key.js';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, MoreThan, Not, type EntityManager } from 'typeorm';
import { DomainError } from '../shared/domain-error.js';
import type { AccessErrorCode } from './errors.js';
import { ROLES, type Principal, type Role } from './principal.js';
import type { Account } from './staff-change.js';
import { StaffInvitationEntity } from './staff-invitation.entity.js';
import { StaffSessionEntity } from './staff-session.entity.js';
import { StaffEntity } from './staff.entity.js';
import { newId, type SessionId, type StaffId } from '../shared/ids.js';

/** Who a session belongs to. */
export interface LiveSession {
  sessionId: SessionId;
  expiresAt: Date;
  lastUsedAt: Date;
  principal: Extract<Principal, { kind: 'staff' }>;
  /** Whether the person has a second factor. */
  hasSecondFactor: boolean;
}

/** SQL of staff and their sessions. */
@Injectable()
export class StaffRepository {
  async insert(tx: EntityManager, staff: StaffEntity): Promise<void> {
    await tx.insert(StaffEntity, staff);
  }

  find(tx: EntityManager, id: StaffId): Promise<StaffEntity | null> {
    return tx.findOneBy(StaffEntity, { id });
  }

  findByEmail(tx: EntityManager, email: string): Promise<StaffEntity | null> {
    return tx.findOneBy(StaffEntity, { emailKey: emailKey(email) });
  }

  async isEmpty(tx: EntityManager): Promise<boolean> {
    const [row] = await tx.query<unknown[]>('SELECT 1 FROM staff LIMIT 1');
    return row === undefined;
  }

  page(tx: EntityManager, after: string | null, limit: number): Promise<StaffEntity[]> {
    const list = tx
      .createQueryBuilder(StaffEntity, 's')
      .orderBy('s.id')
      .limit(limit + 1);
    if (after !== null) list.where('s.id > :after', { after });
    return list.getMany();
  }

  /** Everybody there ever was, locked in order of id: changes of accounts come one after the other. */
  lockAll(tx: EntityManager): Promise<StaffEntity[]> {
    return tx.find(StaffEntity, { order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  }

  async findMany(em: EntityManager, ids: readonly StaffId[]): Promise<Map<StaffId, StaffEntity>> {
    const rows = await em.findBy(StaffEntity, { id: In([...ids]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  async deactivate(tx: EntityManager, id: StaffId, at: Date): Promise<void> {
    await tx.update(StaffEntity, { id }, { deactivatedAt: at });
    await tx.delete(StaffSessionEntity, { staffId: id });
    await tx.delete(StaffInvitationEntity, { staffId: id });
  }

  /** Roles, password and whether they are active. */
  async update(tx: EntityManager, row: StaffEntity, now: Date): Promise<void> {
    const { id, roles, passwordHash, ownPassword, deactivatedAt } = row;
    await tx.update(StaffEntity, { id }, { roles, passwordHash, ownPassword, deactivatedAt });
    await this.noteAdmin(tx, id, now);
  }

  /** The member of staff if they are active; nobody else changes them until the transaction ends. */
  lockIfActive(tx: EntityManager, id: StaffId): Promise<StaffEntity | null> {
    return tx.findOne(StaffEntity, { where: { id, deactivatedAt: IsNull() }, lock: { mode: 'pessimistic_write' } });
  }

  async changeTotp(
    tx: EntityManager,
    id: StaffId,
    change: Partial<Pick<StaffEntity, 'totpSecret' | 'totpPending' | 'totpStep'>>,
  ): Promise<void> {
    await tx.update(StaffEntity, { id }, change);
  }

  async insertSession(tx: EntityManager, session: StaffSessionEntity): Promise<void> {
    await tx.insert(StaffSessionEntity, session);
  }

  /** A member of staff's sessions that have not ended and were used since `usedSince`, the latest first. */
  findSessions(em: EntityManager, staffId: StaffId, now: Date, usedSince: Date): Promise<StaffSessionEntity[]> {
    const where = { staffId, expiresAt: MoreThan(now), lastUsedAt: MoreThan(usedSince) };
    return em.find(StaffSessionEntity, { where, order: { id: 'DESC' } });
  }

  /** Of several calls at once, one writes. */
  async noteUse(tx: EntityManager, id: SessionId, now: Date, ifBefore: Date): Promise<void> {
    await tx.update(StaffSessionEntity, { id, lastUsedAt: LessThanOrEqual(ifBefore) }, { lastUsedAt: now });
  }

  /** False when that member of staff has no such session. */
  async deleteSession(tx: EntityManager, staffId: StaffId, id: SessionId): Promise<boolean> {
    const { affected } = await tx.delete(StaffSessionEntity, { id, staffId });
    return affected === 1;
  }

  /** Ends all sessions of a member of staff, but the one that is to stay; how many there were. */
  async deleteSessions(tx: EntityManager, staffId: StaffId, but: SessionId | null): Promise<number> {
    const others = but === null ? {} : { id: Not(but) };
    const { affected } = await tx.delete(StaffSessionEntity, { staffId, ...others });
    return affected ?? 0;
  }

  /** A password that the person chose. */
  async changePassword(tx: EntityManager, id: StaffId, passwordHash: string, now: Date): Promise<void> {
    await tx.update(StaffEntity, { id }, { passwordHash, ownPassword: true });
    await this.noteAdmin(tx, id, now);
  }

  /** Remembers that the person is an admin by a password of their own, if so. */
  private async noteAdmin(tx: EntityManager, id: StaffId, now: Date): Promise<void> {
    await tx.query(
      `UPDATE staff SET admin_at = ?
        WHERE id = ? AND admin_at IS NULL AND own_password = 1 AND FIND_IN_SET('admin', roles) > 0`,
      [now, id],
    );
  }

  async deleteExpiredSessions(tx: EntityManager, staffId: StaffId, now: Date): Promise<void> {
    await tx.query('DELETE FROM staff_session WHERE staff_id = ? AND expires_at <= ?', [staffId, now]);
  }

  /** The session with that token hash, if neither it nor its owner has ended, and it was used since `usedSince`. */
  async findLiveSession(tx: EntityManager, tokenHash: string, now: Date, usedSince: Date): Promise<LiveSession | null> {
    const [row] = await tx.query<
      {
        id: SessionId;
        expires_at: Date;
        last_used_at: Date;
        staff_id: StaffId;
        email: string;
        roles: string;
        totp: number;
      }[]
    >(
      `SELECT s.id, s.expires_at, s.last_used_at, s.staff_id, m.email, m.roles, m.totp_secret IS NOT NULL AS totp
         FROM staff_session s JOIN staff m ON m.id = s.staff_id
        WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_used_at > ? AND m.deactivated_at IS NULL`,
      [tokenHash, now, usedSince],
    );
    if (!row) return null;
    const principal = { kind: 'staff' as const, staffId: row.staff_id, email: row.email, roles: rolesOf(row) };
    const { id: sessionId, expires_at: expiresAt, last_used_at: lastUsedAt } = row;
    return { sessionId, expiresAt, lastUsedAt, principal, hasSecondFactor: row.totp === 1 };
  }
}

/** Somebody new, who may do nothing yet. */
export function newRow(email: string, now: Date): StaffEntity {
  return {
    id: newId('staff'),
    email,
    emailKey: emailKey(email),
    passwordHash: null,
    ownPassword: false,
    adminAt: null,
    roles: '',
    createdAt: now,
    deactivatedAt: null,
    totpSecret: null,
    totpPending: null,
    totpStep: null,
  };
}

/** The roles that a row holds. */
export function rolesOf(row: { roles: string }): Role[] {
  const held = row.roles.split(',');
  return ROLES.filter((role) => held.includes(role));
}

/** What of a row its changes go by. */
export function accountOf(row: StaffEntity): Account {
  return {
    roles: rolesOf(row),
    active: row.deactivatedAt === null && row.passwordHash !== null,
    ownPassword: row.ownPassword,
    wasAdmin: row.adminAt !== null,
  };
}

/** Everybody, locked, and the admin who acts. Throws `access.forbidden` when that is no active admin any more. */
export async function lockAllFor(
  repository: StaffRepository,
  tx: EntityManager,
  { staffId }: { staffId: StaffId },
): Promise<{ all: StaffEntity[]; me: StaffEntity }> {
  const all = await repository.lockAll(tx);
  const me = all.find((member) => member.id === staffId);
  if (!me || !isActiveAdmin(me))
    throw new DomainError<AccessErrorCode>('access.forbidden', 'You are no admin any more.');
  return { all, me };
}

/** Whether it is somebody who can sign in as an admin. */
export function isActiveAdmin(row: StaffEntity): boolean {
  const { active, roles } = accountOf(row);
  return active && roles.includes('admin');
}
