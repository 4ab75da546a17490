import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { MERCHANT_STATES, type MerchantState } from './merchant.js';
import type { BankAccountState } from './bank-account.entity.js';
import type { BankAccountWarning } from './bank-account.js';
import { ApplicantDto } from './applicant.dto.js';
import { IsText } from '../shared/fields.js';
import { PageQuery } from '../shared/page.dto.js';

export class BankAccountWarningDto {
  /** The same each time. */
  @ApiProperty({ enum: ['bic-of-another-country'] })
  code!: BankAccountWarning['code'];
  /** In words. */
  detail!: string;
}

export class BankAccountDto {
  /** bac_… */
  id!: string;
  /** `current` is in force, `pending` waits for a review. */
  state!: BankAccountState;
  /** Name on the account. */
  holder!: string;
  /** The name in Latin letters, as the merchant wrote it; null: banks get `holder` transliterated. */
  holderLatin!: string | null;
  /** The holder's town; null: not given, and a payment across a border has no address of the payee. */
  town!: string | null;
  /** `••••` and the last four. */
  maskedNumber!: string;
  /** Null: none was given. */
  bankName!: string | null;
  /** ISO 9362. */
  bic!: string | null;
  /** ISO 3166-1 alpha-2. */
  country!: string;
  /** What does not fit together and may be right all the same: look before you approve. */
  warnings!: BankAccountWarningDto[];
  /** RFC 3339. */
  filedAt!: Date;
  /** RFC 3339; null: not decided. */
  decidedAt!: Date | null;
  /** Why it was rejected. */
  reason!: string | null;
}

export class BankAccountHistoryDto {
  /** The oldest first. */
  items!: BankAccountDto[];
}

export class MerchantDto extends ApplicantDto {
  /** mer_… */
  id!: string;
  /** What shoppers bring along: 8 letters and digits, the last a check character. */
  code!: string;
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

export class CloseMerchantDto {
  /** Told to the merchant. */
  @IsOptional()
  @IsText(500)
  reason?: string;
}
