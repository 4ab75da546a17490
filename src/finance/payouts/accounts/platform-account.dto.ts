import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import { BANK_COUNTRIES } from '../../../database/index.js';
import { IsText } from '../../../shared/fields.js';
import { AGENTS_WITHOUT_BIC } from '../rails/bank-file-settings.js';

/** Whom the bank asks about a file. */
export class BankContactDto {
  /** Their name. */
  @IsText(70)
  name!: string;

  /** As ISO 20022 has it: `+`, country code, `-`, number. */
  @IsOptional()
  @Matches(/^\+\d{1,3}-[0-9()+-]{1,30}$/, { message: 'must be like +86-2112345678' })
  phone?: string | null;

  /** E-mail address. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,64}@[\x21-\x3f\x41-\x7e]{1,190}$/, { message: 'must be an e-mail address' })
  email?: string | null;
}

/** What a bank wants differently in ISO 20022 files. */
export class BankFileSettingsDto {
  /** How a payee's bank without BIC is said: left out (default), or with the id `NOTPROVIDED`. */
  @IsOptional()
  @IsIn(AGENTS_WITHOUT_BIC)
  agentWithoutBic?: (typeof AGENTS_WITHOUT_BIC)[number] | null;

  /** The operator's number at the bank or an authority, `InitgPty/Id/OrgId`. */
  @IsOptional()
  @Matches(/^[a-zA-Z0-9\-.]{1,35}$/, { message: 'must be 1 to 35 letters, digits, dashes and dots' })
  organisationId?: string | null;

  /** What kind of number that is, a code of ISO 20022 such as `CUST`, `BANK` or `TXID`. */
  @IsOptional()
  @Matches(/^[A-Z0-9]{1,4}$/, { message: 'must be 1 to 4 capitals and digits' })
  organisationIdScheme?: string | null;

  /** Whom the bank asks. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BankContactDto)
  contact?: BankContactDto | null;

  /** A code of ISO 20022 such as `SUPP`, `PmtTpInf/CtgyPurp`. */
  @IsOptional()
  @Matches(/^[A-Z0-9]{1,4}$/, { message: 'must be 1 to 4 capitals and digits' })
  categoryPurpose?: string | null;

  /** `true`: the bank books a file as one sum; default: each payment separately. */
  @IsOptional()
  @IsBoolean()
  batchBooking?: boolean | null;
}

/** The operator's own bank account that payouts of one currency leave from. */
export class PutPlatformAccountDto {
  /** Account holder as the bank knows them. */
  @IsText(70)
  holder!: string;

  /** IBAN where the country uses them, else the domestic account number; spaces and dashes do not matter. */
  @IsText(50)
  number!: string;

  /** BIC of the bank, 8 or 11 letters and digits. */
  @IsText(11)
  bic!: string;

  /** Country of the account, ISO 3166-1 alpha-2. */
  @IsIn(BANK_COUNTRIES, { message: 'must be an ISO 3166-1 alpha-2 country code' })
  country!: string;

  /** Town of the operator, for bank files. */
  @IsText(35)
  town!: string;

  /** What the bank wants differently in ISO 20022 files; an approval binds it. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BankFileSettingsDto)
  bankFile?: BankFileSettingsDto | null;
}

/** An account of the operator's as shown. */
export class PlatformAccountDto {
  /** ISO 4217 currency. */
  currency!: string;
  /** Account holder. */
  holder!: string;
  /** `••••` and the last four. */
  maskedNumber!: string;
  /** BIC of the bank. */
  bic!: string;
  /** ISO 3166-1 alpha-2. */
  country!: string;
  /** Town of the operator. */
  town!: string;
  /** What the bank wants differently in ISO 20022 files. */
  bankFile!: BankFileSettingsDto;
  /** When it was last set, RFC 3339. */
  changedAt!: string;
}

/** All of them. */
export class PlatformAccountsDto {
  /** One for each currency. */
  items!: PlatformAccountDto[];
}
