import { Injectable } from '@nestjs/common';
import { AuditLog, type Principal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { ContactDetails } from './contact-vault.js';

/** Notes in the audit log to which of staff contacts of merchants and applicants were shown. */
@Injectable()
export class ContactLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly auditLog: AuditLog,
  ) {}

  /** One entry for an answer, before it leaves. People who see their own are not noted, nor is what has no contact. */
  async note(by: Principal, subject: string, shown: readonly (ContactDetails & { id: string })[]): Promise<void> {
    const ids = shown.filter(({ phone, email }) => phone !== null || email !== null).map(({ id }) => id);
    if (by.kind !== 'staff' || ids.length === 0) return;
    const entry = { principal: by, action: 'contacts.shown', subject, detail: { ids } };
    await this.unitOfWork.run((tx) => this.auditLog.record(tx, entry));
  }
}
