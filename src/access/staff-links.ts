import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../core/clock.js';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Messages } from '../messages/index.js';
import { DomainError } from '../shared/domain-error.js';
import type { MessageId } from '../shared/ids.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import { assertNotGuessable } from './guessable-password.js';
import { hashPassword } from './password.js';
import { hashSecret, newSecret } from './secret.js';
import { movesMoney } from './staff-change.js';
import { StaffChangeRepository } from './staff-change.repository.js';
import type { StaffLinkDto } from './staff-change.dto.js';
import type { StaffEntity } from './staff.entity.js';
import { rolesOf, StaffRepository } from './staff.repository.js';
import type { AcceptedInvitationDto, InvitationDto } from './staff-invitation.dto.js';

const HOUR_MS = 3_600_000;

/** A new link, and the message that carries it. */
export interface SentLink {
  shown: StaffLinkDto;
  message: MessageId | null;
}

/** Links by which people choose their password: a token in the part of the address that browsers keep to themselves. */
@Injectable()
export class StaffLinks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffChangeRepository,
    private readonly staff: StaffRepository,
    private readonly messages: Messages,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Whether links reach people by e-mail; then nobody else sees one that opens an account which moves money. */
  get areMailed(): boolean {
    return this.config.publicUrl !== null && this.messages.reaches('email');
  }

  /** A new link; the one before ends. Call {@link announce} after the commit. */
  async issue(tx: EntityManager, row: StaffEntity): Promise<SentLink> {
    const token = newSecret('invitation');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.staffInvitationHours * HOUR_MS);
    const invitation = { staffId: row.id, tokenHash: hashSecret(token), createdAt: now, expiresAt };
    await this.repository.replaceInvitation(tx, invitation);
    const link = `${this.config.publicUrl?.replace(/\/+$/, '') ?? ''}/console/invitation#${token}`;
    const message = this.areMailed ? await this.mail(tx, row.email, link) : null;
    const isSecret = message !== null && movesMoney(rolesOf(row));
    const shown = { link: isSecret ? null : link, sent: message !== null, expiresAt: expiresAt.toISOString() };
    return { shown, message };
  }

  /** Tells the workers; a call that is lost loses nothing. */
  announce(link: SentLink | null): void {
    if (link?.message) this.messages.announce([link.message]);
  }

  /** Whose link it is. Throws `staff-invitation.refused`. */
  async read(token: string): Promise<InvitationDto> {
    const { email, expiresAt } = await this.find(this.unitOfWork.reader, token);
    return { email, expiresAt: expiresAt.toISOString() };
  }

  /**
   * The person chooses a password; the link ends, and so do sessions that there may be. They sign in next, with their second factor if
   * they have one. Throws `staff-invitation.refused`, `password.guessable`.
   */
  async accept(token: string, password: string): Promise<AcceptedInvitationDto> {
    const invited = await this.find(this.unitOfWork.reader, token);
    await assertNotGuessable(password, [invited.email, this.config.operatorName], 'password');
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      const { row, email } = await this.find(tx, token);
      const locked = await this.staff.lockIfActive(tx, row.id);
      // Of two at once, the second one finds it used.
      if (!locked || !(await this.repository.deleteInvitation(tx, row.id))) throw refused();
      await this.staff.changePassword(tx, row.id, passwordHash, this.clock.now());
      await this.staff.deleteSessions(tx, row.id, null);
      const principal = { kind: 'staff' as const, staffId: row.id };
      await this.auditLog.record(tx, { principal, action: 'staff.password-set', subject: row.id });
      return { email };
    });
  }

  private async find(em: EntityManager, token: string) {
    const invitation = await this.repository.findInvitation(em, hashSecret(token));
    if (!invitation || invitation.expiresAt <= this.clock.now()) throw refused();
    const row = await this.staff.find(em, invitation.staffId);
    if (row?.deactivatedAt !== null) throw refused();
    return { row, email: row.email, expiresAt: invitation.expiresAt };
  }

  private mail(tx: EntityManager, to: string, link: string): Promise<MessageId> {
    const hours = this.config.staffInvitationHours;
    return this.messages.write(tx, {
      kind: 'staff-invitation',
      merchantId: null,
      channel: 'email',
      to,
      language: null,
      values: { link, hours: String(hours) },
      minutes: hours * 60,
    });
  }
}

function refused(): DomainError<AccessErrorCode> {
  return new DomainError('staff-invitation.refused', 'Ask an admin for a new link.');
}
