import { IsIn, IsOptional } from 'class-validator';
import { IsInstant, IsText } from '../../../shared/fields.js';
import { PeriodPageQuery } from '../../../shared/page.dto.js';
import { JOURNAL_KINDS, type JournalKind } from '../journal.js';

/** Which entries to list; `from` and `to` are of their posting. */
export class StatementQuery extends PeriodPageQuery {
  /** Only of journals of this kind. */
  @IsOptional()
  @IsIn(JOURNAL_KINDS)
  kind?: JournalKind;

  /** Only in this asset: {@link ASSET_FORMS} */
  @IsOptional()
  @IsText(64)
  asset?: string;

  /** `desc`: the latest first; absent: the oldest. */
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';

  /** Of columns, accounts, kinds and descriptions in CSV; absent: en. JSON carries both languages. */
  @IsOptional()
  @IsIn(['en', 'zh-CN'])
  language?: 'en' | 'zh-CN';
}

export class EntryJournalDto {
  /** jnl_… */
  id!: string;

  /** reward, maturity, refund, adjustment, payout-… */
  kind!: string;

  /** For people. */
  description!: string;
}

export class EntryCauseDto {
  /** What brought it about: order-event, reward, adjustment, payout, redemption … */
  type!: string;

  /** Its id. */
  id!: string;

  /** The reward that moved; null: none in particular. */
  reward!: string | null;

  /** The payout that moved; null: none. */
  payout!: string | null;
}

/** The same in the languages that people read it in. */
export class WordsDto {
  /** English. */
  en!: string;

  /** 简体中文. */
  'zh-CN'!: string;
}

/** One movement on one of the merchant's accounts. */
export class EntryDto {
  /** RFC 3339: when it was posted. */
  at!: string;

  /** {@link ASSET_FORMS} */
  asset!: string;

  /** pending, available, reserved, held or owed. */
  account!: string;

  /** Credit positive. */
  amount!: number;

  /** The account's balance with this entry. */
  balanceAfter!: number;

  /** The event's effect that the entry is a part of. */
  journal!: EntryJournalDto;

  /** Why it happened. */
  cause!: EntryCauseDto;

  /** What happened, as a sentence; a negative balance that is made or settled says what remains. */
  words!: WordsDto;
}

export class EntryPageDto {
  /** The oldest first, unless asked for otherwise. */
  items!: EntryDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

export class TrialBalanceQuery {
  /** RFC 3339: what was posted before this moment, so the end of a month gives its closing; absent: everything. */
  @IsOptional()
  @IsInstant()
  at?: string;
}

/** Sum of all entries of one account kind. */
export class TrialBalanceLineDto {
  /** {@link ASSET_FORMS} */
  asset!: string;

  /** A merchant's account or one of the operator's. */
  account!: string;

  /** Credit positive. */
  balance!: number;
}

export class TrialBalanceAssetDto {
  /** {@link ASSET_FORMS} */
  asset!: string;

  /** Sum of all its accounts: always 0. */
  sum!: number;
}

export class TrialBalanceDto {
  /** RFC 3339. */
  at!: string;

  /** By asset and account. */
  items!: TrialBalanceLineDto[];

  /** By asset. */
  totals!: TrialBalanceAssetDto[];
}
