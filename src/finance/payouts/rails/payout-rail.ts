import type { Language } from '../../../shared/asset.js';
import type { PayoutState } from '../payout.js';
import type { BankFileSettings } from './bank-file-settings.js';
import { DAY_MS } from '../../../shared/calendar.js';

/** Names of the rails in the contract; catalogue.ts has what each is. */
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
  /** The holder's town, in Latin letters, where they gave it. */
  town?: string | null;
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
  /** The holder's town as the rail can say it. */
  townSent?: string | null;
}

export interface RailLimits {
  /** Payouts in one batch, at most. */
  payouts: number;
  /** Minor units of one payout, at most. */
  amount: bigint;
  /** Minor units that the rail is told to pay, at least; absent: 1. */
  least?: bigint;
}

/** How a rail would say a beneficiary (`townSent` where it says a known town), or why it cannot. */
export type Expression = { holderSent: string; townSent?: string } | { problem: string };

/** What a payee is told about. */
export interface ToldPayout {
  state: PayoutState;
  /** What the payee needs to agree; null: nothing, or not yet. */
  confirmation: string | null;
  reasonCode: string | null;
}

export type PayeeWords = Readonly<Record<Language, string>>;

/** As WeChat's `wx.requestMerchantTransfer` takes it, the only app of this kind so far. */
export interface ConfirmationRequest {
  packageInfo: string;
  mchId: string;
  appId: string;
}

/** A way for money to leave. Every rail is a {@link FileRail} or an {@link OnlineRail}. */
export abstract class PayoutRail {
  abstract readonly name: RailName;
  abstract readonly limits: RailLimits;
  /** Where its money goes: to the account that a merchant's review approved, or to a WeChat wallet. */
  readonly payee: 'bank-account' | 'wechat-openid' = 'bank-account';
  /** Whether it is configured. */
  abstract readonly available: boolean;
  /** Names of the settings that configure it. */
  readonly settings: readonly string[] = [];
  /** What a payee has to know or do about a payout over this rail; null: nothing. */
  payeeWords(_payout: ToldPayout): PayeeWords | null {
    return null;
  }
  /** What the payee's app needs to show a payout that waits for their agreement; null: nothing can be shown. */
  confirmationRequest(_confirmation: string): ConfirmationRequest | null {
    return null;
  }
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
  /** How the names of its files end, without the dot. */
  abstract readonly extension: string;
  /**
   * The file, piece by piece; the same input gives the same bytes. When it throws, the pieces so far are no file: count
   * and sum are only known at the end.
   */
  abstract write(file: PaymentFile, format: FileFormat): AsyncIterable<Buffer>;
}

/** It happened, may yet happen, or is unknown. */
type Certain =
  /**
   * `confirmation`: the payee has to agree first, with what the rail gave for it; null: the rail has not repeated it.
   * `again`: the rail wants the same reference once more when it stays like that.
   */
  | { kind: 'accepted'; confirmation?: string | null; again?: true }
  | { kind: 'paid' }
  /** It may or may not have happened. */
  | { kind: 'unknown'; reason: string }
  /** The bank has not looked at it and wants to be asked later. */
  | { kind: 'try-later'; afterMs: number }
  /** The operator's account or set-up is at fault, and so every payment of the batch: nothing more is sent for now. */
  | { kind: 'blocked'; cause: PauseCause; reason: string; afterMs: number };

/** `top-up`: the operator's account lacks money. `operator`: its set-up (permission, address, signature …). */
export const PAUSE_CAUSES = ['top-up', 'operator'] as const;
export type PauseCause = (typeof PAUSE_CAUSES)[number];

/** A definite no about one reference. `code` is an ISO 20022 external status reason. */
interface Failure {
  kind: 'failed';
  code: string;
  reason: string;
}

/** What a bank answers to a payment that is sent. A refusal is not yet a failure: only the query's word is. */
export type SendAnswer = Certain | { kind: 'refused'; code: string; reason: string };

/** What a bank answers to the question what became of a reference. `not-found`: it does not know it (any more). */
export type QueryAnswer = Certain | Failure | { kind: 'not-found' };

