import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import { IsText } from '../../shared/fields.js';
import { PageQuery } from '../../shared/page.dto.js';
import type { BankAccountDetails } from '../bank-accounts/bank-account.js';
import { bankAccountDetails, BankAccountDto, EnterBankAccountDto } from '../bank-accounts/bank-account.dto.js';
import { FromForm } from '../forms/form-field.decorator.js';
import { applicantOf } from '../merchants/applicant-form.js';
import { SIGNALS, type Signal } from '../likeness/likeness.js';
import { ApplicantDto, CreateApplicantDto } from '../merchants/applicant.dto.js';
import { MerchantDto } from '../merchants/merchant.dto.js';
import { APPLICATION_STATES, type ApplicationState } from './merchant-application.entity.js';
import { registrationConsent } from './registration-form.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';

/** The registration form, filled in. */
export class SubmitApplicationDto extends CreateApplicantDto {
  /** Where rewards are to be paid; may follow later. */
  @ValidateIf((_whole, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => EnterBankAccountDto)
  @ApiProperty({ required: false, type: () => EnterBankAccountDto })
  bankAccount?: EnterBankAccountDto;

  @FromForm(registrationConsent)
  consent!: true;
}

export class ApproveApplicationDto {
  /** Group that price and reward rules can name. */
  @IsOptional()
  @IsText(64)
  group?: string | null;
}

export class ApplicationListQuery extends PageQuery {
  /** Only those in this state. */
  @IsOptional()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;
}

export class SubmittedApplicationDto {
  /** app_… */
  id!: ApplicationId;
  /** It waits for a review. */
  state!: 'pending';
  /** With it the applicant reads the application, and signs in for the first time once it is approved. Shown once. */
  token!: string;
}

export class MerchantReferenceDto {
  /** mer_… */
  id!: MerchantId;
  /** What shoppers bring along. */
  code!: string;
}

export class ApplicationDto extends ApplicantDto {
  /** app_… */
  id!: ApplicationId;
  /** What became of it. */
  state!: ApplicationState;
  /** Where cash is to go; the number is masked. */
  bankAccount!: BankAccountDto | null;
  /** Why it was rejected. */
  reason!: string | null;
  /** The merchant that it became. */
  merchant!: MerchantReferenceDto | null;
  /** RFC 3339. */
  createdAt!: Date;
  /** RFC 3339; null: not decided. */
  decidedAt!: Date | null;
  /** RFC 3339: when what is personal was taken out, for good; null: it was not. */
  erasedAt!: Date | null;
}

export class ApplicationPageDto {
  /** The oldest first. */
  items!: ApplicationDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

/** Somebody who is likely the same person: a merchant, or an application that made nobody one. */
export class DoubleDto {
  /** What of the two is the same, or of names similar. */
  @ApiProperty({ enum: SIGNALS, isArray: true, example: ['phone', 'name'] })
  same!: Signal[];
  /** The merchant; null: it is an application. */
  merchant!: MerchantDto | null;
  /** The application; null: it is a merchant. */
  application!: ApplicationDto | null;
}

/** Likely doubles. */
export class DoubleListDto {
  /** The likeliest first. */
  items!: DoubleDto[];
}

export class ApprovedApplicationDto {
  /** The merchant that it became. */
  merchant!: MerchantDto;
}

/** A filled-in form, every field checked against the form's table. */
export type FilledForm = ApplicantDto & { bankAccount: BankAccountDetails | null };

/** The form as the registry takes it. */
export function filledForm(dto: SubmitApplicationDto): FilledForm {
  return { ...applicantOf(dto), bankAccount: dto.bankAccount ? bankAccountDetails(dto.bankAccount) : null };
}
