import { BankAccountDto } from '../bank-accounts/bank-account.dto.js';
import { MerchantNameDto } from './merchant-name.dto.js';

/** A change of a bank account that waits for its review. */
export class WaitingAccountDto {
  /** Whose it is. */
  merchant!: MerchantNameDto;
  /** stf_… of who filed it and cannot approve it, or the merchant. */
  filedBy!: string;
  /** The account that was asked for. */
  account!: BankAccountDto;
  /** The one in force; null: there is none yet. */
  inForce!: BankAccountDto | null;
}

/** A page of changes that wait. */
export class WaitingAccountPageDto {
  /** The oldest first. */
  items!: WaitingAccountDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}
