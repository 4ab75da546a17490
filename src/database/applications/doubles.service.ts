import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { isId, type ApplicationId } from '../../shared/ids.js';
import type { BankAccountEntity } from '../bank-accounts/bank-account.entity.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import { IdentityMarks } from '../likeness/identity-marks.repository.js';
import { weightOf, whatIsTheSame, type Person } from '../likeness/likeness.js';
import { ContactLog } from '../merchants/contact-log.js';
import type { ApplicantColumns } from '../merchants/applicant.entity.js';
import type { ContactDetails } from '../merchants/contact-vault.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import { merchantView } from '../merchants/merchant-view.js';
import type { DoubleDto, DoubleListDto } from './application.dto.js';
import { applicationView } from './application-view.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';

const SHOWN = 6;

type Applicant = Pick<ApplicantColumns, 'wechatId' | 'displayName'> & ContactDetails;

/** Merchants and applications that are likely the same person as an applicant. */
@Injectable()
export class DoublesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly applications: MerchantApplicationRepository,
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly marks: IdentityMarks,
    private readonly contactLog: ContactLog,
  ) {}

  /** {@link find}, for a person. */
  async show(by: Principal, id: ApplicationId): Promise<DoubleListDto> {
    const doubles = await this.find(id);
    const shown = doubles.items.flatMap(({ merchant, application }) => merchant ?? application ?? []);
    await this.contactLog.note(by, id, shown);
    return doubles;
  }

  /** The likeliest first, six at most. Throws `application.not-found`. */
  async find(id: ApplicationId): Promise<DoubleListDto> {
    const em = this.unitOfWork.reader;
    const applicant = await this.applications.get(em, id);
    const [own] = await this.merchants.findByApplications(em, [id]);
    const [account] = await this.bankAccounts.findByOwners(em, [id, ...(own ? [own.id] : [])], ['pending', 'current']);
    const of = personOf(applicant, account);
    const others = await this.candidates(
      em,
      (await this.marks.findSharing(em, of)).filter((owner) => owner !== id),
    );
    const items = others
      .filter(({ view }) => (view.merchant?.id ?? view.application?.id) !== own?.id)
      .map(({ person, view }) => ({ same: whatIsTheSame(of, person), ...view }))
      .filter(({ same }) => same.length > 0)
      .sort((a, b) => weightOf(b.same) - weightOf(a.same))
      .slice(0, SHOWN);
    return { items };
  }

  /** Whoever was approved counts as the merchant that they are. */
  private async candidates(
    em: EntityManager,
    owners: readonly string[],
  ): Promise<{ person: Person; view: Omit<DoubleDto, 'same'> }[]> {
    const applicationIds = owners.filter((owner) => isId('application', owner));
    const merchants = [
      ...(await this.merchants.findByApplications(em, applicationIds)),
      ...(await this.merchants.findByIds(
        em,
        owners.filter((owner) => isId('merchant', owner)),
      )),
    ];
    const distinct = [...new Map(merchants.map((merchant) => [merchant.id, merchant])).values()];
    const applications = await this.applications.findUndecidedOrRejected(em, applicationIds);
    const accounts = [
      ...(await this.bankAccounts.findByOwners(
        em,
        distinct.map((merchant) => merchant.id),
        ['current'],
      )),
      ...(await this.bankAccounts.findByOwners(
        em,
        applications.map((application) => application.id),
        ['pending', 'rejected'],
      )),
    ];
    const accountOf = new Map(accounts.map((account) => [account.ownerId, account]));
    return [
      ...distinct.map((merchant) => ({
        person: personOf(merchant, accountOf.get(merchant.id)),
        view: { merchant: merchantView(merchant, accountOf.get(merchant.id)), application: null },
      })),
      ...applications.map((application) => ({
        person: personOf(application, accountOf.get(application.id)),
        view: { merchant: null, application: applicationView(application, accountOf.get(application.id), null) },
      })),
    ];
  }
}

function personOf({ wechatId, displayName, phone, email }: Applicant, account?: BankAccountEntity): Person {
  const bankAccount = account ? { holder: account.holder, numberHash: account.numberHash } : null;
  return { wechatId, displayName, phone, email, bankAccount };
}
