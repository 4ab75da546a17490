import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import { AuditLog, type Principal } from '../../access/index.js';
import type { Actor } from '../callers/actor.js';
import { assertMerchantTransition, type MerchantState } from './merchant.js';
import { MerchantRepository, type MerchantFilter } from './merchant.repository.js';
import { merchantView } from './merchant-view.js';
import { ContactLog } from './contact-log.js';
import type { MerchantDto, NamedMerchantDto } from './merchant.dto.js';
import { RefreshedMerchantDirectory } from './refreshed-merchant-directory.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { MerchantId } from '../../shared/ids.js';

/** Merchants as staff see them, and what staff may do to them. */
@Injectable()
export class MerchantService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly directory: RefreshedMerchantDirectory,
    private readonly auditLog: AuditLog,
    private readonly contactLog: ContactLog,
  ) {}

  /** Throws `merchant.not-found`. */
  async view(id: MerchantId): Promise<MerchantDto> {
    const em = this.unitOfWork.reader;
    const merchant = await this.merchants.get(em, id);
    const [account] = await this.bankAccounts.findByOwners(em, [id], ['current']);
    return merchantView(merchant, account);
  }

  /** {@link view}, for a person. */
  async show(by: Principal, id: MerchantId): Promise<MerchantDto> {
    const view = await this.view(id);
    await this.contactLog.note(by, id, [view]);
    return view;
  }

  /** What the merchant is called; no contact is opened. Throws `merchant.not-found`. */
  async nameOf(id: MerchantId): Promise<NamedMerchantDto> {
    const { code, displayName, erasedAt } = await this.merchants.get(this.unitOfWork.reader, id);
    return { id, code, displayName, erasedAt };
  }

  /** The oldest first. */
  async list(
    by: Principal,
    { search, ...filter }: MerchantFilter & { search?: string | undefined },
    page: PageRequest,
  ): Promise<Page<MerchantDto>> {
    const em = this.unitOfWork.reader;
    const rows =
      search === undefined
        ? await this.merchants.findPage(em, filter, page)
        : await this.merchants.findMany(em, this.found(search, filter, page));
    const accounts = await this.bankAccounts.findByOwners(
      em,
      rows.map((row) => row.id),
      ['current'],
    );
    const byOwner = new Map(accounts.map((account) => [account.ownerId, account]));
    const shown = pageOf(
      rows,
      page.limit,
      (row) => row.id,
      (row) => merchantView(row, byOwner.get(row.id)),
    );
    await this.contactLog.note(by, 'merchants', shown.items);
    return shown;
  }

  /** Of those who fit what was typed, the ids of a page and one more. */
  private found(typed: string, { state, group }: MerchantFilter, { limit, after }: PageRequest): string[] {
    return this.directory
      .search(typed)
      .filter((card) => state === undefined || card.state === state)
      .filter((card) => group === undefined || card.group === group)
      .map(({ id }) => id)
      .filter((id) => after === null || id > after)
      .slice(0, limit + 1);
  }

  /** Attributes nothing from now on; what is earned meanwhile goes on hold. Throws `merchant.wrong-state`. */
  suspend(id: MerchantId, reason: string, by: Actor): Promise<MerchantDto> {
    return this.change(id, 'suspended', 'merchant.suspended', reason, by);
  }

  /** Throws `merchant.wrong-state`. */
  reactivate(id: MerchantId, by: Actor): Promise<MerchantDto> {
    return this.change(id, 'active', 'merchant.reactivated', null, by);
  }

  /** For good; the WeChat ID stays taken (ADR 0002). Throws `merchant.wrong-state`. */
  close(id: MerchantId, reason: string | null, by: Actor): Promise<MerchantDto> {
    return this.change(id, 'closed', 'merchant.closed', reason, by);
  }

  private async change(
    id: MerchantId,
    to: MerchantState,
    action: string,
    reason: string | null,
    by: Actor,
  ): Promise<MerchantDto> {
    await this.unitOfWork.run(async (tx) => {
      const { state } = await this.merchants.lock(tx, id);
      assertMerchantTransition(state, to);
      await this.merchants.changeState(tx, id, state, to, reason);
      await this.auditLog.record(tx, {
        principal: by,
        action,
        subject: id,
        detail: { reason },
        before: { state },
        after: { state: to },
      });
    });
    await this.directory.noticeChange();
    return this.view(id);
  }
}
