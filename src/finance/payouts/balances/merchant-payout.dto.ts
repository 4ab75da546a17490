import { WordsDto } from '../../ledger/index.js';

/** What `wx.requestMerchantTransfer` takes, so that WeChat asks the payee to agree. */
export class TransferConfirmationDto {
  /** `package` of the call. */
  packageInfo!: string;
  /** The operator's WeChat merchant id. */
  mchId!: string;
  /** The operator's app. */
  appId!: string;
}

/** A payout as its merchant sees it. Amounts are minor units of `currency`. */
export class MerchantPayoutDto {
  id!: string;

  /** What banks know it by; it stands in the bank's statement. */
  reference!: string;

  /**
   * `approved`, `submitting`, `accepted`, `unknown` (the bank has not told the outcome yet), `paid`, `failed`, `returned` or
   * `withdrawn` (it never reached the bank).
   */
  state!: string;

  /** When it became so, RFC 3339. */
  stateAt!: string;

  currency!: string;

  /** What left the merchant's balance. */
  amount!: number;

  /** What the merchant bears of the payout's cost. */
  fee!: number;

  /** What the bank was told to pay: `amount` less `fee`. */
  sentAmount!: number;

  /** `iso20022-file`, `csv-file`, `http-bank` or `wechat-pay`. */
  rail!: string;

  /** The end of the account number. */
  maskedNumber!: string;

  bankName!: string | null;

  /** ISO 20022 reason of a failure or return. */
  reasonCode!: string | null;

  /** What the payee has to know or do, where there is something: agree to the transfer, or why it comes again. */
  words!: WordsDto | null;

  /** While the transfer waits for the payee's agreement, for the merchant's own token only; null: nothing to agree to. */
  confirmation!: TransferConfirmationDto | null;
}

export class MerchantPayoutPageDto {
  items!: MerchantPayoutDto[];
  nextCursor!: string | null;
}
