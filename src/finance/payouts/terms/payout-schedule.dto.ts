import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IsAmount, IsCurrencyCode, IsText } from '../../../shared/fields.js';
import { SHIFTS, type Shift } from './payout-calendar.js';
import { FILE_FORMATS, RAIL_NAMES, type FileFormat, type RailName } from '../rails/payout-rail.js';

const DAY = /^(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DAYS = { each: true, message: 'must be days such as 2026-10-01' };

/** When batches of a currency are drafted automatically, and over which rail. */
export class PutPayoutScheduleDto {
  /** ISO 4217; a batch has one currency. */
  @IsCurrencyCode()
  currency!: string;

  /** How the money leaves. */
  @IsIn(RAIL_NAMES)
  rail!: RailName;

  /** Of the bank file, on a rail that writes one; default: the first of the rail. */
  @IsOptional()
  @IsIn(FILE_FORMATS)
  fileFormat?: FileFormat | null;

  /** Least that a merchant is paid, minor units; default: what the policy of the currency says, and no less than that. */
  @IsOptional()
  @IsAmount(1)
  minAmount?: number | null;

  /** IANA time zone of all days and times here. */
  @IsText(64)
  timeZone!: string;

  /** Local time, HH:MM. One that a change of clocks skips comes that much later; of one that comes twice the first counts. */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time such as 09:00' })
  time!: string;

  /** Every week on these days, 1 (Monday) to 7 (Sunday). Either these or `monthDays`. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays?: number[] | null;

  /** Every month on these days, 1 to 31; a day that a month lacks is its last, so 31 is always the last. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(31)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(31, { each: true })
  monthDays?: number[] | null;

  /** Where a date goes that is no business day: to the `next`, the `previous`, or nowhere (`none`, default). */
  @IsOptional()
  @IsIn(SHIFTS)
  @ApiProperty({ enum: SHIFTS })
  shift?: Shift | null;

  /**
   * Days on which banks rest, YYYY-MM-DD, whatever the default of the currency says (`GET …/{id}/bank-days`); Saturdays and
   * Sundays are no business days anyway.
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(400)
  @Matches(DAY, DAYS)
  holidays?: string[] | null;

  /** Days on which banks work, YYYY-MM-DD, whatever the week, the default of the currency or `holidays` say. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(DAY, DAYS)
  workingDays?: string[] | null;
}

/** A due date that was dealt with. */
export class PayoutScheduleRunDto {
  /** Local day, YYYY-MM-DD. */
  dueOn!: string;
  /** 1, 2, 3 …: a due date with more merchants than one batch carries has several batches. */
  number!: number;
  /** RFC 3339. */
  dueAt!: string;
  /** When the draft was made, RFC 3339. */
  draftedAt!: string;
  /** Earlier due dates that this one stands for, because no worker was there. */
  missed!: number;
  /** `pba_…`; null: no merchant was to be paid. */
  batch!: string | null;
}

/** A schedule of payouts. */
export class PayoutScheduleDto extends PutPayoutScheduleDto {
  /** `psc_…` */
  id!: string;
  /** Whether it still drafts. */
  @ApiProperty({ enum: ['active', 'ended'] })
  state!: 'active' | 'ended';
  /** When it drafts next, RFC 3339; null: never. */
  nextDueAt!: string | null;
  /**
   * Years, of those in which banks can be asked to pay now (90 days ahead), whose holidays the default of the currency does
   * not know: only weekends and the days that this schedule names count.
   * @example [2027]
   */
  unknownYears!: number[];
  /** Why the draft that is due cannot be made; it is tried again until it can. */
  problem!: string | null;
  /** Staff id of who changed it last. */
  changedBy!: string;
  /** RFC 3339. */
  changedAt!: string;
}

/** A schedule with what it did, the latest first, at most 50. */
export class PayoutScheduleWithRunsDto extends PayoutScheduleDto {
  /** What it did. */
  runs!: PayoutScheduleRunDto[];
}

/** Schedules, the latest first. */
export class PayoutSchedulePageDto {
  /** One page. */
  items!: PayoutScheduleDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}

/** Which bank days. */
export class BankDaysQuery {
  /**
   * Calendar year.
   * @example 2026
   */
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2099)
  year!: number;
}

/** A day on which banks rest, or work on a weekend. */
export class BankDayDto {
  /**
   * YYYY-MM-DD.
   * @example 2026-10-01
   */
  day!: string;
  /** Whether banks work. */
  open!: boolean;
  /** Who says so: the schedule (`operator`), whose word wins, or what is known of the currency (`default`). */
  @ApiProperty({ enum: ['operator', 'default'] })
  from!: 'operator' | 'default';
  /**
   * What the default calls the day; null: it says nothing of it.
   * @example National Day 国庆节
   */
  name!: string | null;
}

/** The days of a year of which the operator or the default says anything; of the others, Mondays to Fridays are banking days. */
export class BankDaysDto {
  /** @example 2026 */
  year!: number;
  /**
   * Whose days the default has: `CN`, `TARGET` for EUR, or the country of the currency (ISO 3166); null: none is known.
   * @example CN
   */
  calendar!: string | null;
  /** Whether the default knows this year; false: only weekends and the operator's days count. */
  known!: boolean;
  /** The earliest first. */
  items!: BankDayDto[];
}
