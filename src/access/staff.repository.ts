import { emailKey } from '../shared/email-key.js';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { ROLES, type Principal, type Role } from './principal.js';
import { StaffSessionEntity } from './staff-session.entity.js';
import { StaffEntity } from './staff.entity.js';
import type { SessionId, StaffId } from '../shared/ids.js';

/** Who a session belongs to. */
export interface LiveSession {
  sessionId: SessionId;
  expiresAt: Date;
  principal: Extract<Principal, { kind: 'staff' }>;
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

  /** Everybody who is active, locked in order of id. */
  lockActive(tx: EntityManager): Promise<StaffEntity[]> {
    return tx.find(StaffEntity, {
      where: { deactivatedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async deactivate(tx: EntityManager, id: StaffId, at: Date): Promise<void> {
    await tx.update(StaffEntity, { id }, { deactivatedAt: at });
    await tx.delete(StaffSessionEntity, { staffId: id });
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

  /** A member of staff's sessions that have not ended, the latest first. */
  findSessions(em: EntityManager, staffId: StaffId, now: Date): Promise<StaffSessionEntity[]> {
    return em.find(StaffSessionEntity, { where: { staffId, expiresAt: MoreThan(now) }, order: { id: 'DESC' } });
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

  async changePassword(tx: EntityManager, id: StaffId, passwordHash: string): Promise<void> {
    await tx.update(StaffEntity, { id }, { passwordHash });
  }

  async changeRoles(tx: EntityManager, id: StaffId, roles: readonly Role[]): Promise<void> {
    await tx.update(StaffEntity, { id }, { roles: roles.join(',') });
  }

  async deleteExpiredSessions(tx: EntityManager, staffId: StaffId, now: Date): Promise<void> {
    await tx.query('DELETE FROM staff_session WHERE staff_id = ? AND expires_at <= ?', [staffId, now]);
  }

  /** The session with that token hash, if neither it nor its owner has ended. */
  async findLiveSession(tx: EntityManager, tokenHash: string, now: Date): Promise<LiveSession | null> {
    const [row] = await tx.query<
      { id: SessionId; expires_at: Date; staff_id: StaffId; email: string; roles: string }[]
    >(
      `SELECT s.id, s.expires_at, s.staff_id, m.email, m.roles
         FROM staff_session s JOIN staff m ON m.id = s.staff_id
        WHERE s.token_hash = ? AND s.expires_at > ? AND m.deactivated_at IS NULL`,
      [tokenHash, now],
    );
    if (!row) return null;
    const principal = { kind: 'staff' as const, staffId: row.staff_id, email: row.email, roles: rolesOf(row) };
    return { sessionId: row.id, expiresAt: row.expires_at, principal };
  }
}

/** The roles that a row holds. */
export function rolesOf(row: { roles: string }): Role[] {
  const held = row.roles.split(',');
  return ROLES.filter((role) => held.includes(role));
}
