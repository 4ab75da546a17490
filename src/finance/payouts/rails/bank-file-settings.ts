export const AGENTS_WITHOUT_BIC = ['omitted', 'NOTPROVIDED'] as const;

/** What banks want differently in ISO 20022 files; each may be left out. Kept with the operator's account as JSON. */
export interface BankFileSettings {
  /** How a payee's bank is said of which no BIC is known; absent: it is left out. A name alone says nothing to a bank. */
  agentWithoutBic?: (typeof AGENTS_WITHOUT_BIC)[number];
  /** The operator's number at the bank or at an authority (`InitgPty/Id/OrgId/Othr/Id`). */
  organisationId?: string;
  /** What kind of number that is (ExternalOrganisationIdentification1Code), such as `CUST`, `BANK` or `TXID`. */
  organisationIdScheme?: string;
  /** Whom the bank asks (`InitgPty/CtctDtls`). */
  contact?: { name: string; phone?: string; email?: string };
  /** ExternalCategoryPurpose1Code, such as `SUPP` or `OTHR` (`PmtTpInf/CtgyPurp/Cd`). */
  categoryPurpose?: string;
  /** Whether the bank books the batch as one sum; absent: each payment, so that statements name each of them. */
  batchBooking?: boolean;
}

/** Settings as kept; none of them where there are none. */
export function readBankFileSettings(text: string | null): BankFileSettings {
  return text === null ? {} : (JSON.parse(text) as BankFileSettings);
}
