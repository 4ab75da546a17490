import { Injectable } from '@nestjs/common';
import { In, LessThan, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import type { StaffChangeId, StaffId } from '../shared/ids.js';
import type { StaffChangeState } from './staff-change.js';
import type { ShownChangeState } from './staff-change.dto.js';
import { StaffChangeEntity } from './staff-change.entity.js';
import { StaffInvitationEntity } from './staff-invitation.entity.js';

/** SQL of changes that need consent, and of links that set a password. */
@Injectable()
export class StaffChangeRepository {
  async insert(tx: EntityManager, change: StaffChangeEntity): Promise<void> {
    await tx.insert(StaffChangeEntity, change);
  }

  find(em: EntityManager, id: StaffChangeId): Promise<StaffChangeEntity | null> {
    return em.findOneBy(StaffChangeEntity, { id });
  }

  /** Changes of these people that wait, also those whose time is over. */
  findWaiting(em: EntityManager, staffIds: readonly StaffId[]): Promise<StaffChangeEntity[]> {
    return em.find(StaffChangeEntity, {
      where: { staffId: In([...staffIds]), state: 'waiting' },
      order: { id: 'ASC' },
    });
  }

  /** What waits that a person asked for, or that is about them. */
  findWaitingOf(em: EntityManager, whose: { askedBy: StaffId } | { staffId: StaffId }): Promise<StaffChangeEntity[]> {
    return em.find(StaffChangeEntity, { where: { ...whose, state: 'waiting' }, order: { id: 'ASC' } });
  }

  /** The latest change of a person that has been made. */
  findLastMade(em: EntityManager, staffId: StaffId): Promise<StaffChangeEntity | null> {
    const made: StaffChangeState[] = ['consented', 'alone', 'by-operator'];
    return em.findOne(StaffChangeEntity, { where: { staffId, state: In(made) }, order: { id: 'DESC' } });
  }

  /** The latest first. */
  page(
    em: EntityManager,
    state: ShownChangeState | undefined,
    now: Date,
    after: StaffChangeId | null,
    limit: number,
  ): Promise<StaffChangeEntity[]> {
    const where = {
      ...(state === undefined ? {} : { state: state === 'expired' ? ('waiting' as const) : state }),
      ...(state === 'waiting' ? { expiresAt: MoreThan(now) } : {}),
      ...(state === 'expired' ? { expiresAt: LessThanOrEqual(now) } : {}),
      ...(after === null ? {} : { id: LessThan(after) }),
    };
    return em.find(StaffChangeEntity, { where, order: { id: 'DESC' }, take: limit });
  }

  async decide(
    tx: EntityManager,
    id: StaffChangeId,
    decision: Pick<StaffChangeEntity, 'state' | 'decidedBy' | 'decidedAt'>,
  ): Promise<void> {
    await tx.update(StaffChangeEntity, { id }, decision);
  }

  /** A link in place of the one before. */
  async replaceInvitation(tx: EntityManager, invitation: StaffInvitationEntity): Promise<void> {
    await tx.upsert(StaffInvitationEntity, invitation, ['staffId']);
  }

  /** The link with that token, whether or not its time is over. */
  findInvitation(em: EntityManager, tokenHash: string): Promise<StaffInvitationEntity | null> {
    return em.findOneBy(StaffInvitationEntity, { tokenHash });
  }

  /** Who has a link that works at `now`. */
  async findInvited(em: EntityManager, staffIds: readonly StaffId[], now: Date): Promise<Map<StaffId, Date>> {
    const rows = await em.findBy(StaffInvitationEntity, { staffId: In([...staffIds]) });
    return new Map(
      rows.filter(({ expiresAt }) => expiresAt > now).map(({ staffId, expiresAt }) => [staffId, expiresAt]),
    );
  }

  /** False when there was none. */
  async deleteInvitation(tx: EntityManager, staffId: StaffId): Promise<boolean> {
    const { affected } = await tx.delete(StaffInvitationEntity, { staffId });
    return affected === 1;
  }
}

/** The changes that wait for this admin, as what follows FROM: neither asked for by them nor about them, and in time. */
export function rowsOfWaitingChanges(staffId: string): { sql: string; values: readonly unknown[] } {
  return {
    sql: "staff_change WHERE state = 'waiting' AND expires_at > NOW(6) AND asked_by <> ? AND staff_id <> ?",
    values: [staffId, staffId],
  };
}
