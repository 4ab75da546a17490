import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { BankAccountChangeService } from './bank-account-change.service.js';
import { MerchantService } from './merchant.service.js';
import type { Actor } from '../callers/actor.js';
import { pageRequest } from '../../shared/page.dto.js';
import {
  bankAccountDetails,
  BankAccountDto,
  BankAccountHistoryDto,
  FileBankAccountDto,
} from '../bank-accounts/bank-account.dto.js';
import { MERCHANT_ID, BANK_ACCOUNT_ID } from '../path-ids.js';
import {
  CloseMerchantDto,
  MerchantDto,
  MerchantListQuery,
  NamedMerchantDto,
  MerchantPageDto,
  ReasonDto,
} from './merchant.dto.js';
import { CurrentStaff, staffActor } from '../callers/staff-actor.js';
import type { BankAccountId, MerchantId } from '../../shared/ids.js';

@ApiTags('Merchants')
@Controller('v1/merchants')
export class MerchantController {
  constructor(
    private readonly merchants: MerchantService,
    private readonly bankAccounts: BankAccountChangeService,
  ) {}

  /** Merchants, the oldest first. */
  @Get()
  @Allow('staff')
  listMerchants(@CurrentPrincipal() by: Principal, @Query() query: MerchantListQuery): Promise<MerchantPageDto> {
    const { state, group, search } = query;
    return this.merchants.list(by, { state, group, search }, pageRequest(query));
  }

  /** One merchant. */
  @Get(':id')
  @Allow('staff', 'merchant')
  readMerchant(@CurrentPrincipal() by: Principal, @Param('id', MERCHANT_ID) id: MerchantId): Promise<MerchantDto> {
    return this.merchants.show(by, id);
  }

  /** What a merchant is called, for lists of other things: no contact is opened for it. */
  @Get(':id/name')
  @Allow('staff')
  readMerchantName(@Param('id', MERCHANT_ID) id: MerchantId): Promise<NamedMerchantDto> {
    return this.merchants.nameOf(id);
  }

  /** From now on nothing is attributed to the merchant, and what is earned goes on hold. */
  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('admin', 'reviewer')
  suspendMerchant(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Body() body: ReasonDto,
    @CurrentStaff() staff: Actor,
  ): Promise<MerchantDto> {
    return this.merchants.suspend(id, body.reason, staff);
  }

  /** Ends a suspension. What was earned in it stays on hold until people release it. */
  @Post(':id/reactivate')
  @HttpCode(200)
  @Allow('admin', 'reviewer')
  reactivateMerchant(@Param('id', MERCHANT_ID) id: MerchantId, @CurrentStaff() staff: Actor): Promise<MerchantDto> {
    return this.merchants.reactivate(id, staff);
  }

  /** For good. The WeChat ID stays taken. */
  @Post(':id/close')
  @HttpCode(200)
  @Allow('admin', 'reviewer')
  closeMerchant(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Body() body: CloseMerchantDto,
    @CurrentStaff() staff: Actor,
  ): Promise<MerchantDto> {
    return this.merchants.close(id, body.reason ?? null, staff);
  }

  /** Every bank account that the merchant has, had, or asked for; numbers masked. */
  @Get(':id/bank-accounts')
  @Allow('staff', 'merchant')
  async listBankAccounts(@Param('id', MERCHANT_ID) id: MerchantId): Promise<BankAccountHistoryDto> {
    return { items: await this.bankAccounts.history(id) };
  }

  /**
   * Asks for another bank account: staff, or the merchant, who needs a fresh code. The old one stays in force, also for payouts that are drafted,
   * until another person approves; the merchant is told over their contacts.
   */
  @Post(':id/bank-account-changes')
  @Allow('merchant', 'admin', 'reviewer')
  fileBankAccountChange(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Body() body: FileBankAccountDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BankAccountDto> {
    const account = bankAccountDetails(body);
    return principal.kind === 'merchant'
      ? this.bankAccounts.fileOwnChange(principal, account, body.code ?? null)
      : this.bankAccounts.fileChange(id, account, staffActor(principal));
  }

  /** Puts the account in force; 409 `bank-account.same-person` for the person who filed it, or gave the merchant's contact. */
  @Post(':id/bank-account-changes/:change/approve')
  @HttpCode(200)
  @Allow('reviewer')
  approveBankAccountChange(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Param('change', BANK_ACCOUNT_ID) change: BankAccountId,
    @CurrentStaff() staff: Actor,
  ): Promise<BankAccountDto> {
    return this.bankAccounts.approveChange(id, change, staff);
  }

  /** Turns a bank account down; the one before stays in force. */
  @Post(':id/bank-account-changes/:change/reject')
  @HttpCode(200)
  @Allow('reviewer')
  rejectBankAccountChange(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Param('change', BANK_ACCOUNT_ID) change: BankAccountId,
    @Body() body: ReasonDto,
    @CurrentStaff() staff: Actor,
  ): Promise<BankAccountDto> {
    return this.bankAccounts.rejectChange(id, change, body.reason, staff);
  }
}
