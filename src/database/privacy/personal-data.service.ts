import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditLog, codeRefusal, type MerchantPrincipal, type Principal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { type Person, PersonalData } from '../../desk/index.js';
import { DomainError } from '../../shared/domain-error.js';
import { download } from '../../shared/download.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';
import { MerchantApplicationRepository } from '../applications/merchant-application.repository.js';
import type { Actor } from '../callers/actor.js';
import { staffActor } from '../callers/staff-actor.js';
import type { DatabaseErrorCode } from '../errors.js';
import { ContactService } from '../merchants/contact.service.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import { RefreshedMerchantDirectory } from '../merchants/refreshed-merchant-directory.js';

/** Who erases: a person, or Yinke itself when the time is over. */
type Eraser = Actor | { kind: 'system' };

/** What is held about a person: shown to them, and taken out for good. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly merchants: MerchantRepository,
    private readonly applications: MerchantApplicationRepository,
    private readonly contacts: ContactService,
    private readonly directory: RefreshedMerchantDirectory,
    private readonly auditLog: AuditLog,
  ) {}

  /** Everything about a merchant, as a download. Throws `merchant.not-found`. */
  async exportMerchant(id: MerchantId, principal: Principal): Promise<Readable> {
    const { applicationId } = await this.merchants.get(this.unitOfWork.reader, id);
    return this.export({ merchantId: id, applicationId }, id, principal);
  }

  /** Everything about an applicant and, if the application made them one, the merchant. Throws `application.not-found`. */
  async exportApplicant(id: ApplicationId, principal: Principal): Promise<Readable> {
    await this.applications.get(this.unitOfWork.reader, id);
    const [merchant] = await this.merchants.findByApplications(this.unitOfWork.reader, [id]);
    return this.export({ merchantId: merchant?.id ?? null, applicationId: id }, id, principal);
  }

  /** Erases a merchant at an admin's word, or at their own, for which they need a fresh code. Throws as {@link eraseMerchant}. */
  async eraseAtTheWordOf(principal: Principal, id: MerchantId, code: string | null): Promise<Date> {
    if (principal.kind !== 'merchant') return this.eraseMerchant(id, staffActor(principal));
    await this.confirm(principal, code);
    return this.eraseMerchant(id, { kind: 'merchant', merchantId: id });
  }

  /**
   * Takes out what is personal of a closed merchant of whom nothing is open; once it is done a repeat answers the same. Ids, sums and journals
   * stay. Throws `erasure.not-closed`, `erasure.money-open`, `erasure.work-open`.
   */
  async eraseMerchant(id: MerchantId, by: Eraser): Promise<Date> {
    const { applicationId } = await this.merchants.get(this.unitOfWork.reader, id);
    const person = { merchantId: id, applicationId };
    // What there may be very much of goes first, in pieces; the merchant counts as erased when all is done.
    let isLeft = true;
    while (isLeft)
      isLeft = await this.unitOfWork.run(async (tx) => {
        const { state, erasedAt } = await this.merchants.lock(tx, id);
        if (state !== 'closed') throw notClosed(`The merchant is ${state}.`);
        if (erasedAt !== null) return false;
        const open = await this.personalData.openMatter(tx, person);
        if (open) throw new DomainError<DatabaseErrorCode>(open.code, open.detail);
        if (await this.personalData.eraseMany(tx, person)) return true;
        await this.personalData.erase(tx, person);
        await this.auditLog.record(tx, { principal: by, action: 'merchant.erased', subject: id });
        return false;
      });
    await this.directory.noticeChange();
    return erasedAt((await this.merchants.get(this.unitOfWork.reader, id)).erasedAt);
  }

  /** Takes out what is personal of a rejected application. Throws `erasure.not-closed`. */
  async eraseApplicant(id: ApplicationId, by: Eraser): Promise<Date> {
    await this.unitOfWork.run(async (tx) => {
      const application = await this.applications.lock(tx, id);
      if (application.state !== 'rejected') throw notClosed(`The application is ${application.state}.`);
      if (application.erasedAt !== null) return;
      await this.personalData.erase(tx, { merchantId: null, applicationId: id });
      await this.auditLog.record(tx, { principal: by, action: 'application.erased', subject: id });
    });
    return erasedAt((await this.applications.get(this.unitOfWork.reader, id)).erasedAt);
  }

  private async export(person: Person, subject: string, principal: Principal): Promise<Readable> {
    const rows = this.unitOfWork.streamSnapshot((tx) => this.personalData.export(tx, person));
    const file = download(new PassThrough(), rows);
    await this.unitOfWork.run((tx) =>
      this.auditLog.record(tx, {
        principal: principal.kind === 'merchant' ? principal : staffActor(principal),
        action: 'personal-data.exported',
        subject,
      }),
    );
    return file;
  }

  private async confirm(principal: MerchantPrincipal, code: string | null): Promise<void> {
    const verdict = await this.unitOfWork.run((tx) => this.contacts.confirm(tx, principal, code));
    if (verdict !== 'right') throw codeRefusal(verdict);
  }
}

function erasedAt(at: Date | null): Date {
  if (at === null) throw new Error('a row was to be erased and was not');
  return at;
}

function notClosed(detail: string): DomainError<DatabaseErrorCode> {
  return new DomainError('erasure.not-closed', detail);
}
