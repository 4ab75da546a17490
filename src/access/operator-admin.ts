import { Injectable } from '@nestjs/common';
import { Clock } from '../core/clock.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { emailKey } from '../shared/email-key.js';
import type { StaffId } from '../shared/ids.js';
import { SecondFactorService } from './second-factor.service.js';
import type { StaffLinkDto } from './staff-change.dto.js';
import { StaffChanges } from './staff-changes.js';
import { newRow, rolesOf, StaffRepository } from './staff.repository.js';

/** Somebody whom whoever runs the servers has made an admin. */
export interface MadeAdmin {
  staffId: StaffId;
  email: string;
  /** By which they choose a password. */
  invitation: StaffLinkDto | null;
}

/** What whoever runs the servers does where no second admin is left to consent: a command, and no call from outside. */
@Injectable()
export class OperatorAdmin {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StaffRepository,
    private readonly changes: StaffChanges,
    private readonly secondFactor: SecondFactorService,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes somebody an admin who chooses a password by a link: a new person, one who was deactivated, or one who is locked out. A password, a
   * second factor and sessions that they have end, and what waits about them is off the table.
   */
  make(email: string): Promise<MadeAdmin> {
    return this.unitOfWork.run(async (tx) => {
      const all = await this.repository.lockAll(tx);
      const known = all.find((member) => member.emailKey === emailKey(email));
      const row = known ?? newRow(email, this.clock.now());
      if (!known) await this.repository.insert(tx, row);
      else await this.secondFactor.takeOff(tx, { kind: 'system' }, row);
      const isBack = row.deactivatedAt !== null;
      const kind = !known ? 'invite' : isBack ? 'reactivate' : 'password';
      const kept = isBack ? [] : rolesOf(row).filter((role) => role !== 'admin');
      const link = await this.changes.command(tx, row, { kind, roles: ['admin', ...kept] });
      return { staffId: row.id, email: row.email, invitation: link?.shown ?? null };
    });
  }
}
