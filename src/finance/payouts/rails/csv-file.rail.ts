import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { accountNumberFault } from '../../../database/index.js';
import { formatMinor } from '../../../shared/money.js';
import { csvFormat, type CsvField, type CsvFormat } from './csv-templates.js';
import { checkedOrders, PaymentFileError } from './payment-file.js';
import {
  FileRail,
  type Creditor,
  type Expression,
  type FileFormat,
  type PaymentFile,
  type PaymentOrder,
} from './payout-rail.js';

/** How a cell must not begin: spreadsheets would calculate it, full-width signs included (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** Tables that the portals of banks import. Names stand in them as the merchant wrote them: no bank pays a changed name. */
@Injectable()
export class CsvFileRail extends FileRail {
  readonly name = 'csv-file';
  readonly formats = ['csv-generic', 'csv-generic-bom', 'csv-zh-utf8', 'csv-zh-gb18030', 'csv-zh-gbk'] as const;
  readonly extension = 'csv';
  readonly hasExecutionDate = false;
  readonly available = true;
  // Portals stop at some thousands of lines.
  readonly limits = { payouts: 5_000, amount: 99_999_999_999n };

  mediaType(format: FileFormat): string {
    return `text/csv; charset=${csvFormat(format).encoding}`;
  }

  express(creditor: Creditor, currency: string, format: FileFormat | null): Expression {
    const { template, encoding } = csvFormat(format);
    const { holder, bankName, number, country } = creditor;
    if (template.domestic && (currency !== 'CNY' || country !== 'CN'))
      return { problem: 'this format is for CNY to accounts in China' };
    const fault = accountNumberFault(number, country);
    if (fault !== null) return { problem: `the account number ${fault}` };
    for (const text of [holder, bankName ?? '']) {
      const problem = textProblem(text, encoding);
      if (problem !== null) return { problem };
    }
    return { holderSent: holder };
  }

  async *write(file: PaymentFile, format: FileFormat): AsyncGenerator<Buffer> {
    const { template, encoding, bom } = csvFormat(format);
    yield encode(
      template.columns.map(([header]) => header),
      encoding,
      bom,
    );
    let sequence = 0;
    for await (const order of checkedOrders(file)) {
      sequence += 1;
      const row = template.columns.map(([, field]) => cell(field, order, sequence, template.purpose));
      yield encode(row, encoding, false);
    }
  }
}

function cell(field: CsvField, order: PaymentOrder, sequence: number, purpose: string): string {
  switch (field) {
    case 'sequence':
      return sequence.toString();
    case 'account':
      return order.number;
    case 'holder':
      return order.holderSent;
    case 'bankName':
      return order.bankName ?? '';
    case 'bic':
      return order.bic ?? '';
    case 'country':
      return order.country;
    case 'amount':
      return formatMinor(order.amount, order.currency);
    case 'currency':
      return order.currency;
    case 'purpose':
      return purpose;
    case 'reference':
      return order.reference;
    case 'blank':
      return '';
  }
}

function encode(row: string[], encoding: CsvFormat['encoding'], bom: boolean): Buffer {
  for (const text of row) {
    const problem = textProblem(text, encoding);
    if (problem !== null) throw new PaymentFileError(problem);
  }
  return iconv.encode(stringify([row], { record_delimiter: 'windows' }), encoding, { addBOM: bom });
}

/** Why a text cannot stand in a cell, or null. Guarded by refusal: a quote set before it would be another name. */
function textProblem(text: string, encoding: CsvFormat['encoding']): string | null {
  if (FORMULA.test(text)) return 'a name begins like a formula of a spreadsheet';
  if (iconv.decode(iconv.encode(text, encoding), encoding) !== text)
    return `a name has characters that ${encoding.toUpperCase()} does not have`;
  return null;
}
