/** Where a merchant wants cash to go. The number is in clear: never log, queue or store it elsewhere. */
export interface Beneficiary {
  bankAccountId: string;
  holder: string;
  /** The holder in Latin letters, as they write it; null: not given. */
  holderLatin: string | null;
  /** The holder's town, in Latin letters; null: not given. */
  town: string | null;
  /** IBAN, or the domestic account number. */
  number: string;
  lastFour: string;
  bankName: string | null;
  bic: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Keyed hash of the number: equal numbers, equal hashes. */
  numberHash: string;
}
