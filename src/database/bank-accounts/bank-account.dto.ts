import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches, type ValidationArguments, ValidateBy } from 'class-validator';
import { FromForm } from '../forms/form-field.decorator.js';
import { accountNumberFault, bicFault, type BankAccountDetails, type BankAccountWarning } from './bank-account.js';
import type { BankAccountState } from './bank-account.entity.js';
import { bankAccountForm } from './bank-account-form.js';
import type { BankAccountId } from '../../shared/ids.js';

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

export class BankAccountWarningDto {
  /** The same each time. */
  @ApiProperty({ enum: ['bic-of-another-country'] })
  code!: BankAccountWarning['code'];
  /** In words. */
  detail!: string;
}

export class BankAccountDto {
  /** bac_… */
  id!: BankAccountId;
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
