import { Injectable } from '@nestjs/common';
import { ibanCountry, isIban, isSepaIban } from '../../../database/index.js';
import { bankName, bankText } from './bank-text.js';
import { writePain001 } from './pain001.js';
import { FileRail, type Creditor, type Expression, type FileFormat, type PaymentFile } from './payout-rail.js';

/** Longest name that banks take (SEPA); the schema would allow 140. */
const MAX_NAME = 70;
/** Longest town of a postal address (Max35Text). */
const MAX_TOWN = 35;

/** ISO 20022 files: `pain.001.001.09`, and `.03` for banks that know nothing newer. */
@Injectable()
export class Iso20022FileRail extends FileRail {
  readonly name = 'iso20022-file';
  readonly formats = ['pain.001.001.09', 'pain.001.001.03'] as const;
  readonly extension = 'xml';
  readonly hasExecutionDate = true;
  readonly available = true;
  // A SEPA transfer holds 999,999,999.99; a file of 10,000 payments is some 8 MB.
  readonly limits = { payouts: 10_000, amount: 99_999_999_999n };

  express(creditor: Creditor, currency: string): Expression {
    const holderSent = bankName(creditor.holder, creditor.holderLatin ?? null);
    if (holderSent === '') return { problem: 'the holder cannot be written in the characters that banks take' };
    if (holderSent.length > MAX_NAME) return { problem: `the holder has more than ${MAX_NAME} characters for a bank` };
    const { number, country } = creditor;
    if (ibanCountry(country) !== null && !isIban(number))
      return { problem: `an account in ${country} needs a valid IBAN` };
    if (currency === 'EUR' && !isSepaIban(number)) return { problem: 'euros go to an IBAN in a SEPA country only' };
    if (!/^[A-Z0-9]{1,34}$/.test(number))
      return { problem: 'the account number has characters that banks do not take' };
    const townSent = bankText(creditor.town ?? '');
    if (townSent === '') return { holderSent };
    if (townSent.length > MAX_TOWN) return { problem: `the town has more than ${MAX_TOWN} characters for a bank` };
    return { holderSent, townSent };
  }

  mediaType(): string {
    return 'application/xml';
  }

  write(file: PaymentFile, format: FileFormat): AsyncIterable<Buffer> {
    return writePain001(file, format === 'pain.001.001.03' ? format : 'pain.001.001.09');
  }
}
