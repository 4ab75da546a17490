import { IsIn } from 'class-validator';
import { BANK_COUNTRIES } from '../../database/index.js';
import { IsCurrencyCode, IsText } from '../../shared/fields.js';

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
  /** When it was last set, RFC 3339. */
  changedAt!: string;
}

/** All of them. */
export class PlatformAccountsDto {
  /** One for each currency. */
  items!: PlatformAccountDto[];
}

/** Which account. */
export class CurrencyParam {
  /** ISO 4217. */
  @IsCurrencyCode()
  currency!: string;
}
