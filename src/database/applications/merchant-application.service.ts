import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError, type FieldError } from '../../shared/domain-error.js';
import { newId, type ApplicationId } from '../../shared/ids.js';
import { identityKey } from '../../shared/identity-key.js';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import { ApplicationTokens, AuditLog, type Principal } from '../../access/index.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import type { Actor } from '../callers/actor.js';
import { isDuplicate } from '../../core/driver-error.js';
import type { DatabaseErrorCode } from '../errors.js';
import { IdentityMarks } from '../likeness/identity-marks.repository.js';
import type { ApplicationState, MerchantApplication } from './merchant-application.entity.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { newMerchantCode } from '../merchants/merchant-code.js';
import type { Merchant } from '../merchants/merchant.entity.js';
import { ContactLog } from '../merchants/contact-log.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import type { ApplicationDto, FilledForm } from './application.dto.js';
import { applicationView } from './application-view.js';
import { merchantView } from '../merchants/merchant-view.js';
import type { MerchantDto } from '../merchants/merchant.dto.js';
import { RefreshedMerchantDirectory } from '../merchants/refreshed-merchant-directory.js';
import { applicantOf } from '../merchants/applicant-form.js';
import { FORM_VERSION } from './registration-form.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { wechatKey } from '../merchants/wechat-id.js';

/** With 100,000 merchants among 27 thousand million codes, one draw in 275,000 is taken; this many in a row never are. */
const CODE_ATTEMPTS = 5;

