import { PickType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { MERCHANT_STATES, type MerchantState } from './merchant.js';
import { BankAccountDto } from '../bank-accounts/bank-account.dto.js';
import { ApplicantDto } from './applicant.dto.js';
import { IsText } from '../../shared/fields.js';
import { PageQuery } from '../../shared/page.dto.js';
import type { MerchantId } from '../../shared/ids.js';

export class MerchantDto extends ApplicantDto {
  /** mer_… */
  id!: MerchantId;
  /** What shoppers bring along: 8 letters and digits, the last a check character. */
  code!: string;
  /** Whether staff may give a contact: the merchant has none, or never signed in by the one that staff gave. */
  takesContact!: boolean;
  /** Who of staff gave a contact, and so never approves a bank account of this merchant; null: nobody had to. */
  contactGivenBy!: string | null;
  /** Group that price and reward rules can name. */
  group!: string | null;
  /** Whether visits are attributed and rewards earned. */
  state!: MerchantState;
  /** Why it was suspended or closed. */
  stateReason!: string | null;
  /** The account in force. */
  bankAccount!: BankAccountDto | null;
  /** app_… */
  application!: string;
  /** RFC 3339. */
  createdAt!: Date;
  /** RFC 3339: the latest change. */
  updatedAt!: Date;
  /** RFC 3339: when what is personal was taken out, for good; null: it was not. */
  erasedAt!: Date | null;
}

export class MerchantPageDto {
  /** The oldest first. */
  items!: MerchantDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

export class MerchantListQuery extends PageQuery {
  /** Only those in this state. */
  @IsOptional()
  @IsIn(MERCHANT_STATES)
  state?: MerchantState;

  /** Only those of this group. */
  @IsOptional()
  @IsText(64)
  group?: string;

  /**
   * Only those who fit: a part of the display name, in Chinese or as it is read in Latin letters, the beginning of the
   * WeChat ID, the code or the id.
   *
   * @example 李
   */
  @IsOptional()
  @IsText(64)
  search?: string;
}

/** A merchant in lists of other things: nothing that has to be opened, so that no reading of it is noted. */
export class NamedMerchantDto extends PickType(MerchantDto, ['id', 'code', 'displayName', 'erasedAt'] as const) {}

export class CloseMerchantDto {
  /** Told to the merchant. */
  @IsOptional()
  @IsText(500)
  reason?: string | null;
}

export class ReasonDto {
  /** Told to the merchant. */
  @IsText(500)
  reason!: string;
}
