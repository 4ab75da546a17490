import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import { accountNumberFault, bicFault, type BankAccountDetails } from './bank-account.js';
import { APPLICATION_STATES, type ApplicationState } from './merchant-application.entity.js';
import { ApplicantDto, CreateApplicantDto } from './applicant.dto.js';
import { applicantOf, bankAccountForm, registrationForm } from './registration-form.js';
import { IsText } from '../shared/fields.js';
import { PageQuery } from '../shared/page.dto.js';
import { FromForm } from './form-field.decorator.js';
import { BankAccountDto, MerchantDto } from './merchant.dto.js';

/** A check of one field that may look at the others; the message names what is wrong, never the value. */
function Fault(name: string, fault: (value: string, whole: Partial<EnterBankAccountDto>) => string | null) {
  const check = (args?: ValidationArguments) =>
    typeof args?.value === 'string' ? fault(args.value, args.object) : null;
  return ValidateBy({
    name,
    validator: { validate: (_value, args) => check(args) === null, defaultMessage: (args) => check(args) ?? '' },
  });
}

/** A bank account as filled in. */
export class EnterBankAccountDto {
  @FromForm(bankAccountForm.holder)
  holder!: string;

  @FromForm(bankAccountForm.holderLatin)
  holderLatin?: string;

  @FromForm(bankAccountForm.town)
  town?: string;

  @FromForm(bankAccountForm.number)
  @Fault('accountNumber', (number, { country }) =>
    typeof country === 'string' ? accountNumberFault(number, country) : null,
  )
  number!: string;

  @FromForm(bankAccountForm.bankName)
  bankName?: string;

  @FromForm(bankAccountForm.bic)
  @Fault('bic', bicFault)
  bic?: string;

  @FromForm(bankAccountForm.country)
  country!: string;

  @FromForm(bankAccountForm.bankConsent)
  bankConsent?: true;
}

/** Another bank account, as filled in. */
export class FileBankAccountDto extends EnterBankAccountDto {
  /** Of a merchant whose session has no fresh one: six digits of `POST /v1/merchants/sessions/current/codes`. @example "482913" */
  @IsOptional()
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  code?: string | null;
}

/** The registration form, filled in. */
export class SubmitApplicationDto extends CreateApplicantDto {
  /** Where rewards are to be paid; may follow later. */
  @ValidateIf((_whole, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => EnterBankAccountDto)
  @ApiProperty({ required: false, type: () => EnterBankAccountDto })
  bankAccount?: EnterBankAccountDto;

  @FromForm(registrationForm.consent)
  consent!: true;
}

export class ApproveApplicationDto {
  /** Group that price and reward rules can name. */
  @IsOptional()
  @IsText(64)
  group?: string;
}

export class ReasonDto {
  /** Told to the merchant. */
  @IsText(500)
  reason!: string;
}

export class ApplicationListQuery extends PageQuery {
  /** Only those in this state. */
  @IsOptional()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;
}

export class SubmittedApplicationDto {
  /** app_… */
  id!: string;
  /** It waits for a review. */
  state!: 'pending';
  /** With it the applicant reads the application, and signs in for the first time once it is approved. Shown once. */
  token!: string;
}

export class MerchantReferenceDto {
  /** mer_… */
  id!: string;
  /** What shoppers bring along. */
  code!: string;
}

export class ApplicationDto extends ApplicantDto {
  /** app_… */
  id!: string;
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
}

export class ApplicationPageDto {
  /** The oldest first. */
  items!: ApplicationDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
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

/** The bank account as the registry takes it. */
export function bankAccountDetails(dto: EnterBankAccountDto): BankAccountDetails {
  return {
    holder: dto.holder,
    holderLatin: dto.holderLatin ?? null,
    town: dto.town ?? null,
    number: dto.number,
    bankName: dto.bankName ?? null,
    bic: dto.bic ?? null,
    country: dto.country,
  };
}
