import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import { AuditLog } from '../../access/index.js';
import type { Actor } from '../callers/actor.js';
import { assertMerchantTransition, type MerchantState } from './merchant.js';
import { MerchantRepository, type MerchantFilter } from './merchant.repository.js';
import { merchantView } from './merchant-view.js';
import type { MerchantDto } from './merchant.dto.js';
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
  ) {}

  /** Throws `merchant.not-found`. */
  async view(id: MerchantId): Promise<MerchantDto> {
    const em = this.unitOfWork.reader;
    const merchant = await this.merchants.get(em, id);
    const [account] = await this.bankAccounts.findByOwners(em, [id], ['current']);
    return merchantView(merchant, account);
  }

  /** The oldest first. */
  async list(filter: MerchantFilter, page: PageRequest): Promise<Page<MerchantDto>> {
    const em = this.unitOfWork.reader;
    const rows = await this.merchants.findPage(em, filter, page);
    const accounts = await this.bankAccounts.findByOwners(
      em,
      rows.map((row) => row.id),
      ['current'],
    );
    const byOwner = new Map(accounts.map((account) => [account.ownerId, account]));
    return pageOf(
      rows,
      page.limit,
      (row) => row.id,
      (row) => merchantView(row, byOwner.get(row.id)),
    );
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
      await this.auditLog.record(tx, { principal: by, action, subject: id, detail: { reason } });
    });
    await this.directory.noticeChange();
    return this.view(id);
  }
}
