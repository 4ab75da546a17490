import { IsOptional, Matches } from 'class-validator';
import { IsTimeZone } from '../../../shared/fields.js';
import { EntryDto, StatementQuery } from './statement.dto.js';

export class MonthQuery extends StatementQuery {
  /** YYYY-MM. */
  @Matches(/^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/, { message: 'must be a month, such as 2026-05' })
  month!: string;

  /** IANA time zone whose calendar counts; absent: that of the setting YINKE_ACCOUNTING_TIME_ZONE. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

export class MonthsQuery {
  /** IANA time zone whose calendar counts; absent: that of the setting YINKE_ACCOUNTING_TIME_ZONE. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

export class MonthDto {
  /** YYYY-MM. */
  month!: string;

  /** RFC 3339: its first moment. */
  from!: string;

  /** RFC 3339: the first moment that is not a part of it. */
  to!: string;

  /** Whether nothing can be added any more. */
  final!: boolean;
}

export class MonthsDto {
  /** IANA time zone. */
  timeZone!: string;

  /** From the first month in which anything was posted to this one, the newest first. */
  items!: MonthDto[];
}

/** One account over the month: opening + credited + debited = closing. */
export class AccountPeriodDto {
  /** {@link ASSET_FORMS} */
  asset!: string;

  /** pending, available, reserved, held or owed. */
  account!: string;

  /** The balance at the beginning. */
  opening!: number;

  /** Sum of what was added. */
  credited!: number;

  /** Sum of what was taken: 0 or negative. */
  debited!: number;

  /** The balance at the end. */
  closing!: number;

  /** How many entries there are. */
  entries!: number;
}

export class MonthStatementDto extends MonthDto {
  /** mer_… */
  merchant!: string;

  /** IANA time zone. */
  timeZone!: string;

  /** By asset and account; on every page. */
  accounts!: AccountPeriodDto[];

  /** The entries, by asset and account, and of each in the order in which they were posted. */
  items!: EntryDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