/** The way from a filled-in form to a merchant with a code, or to a rejection with a reason (claim 9). */
@Injectable()
export class MerchantApplicationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly applications: MerchantApplicationRepository,
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly tokens: ApplicationTokens,
    private readonly directory: RefreshedMerchantDirectory,
    private readonly auditLog: AuditLog,
    private readonly marks: IdentityMarks,
    private readonly contactLog: ContactLog,
  ) {}

  /**
   * Takes a form in for review. It reserves nothing, and the answer is the same for a WeChat ID that is registered or waits: nobody learns who is a merchant, and
   * nobody can keep another's WeChat ID from registering. The reviewer sees both.
   */
  async submit(form: FilledForm): Promise<{ id: ApplicationId; state: 'pending'; token: string }> {
    const { bankAccount, ...fields } = form;
    if (wechatKey(form.wechatId) === null) throw invalidWechatId();
    const id = newId('application');
    await this.unitOfWork.run(async (tx) => {
      await this.applications.insertPending(tx, { ...fields, id, formVersion: FORM_VERSION });
      await this.marks.note(tx, id, fields);
      if (bankAccount)
        await this.bankAccounts.insertPending(tx, id, bankAccount, { kind: 'applicant', applicationId: id });
    });
    return { id, state: 'pending', token: this.tokens.issue(id) };
  }

  /** Throws `application.not-found`. */
  async view(id: ApplicationId): Promise<ApplicationDto> {
    const em = this.unitOfWork.reader;
    return this.viewer(em, [await this.applications.get(em, id)]).then((view) => view(id));
  }

  /** {@link view}, for a person. */
  async show(by: Principal, id: ApplicationId): Promise<ApplicationDto> {
    const view = await this.view(id);
    await this.contactLog.note(by, id, [view]);
    return view;
  }

  /** The oldest first. */
  async list(by: Principal, state: ApplicationState | undefined, page: PageRequest): Promise<Page<ApplicationDto>> {
    const em = this.unitOfWork.reader;
    const rows = await this.applications.findPage(em, state, page);
    const view = await this.viewer(em, rows);
    const shown = pageOf(
      rows,
      page.limit,
      (row) => row.id,
      (row) => view(row.id),
    );
    await this.contactLog.note(by, 'merchant-applications', shown.items);
    return shown;
  }

  /**
   * Makes the applicant a merchant with a unique code. A repeat, also at the same moment, answers with the same merchant.
   * Throws `application.wrong-state` when it was rejected, and `application.wechat-id-taken` when another merchant has the WeChat ID.
   */
  async approve(id: ApplicationId, group: string | null, by: Actor): Promise<MerchantDto> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const view = await this.unitOfWork.run((tx) => this.approveOnce(tx, id, group, by));
        await this.directory.noticeChange();
        return view;
      } catch (error) {
        if (isDuplicate(error, 'merchant_wechat')) throw wechatIdTaken();
        if (attempt >= CODE_ATTEMPTS || !isDuplicate(error, 'merchant_code')) throw error;
      }
    }
  }

  /** Throws `application.wrong-state` when it is already decided. */
  async reject(id: ApplicationId, reason: string, by: Actor): Promise<ApplicationDto> {
    await this.unitOfWork.run(async (tx) => {
      await this.applications.lock(tx, id);
      await this.applications.reject(tx, id, reason, by);
      const account = await this.bankAccounts.lockPending(tx, id);
      if (account) await this.bankAccounts.reject(tx, account, reason, by);
      await this.auditLog.record(tx, {
        principal: by,
        action: 'application.rejected',
        subject: id,
        detail: { reason },
      });
    });
    return this.view(id);
  }

  private async approveOnce(
    tx: EntityManager,
    id: ApplicationId,
    group: string | null,
    by: Actor,
  ): Promise<MerchantDto> {
    const application = await this.applications.lock(tx, id);
    const merchant =
      application.state === 'approved'
        ? (await this.merchants.findByApplications(tx, [id]))[0]
        : await this.makeMerchant(tx, application, group, by);
    if (!merchant) throw new Error(`application ${id} is approved and has no merchant`);
    const [account] = await this.bankAccounts.findByOwners(tx, [merchant.id], ['current']);
    return merchantView(merchant, account);
  }

  private async makeMerchant(
    tx: EntityManager,
    application: MerchantApplication,
    group: string | null,
    by: Actor,
  ): Promise<Merchant> {
    await this.applications.approve(tx, application.id, by);
    const id = newId('merchant');
    await this.merchants.insert(tx, {
      id,
      applicationId: application.id,
      code: newMerchantCode(),
      ...applicantOf(application),
      contactGivenBy: null,
      contactUsedAt: null,
      language: null,
      wechatKey: identityKey(application.wechatId),
      group,
      state: 'active',
      stateReason: null,
      erasedAt: null,
    });
    const account = await this.bankAccounts.lockPending(tx, application.id);
    if (account) await this.bankAccounts.makeCurrent(tx, account, id, by);
    await this.auditLog.record(tx, {
      principal: by,
      action: 'application.approved',
      subject: application.id,
      detail: { merchant: id, group },
    });
    return this.merchants.get(tx, id);
  }

  /** Loads at once what the views of these applications need. */
  private async viewer(
    em: EntityManager,
    rows: readonly MerchantApplication[],
  ): Promise<(id: ApplicationId) => ApplicationDto> {
    const merchants = await this.merchants.findByApplications(
      em,
      rows.filter((row) => row.state === 'approved').map((row) => row.id),
    );
    const merchantByApplication = new Map(merchants.map((merchant) => [merchant.applicationId, merchant]));
    const undecided = rows.filter((row) => row.state !== 'approved').map((row) => row.id);
    const accounts = [
      ...(await this.bankAccounts.findByOwners(em, undecided, ['pending', 'rejected'])),
      ...(await this.bankAccounts.findByOwners(
        em,
        merchants.map((merchant) => merchant.id),
        ['current'],
      )),
    ];
    const accountByOwner = new Map(accounts.map((account) => [account.ownerId, account]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return (id) => {
      const row = byId.get(id);
      if (!row) throw new RangeError(`application ${id} was not loaded`);
      const merchant = merchantByApplication.get(id) ?? null;
      return applicationView(row, accountByOwner.get(merchant?.id ?? id), merchant);
    };
  }
}

function wechatIdTaken(): DomainError<DatabaseErrorCode> {
  return new DomainError('application.wechat-id-taken', 'A merchant has this WeChat ID already.');
}

function invalidWechatId(): DomainError<DatabaseErrorCode | 'request.invalid'> {
  const errors: FieldError[] = [{ pointer: '/wechatId', detail: 'is not a WeChat ID' }];
  return new DomainError('request.invalid', 'The WeChat ID is not one.', errors);
}
