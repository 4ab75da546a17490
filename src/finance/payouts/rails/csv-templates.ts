import type { FileFormat } from './payout-rail.js';

/** What a column holds. `blank` columns are for portals that count columns. */
export type CsvField =
  | 'sequence'
  | 'account'
  | 'holder'
  | 'bankName'
  | 'bic'
  | 'country'
  | 'amount'
  | 'currency'
  | 'purpose'
  | 'reference'
  | 'blank';

/** What stands in a file: columns in their order, and the same purpose on each line. */
export interface CsvTemplate {
  columns: readonly (readonly [header: string, field: CsvField])[];
  purpose: string;
  /** For a portal that takes only CNY, to accounts in China. */
  domestic: boolean;
}

/** A template in an encoding. */
export interface CsvFormat {
  template: CsvTemplate;
  encoding: 'utf-8' | 'gb18030' | 'gbk';
  /** A byte order mark, by which spreadsheets know UTF-8. */
  bom: boolean;
}

const generic: CsvTemplate = {
  columns: [
    ['Sequence', 'sequence'],
    ['Beneficiary account', 'account'],
    ['Beneficiary name', 'holder'],
    ['Bank', 'bankName'],
    ['BIC', 'bic'],
    ['Country', 'country'],
    ['Amount', 'amount'],
    ['Currency', 'currency'],
    ['Purpose', 'purpose'],
    ['Reference', 'reference'],
  ],
  purpose: 'Commission',
  domestic: false,
};

/** Batch transfer (批量转账) as corporate banking portals in China import it, amounts in yuan. */
const chinese: CsvTemplate = {
  columns: [
    ['序号', 'sequence'],
    ['收款账号', 'account'],
    ['收款户名', 'holder'],
    ['收款银行', 'bankName'],
    ['开户行省份', 'blank'],
    ['开户行城市', 'blank'],
    ['金额', 'amount'],
    ['币种', 'currency'],
    ['用途', 'purpose'],
    ['附言', 'reference'],
  ],
  purpose: '推广佣金',
  domestic: true,
};

/** The formats that there are; a portal that wants other columns or another encoding gets a line here. */
export const CSV_FORMATS = {
  'csv-generic': { template: generic, encoding: 'utf-8', bom: false },
  'csv-generic-bom': { template: generic, encoding: 'utf-8', bom: true },
  'csv-zh-utf8': { template: chinese, encoding: 'utf-8', bom: true },
  'csv-zh-gb18030': { template: chinese, encoding: 'gb18030', bom: false },
  'csv-zh-gbk': { template: chinese, encoding: 'gbk', bom: false },
} as const satisfies Partial<Record<FileFormat, CsvFormat>>;

/** Throws when it is the format of another rail. */
export function csvFormat(name: FileFormat | null): CsvFormat {
  const found = Object.entries(CSV_FORMATS).find(([known]) => known === name)?.[1];
  if (found) return found;
  throw new RangeError(`${name ?? 'no format'} is not a CSV format`);
}