/**
 * What a bank answers to the wish to cancel a payment that waits for its payee. It ends nothing: the query's word does.
 * `too-late`: the bank refuses. `unknown`: it may have heard the wish or not.
 */
export type CancelAnswer = { kind: 'asked' } | { kind: 'too-late' | 'unknown'; reason: string };

/** What is true of a payment after an attempt, as far as a rail can say. Absence is no answer. */
export type RailAnswer = Certain | Failure;

/** What is known of a payment before an attempt. */
export interface Past {
  /** Nothing was ever sent for it. */
  first: boolean;
  /** Whether the same reference may be sent (again): the bank still knows what it was sent, and it was not stopped. */
  maySend: boolean;
  /** The bank has accepted it. */
  accepted: boolean;
  /** It has been accepted for so long that the reference is sent again where the rail wants that. */
  stands: boolean;
  /** What the payee needs in order to agree is known. */
  confirmed: boolean;
}

/** Banks forget: WeChat Pay's query covers 30 days. After this a reference is only asked about, never sent again. */
export const BANK_MEMORY_MS = 29 * DAY_MS;

/**
 * A rail that is called. {@link attempt} holds the rule of all of them: absence is not evidence. A reference that the bank
 * does not know frees no money, and neither does a refusal alone; only the query's explicit failure does, or people.
 * A rail says what it heard ({@link submit}, {@link status}); its types leave it no way to call a payment failed otherwise.
 */
export abstract class OnlineRail extends PayoutRail {
  /** Longest time that one call takes, in milliseconds. */
  abstract readonly timeoutMs: number;
  /** Sends a payment; the bank pays a reference once, however often it is sent. Does not throw for bank or network. */
  abstract submit(order: PaymentOrder): Promise<SendAnswer>;
  /** Asks what became of a reference. Does not throw for bank or network. */
  abstract status(order: PaymentOrder): Promise<QueryAnswer>;
  /**
   * Asks to cancel a payment that waits for its payee's agreement; absent where the rail has no such call. May be called
   * again. Does not throw for bank or network.
   */
  cancel?(reference: string): Promise<CancelAnswer>;

  /**
   * The first attempt sends. Every later one asks first: an earlier one may have arrived, however it ended. Only the same
   * reference is sent again, never a new one. At most three calls.
   */
  async attempt(order: PaymentOrder, past: Past): Promise<RailAnswer> {
    if (past.first) return past.maySend ? this.send(order) : { kind: 'unknown', reason: 'it may not be sent now' };
    const known = await this.status(order);
    if (known.kind === 'not-found') {
      if (past.maySend && !past.accepted) return this.send(order);
      return { kind: 'unknown', reason: 'the bank does not know the reference, which proves nothing' };
    }
    if (known.kind !== 'accepted' || !past.maySend) return known;
    // The same order again brings back what the payee needs to agree, when the first answer was lost.
    const lacksConfirmation = known.confirmation === null && !past.confirmed;
    return lacksConfirmation || (known.again === true && past.stands) ? this.send(order) : known;
  }

  private async send(order: PaymentOrder): Promise<RailAnswer> {
    const answer = await this.submit(order);
    if (answer.kind !== 'refused' && answer.kind !== 'blocked') return answer;
    const known = await this.status(order);
    // It stands because of what blocks it: people have to hear of that.
    if (answer.kind === 'blocked' && known.kind === 'accepted' && known.again === true) return answer;
    if (known.kind === 'accepted' || known.kind === 'paid' || known.kind === 'failed') return known;
    if (answer.kind === 'blocked') return answer;
    return {
      kind: 'unknown',
      reason: `refused (${answer.reason || answer.code}), and the bank does not confirm a failure`,
    };
  }
}

/** ISO 20022 reasons that say that the account itself is bad: money comes back into `held`, pending review. */
const BAD_ACCOUNT: ReadonlySet<string> = new Set(
  'AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC13 AC14 AC15 BE01 BE04 BE06 BE07 MD07 RC01 RC03 RC04 RR03'.split(' '),
);

export function isBadAccount(reasonCode: string | null): boolean {
  return reasonCode !== null && BAD_ACCOUNT.has(reasonCode);
}
