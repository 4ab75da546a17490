import type { Readable } from 'node:stream';
import { JOURNAL_NAMES } from '../journal-text.js';
import type { MerchantAccount } from '../account.js';
import { isCoupon, type Language } from '../../../shared/asset.js';
import { csvOf, mapped, type CsvCell } from '../../../shared/csv.js';
import { occasionOf } from './entry-words.js';
import type { StatementEntry } from './statement.repository.js';

/** Columns of statements by their English name, which programs read, with the Chinese one. */
const COLUMNS = {
  row: '行',
  at: '时间',
  asset: '资产',
  account: '账户',
  amount: '金额（最小单位）',
  balance: '余额',
  balanceAfter: '变动后余额',
  journalId: '凭证号',
  kind: '类型',
  description: '说明',
  causeType: '起因',
  causeId: '起因编号',
  rewardId: '奖励编号',
  payoutId: '打款编号',
} as const;

type Column = keyof typeof COLUMNS;

const STATEMENT: readonly Column[] = [
  'at',
  'asset',
  'account',
  'amount',
  'balanceAfter',
  'journalId',
  'kind',
  'description',
  'causeType',
  'causeId',
  'rewardId',
  'payoutId',
];

const MONTH: readonly Column[] = [
  'row',
  'asset',
  'account',
  'at',
  'amount',
  'balance',
  'journalId',
  'kind',
  'description',
  'causeType',
  'causeId',
  'rewardId',
  'payoutId',
];

const ACCOUNTS: Readonly<Record<MerchantAccount, string>> = {
  pending: '待结算',
  available: '可用',
  reserved: '待打款（已锁定）',
  held: '冻结',
  owed: '欠款',
};

/** A coupon that is kept for an order is locked too, but waits for no payout. */
function accountInChinese(account: MerchantAccount, asset: string): string {
  return account === 'reserved' && isCoupon(asset) ? '已锁定' : ACCOUNTS[account];
}

const CAUSES: Readonly<Record<StatementEntry['causeType'], string>> = {
  'order-event': '订单事件',
  reward: '奖励',
  adjustment: '人工调整',
  payout: '打款',
  redemption: '核销',
  hold: '冻结',
  'points-lot': '积分批次',
  coupon: '优惠券',
};

const MONTH_ROWS = { opening: '期初', entry: '明细', closing: '期末' } as const;

/** One line of a month's statement. */
export type MonthRow =
  | {
      row: 'opening' | 'closing';
      asset: string;
      account: MerchantAccount;
      at: Date;
      amount: bigint | null;
      balance: bigint;
    }
  | { row: 'entry'; entry: StatementEntry; balance: bigint };

/** A statement as CSV, row by row as it is read. In Chinese its columns, accounts, kinds and descriptions are Chinese. */
export function statementCsv(entries: AsyncIterable<StatementEntry>, language: Language): Readable {
  const row = (entry: StatementEntry): CsvCell[] => {
    const { asset, account, postedAt, amount, balanceAfter } = entry;
    const accountName = language === 'en' ? account : accountInChinese(account, asset);
    return [postedAt.toISOString(), asset, accountName, amount, balanceAfter, ...occasionCells(entry, language)];
  };
  return csvOf(header(STATEMENT, language), mapped(entries, row));
}

/** A month's statement as CSV: of every account an opening row, its entries, and a closing row. */
export function monthCsv(rows: AsyncIterable<MonthRow>, language: Language): Readable {
  const row = (one: MonthRow): CsvCell[] => {
    const { asset, account } = one.row === 'entry' ? one.entry : one;
    const begin =
      language === 'en' ? [one.row, asset, account] : [MONTH_ROWS[one.row], asset, accountInChinese(account, asset)];
    if (one.row !== 'entry') return [...begin, one.at.toISOString(), one.amount, one.balance, ...NO_OCCASION];
    const { postedAt, amount } = one.entry;
    return [...begin, postedAt.toISOString(), amount, one.balance, ...occasionCells(one.entry, language)];
  };
  return csvOf(header(MONTH, language), mapped(rows, row));
}

const NO_OCCASION = [null, null, null, null, null, null, null];

function occasionCells(entry: StatementEntry, language: Language): CsvCell[] {
  const { journalId, kind, causeType, causeId, rewardId, payoutId } = entry;
  const words =
    language === 'en'
      ? [kind, entry.description, causeType]
      : [JOURNAL_NAMES[kind][language], occasionOf(entry)[language], CAUSES[causeType]];
  return [journalId, ...words, causeId, rewardId, payoutId];
}

function header(columns: readonly Column[], language: Language): string[] {
  return columns.map((column) => (language === 'en' ? column : COLUMNS[column]));
}
