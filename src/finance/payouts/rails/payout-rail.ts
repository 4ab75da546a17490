import type { BankFileSettings } from './bank-file-settings.js';

/** Names of the rails in the contract; those that exist are in rails.ts. */
export const RAIL_NAMES = ['iso20022-file', 'csv-file', 'wechat-pay', 'http-bank'] as const;
export type RailName = (typeof RAIL_NAMES)[number];

/** Formats of the rails that write files; what each is stands with its rail. */
export const FILE_FORMATS = [
  'pain.001.001.09',
  'pain.001.001.03',
  'csv-generic',
  'csv-generic-bom',
  'csv-zh-utf8',
  'csv-zh-gb18030',
  'csv-zh-gbk',
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** The operator's account that payouts leave from. The number is in clear: never log, queue or store it elsewhere. */
export interface Debtor {
  holder: string;
  number: string;
  bic: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  town: string;
  bankFile?: BankFileSettings;
}

/** Whom a rail is asked to pay. The number is in clear: never log, queue or store it elsewhere. */
export interface Creditor {
  holder: string;
  /** The holder in Latin letters, where they gave it. */
  holderLatin?: string | null;
  number: string;
  bankName: string | null;
  bic: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** One payment as a rail gets it. */
export interface PaymentOrder extends Creditor {
  /** The same for ever: asked about and sent again under this and no other. */
  reference: string;
  /** Minor units, positive. */
  amount: bigint;
  currency: string;
  /** The holder as the rail can say it, as shown at approval. */
  holderSent: string;
}

export interface RailLimits {
  /** Payouts in one batch, at most. */
  payouts: number;
  /** Minor units of one payout, at most. */
  amount: bigint;
}

/** How a rail would say a beneficiary, or why it cannot. */
export type Expression = { holderSent: string } | { problem: string };

/** A way for money to leave. Every rail is a {@link FileRail} or an {@link OnlineRail}. */
export abstract class PayoutRail {
  abstract readonly name: RailName;
  abstract readonly limits: RailLimits;
  /** Where its money goes: to the account that a merchant's review approved, or to a WeChat wallet. */
  readonly payee: 'bank-account' | 'wechat-openid' = 'bank-account';
  /** Whether it is configured. */
  abstract readonly available: boolean;
  /** Asked when a batch is drafted, so that nothing is approved that the rail cannot say; `format` of a {@link FileRail}. */
  abstract express(creditor: Creditor, currency: string, format: FileFormat | null): Expression;
}

/** All payments of a batch, to be written into one file. */
export interface PaymentFile {
  /** At most 33 characters, unique for ever. */
  messageId: string;
  createdAt: Date;
  /** YYYY-MM-DD. */
  executionDate: string;
  currency: string;
  /** Number of orders. */
  payments: number;
  /** Minor units; must be the sum of the orders. */
  controlSum: bigint;
  debtor: Debtor;
  /** Taken one after the other, as the file is written: there may be more than fit into memory. */
  orders: Iterable<PaymentOrder> | AsyncIterable<PaymentOrder>;
}

/** A rail that is a file which people take to the bank; outcomes come as bank reports. */
export abstract class FileRail extends PayoutRail {
  /** Whether its files say on which day the bank is to pay. */
  abstract readonly hasExecutionDate: boolean;
  /** What it can write, its default first. */
  abstract readonly formats: readonly [FileFormat, ...FileFormat[]];
  abstract mediaType(format: FileFormat): string;
  /**
   * The file, piece by piece; the same input gives the same bytes. When it throws, the pieces so far are no file: count
   * and sum are only known at the end.
   */
  abstract write(file: PaymentFile, format: FileFormat): AsyncIterable<Buffer>;
}

/** What a bank answered about one payment. */
export type RailAnswer =
  /** `confirmation`: the payee has to agree first, with what the rail gave for it; null: the rail has not repeated it. */
  | { kind: 'accepted'; confirmation?: string | null }
  | { kind: 'paid' }
  /** A definite no. `code` is an ISO 20022 external status reason. */
  | { kind: 'failed'; code: string; reason: string }
  /** It may or may not have happened. */
  | { kind: 'unknown'; reason: string }
  /** The bank has never seen the reference. */
  | { kind: 'not-found' }
  /** The bank has not looked at it and wants to be asked later. */
  | { kind: 'try-later'; afterMs: number };

/** A rail that answers. Neither method throws for what a bank or a network does. */
export abstract class OnlineRail extends PayoutRail {
  /** Longest time that one call takes, in milliseconds. */
  abstract readonly timeoutMs: number;
  /** Sends a payment; the bank pays a reference once, however often it is sent. */
  abstract submit(order: PaymentOrder): Promise<RailAnswer>;
  /** Asks what became of a reference. */
  abstract status(order: PaymentOrder): Promise<RailAnswer>;
}

/** ISO 20022 reasons that say that the account itself is bad: money comes back into `held`, for a person to look at. */
const BAD_ACCOUNT: ReadonlySet<string> = new Set(
  'AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC13 AC14 AC15 BE01 BE04 BE06 BE07 MD07 RC01 RC03 RC04 RR03'.split(' '),
);

export function isBadAccount(reasonCode: string | null): boolean {
  return reasonCode !== null && BAD_ACCOUNT.has(reasonCode);
}
