import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PayoutDto } from '../batches/payout.dto.js';
import { FITS, type Fit } from './line-candidates.repository.js';
import { IsIdOf, IsText } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { LINE_RESULTS, type LineResult } from './bank-report.entity.js';
import type { BankReportId, PayoutId } from '../../../shared/ids.js';

/** What a report said of one payment, and what came of it. */
export class BankReportLineDto {
  /** `bkr_…-n` */
  id!: string;
  /** EndToEndId of the payment, when the bank names one. */
  reference!: string | null;
  /** The payout that it is about. */
  payout!: string | null;
  /** The bank's status of the payout: accepted, paid, failed or returned; null: no status. */
  bankStatus!: string | null;
  /** Status as the bank wrote it. */
  status!: string;
  /** ISO 20022 reason. */
  reasonCode!: string | null;
  /** The bank's explanation. */
  reason!: string | null;
  /** Amount as the bank wrote it, with decimals. */
  amount!: string | null;
  /** ISO 4217. */
  currency!: string | null;
  /** What the bank took on top of the amount in the same booking, with decimals; null: nothing. */
  charge!: string | null;
  /** Day of the booking. */
  bookedOn!: string | null;
  /** The bank's own name of the booking. */
  bankReference!: string | null;
  /** The account on the other side: `••••` and the last four. */
  account!: string | null;
  /**
   * Only `applied`, and `matched` by a person, moved a payout; `second` (a second payment or return by the bank),
   * `unmatched` and `contradicting` wait for a person.
   */
  @ApiProperty({ enum: LINE_RESULTS })
  result!: LineResult;
  /** How the payout was found, or why nothing was applied. */
  detail!: string | null;
  /** `bkr_…-n` of the line that told of the same booking first; null: this one did. */
  sameAs!: string | null;
}

/** How many lines came to what. */
export class BankReportResultsDto {
  /** Moved a payout. */
  applied!: number;
  /** Said what was known already. */
  duplicate!: number;
  /** Said what the payout is past. */
  late!: number;
  /** A second payment, or a second return, by the bank: a person has to look. */
  second!: number;
  /** Cannot be: a person has to look. */
  contradicting!: number;
  /** About no payout of ours, or of several which: a person has to look. */
  unmatched!: number;
  /** Kept, with nothing to do. */
  noted!: number;
  /** Given to a payout by a person. */
  matched!: number;
  /** Set aside by a person. */
  dismissed!: number;
}

/** A bank report that was just taken in. */
export class ReceivedReportDto {
  /** `bkr_…` */
  id!: string;
  /** `pain.002`, `camt.053` or `camt.054`. */
  kind!: string;
  /** The bank's message id. */
  messageId!: string;
  /** Name of the file in the archive that it came in; null: it came alone. */
  fileName!: string | null;
  /** How many lines came to what. */
  results!: BankReportResultsDto;
  /** The first 200 lines. */
  lines!: BankReportLineDto[];
  /** `cursor` of `GET /v1/bank-reports/{id}/lines` for those that follow; null: these are all. */
  nextCursor!: string | null;
}

/** A ZIP archive of bank reports that was just taken in. */
export class ReceivedArchiveDto {
  /** One for each XML file, in the archive's order. */
  reports!: ReceivedReportDto[];
  /** Names of the files that are no XML; nothing was read of them. */
  skipped!: string[];
}

/** A bank report. */
export class BankReportDto {
  /** `bkr_…` */
  id!: string;
  /** `pain.002`, `camt.053` or `camt.054`. */
  kind!: string;
  /** The bank's message id. */
  messageId!: string;
  /** SHA-256 of the file, in hex. */
  sha256!: string;
  /** Staff id of who handed it in. */
  receivedBy!: string;
  /** RFC 3339. */
  receivedAt!: string;
  /** Lines that it has. */
  lineCount!: number;
  /** Whether all of them were worked on; false: it is being taken in, or was interrupted and should be handed in again. */
  complete!: boolean;
  /** How many lines came to what. */
  results!: BankReportResultsDto;
}

/** Bank reports, the latest first. */
export class BankReportPageDto {
  /** One page. */
  items!: BankReportDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}

/** That a line is about a payout although the amounts differ, as a maker says. */
export class ProposedMatchDto {
  /** `pay_…` */
  payout!: string;
  /**
   * Staff id of who proposed it.
   * @example stf_01kb4z7x8tenr9k0q5w3hvd2sj
   */
  by!: string;
  /** RFC 3339. */
  at!: string;
  /** Why. */
  reason!: string;
}

/** A line with its report, how old it is, and who has decided what of it. */
export class ListedLineDto extends BankReportLineDto {
  /** `bkr_…` */
  report!: string;
  /** `pain.002`, `camt.053` or `camt.054`. */
  kind!: string;
  /** The bank's message id. */
  messageId!: string;
  /** RFC 3339. */
  receivedAt!: string;
  /** Whole days since then, by the database's clock. */
  ageDays!: number;
  /** Staff id of who matched or dismissed it. */
  decidedBy!: string | null;
  /** RFC 3339. */
  decidedAt!: string | null;
  /** Why it was dismissed. */
  decisionReason!: string | null;
  /** A match of another amount that waits for a checker, or was approved. */
  @ApiProperty({ type: ProposedMatchDto, nullable: true })
  proposal!: ProposedMatchDto | null;
}

/** Lines of bank reports, the oldest first. */
export class ListedLinePageDto {
  /** One page. */
  items!: ListedLineDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}

const RESULT_FILTERS = [...LINE_RESULTS, 'open'] as const;

/** Which lines. */
export class ListedLineQuery extends PageQuery {
  /** `open` is whatever waits for a person. */
  @IsOptional()
  @IsIn(RESULT_FILTERS)
  result?: (typeof RESULT_FILTERS)[number];

  /** Of this report. */
  @IsOptional()
  @IsIdOf('bankReport')
  report?: BankReportId;

  /** About this payout. */
  @IsOptional()
  @IsIdOf('payout')
  payout?: PayoutId;
}

/** Which payout a line is about. */
export class MatchLineDto {
  /** `pay_…` */
  @IsIdOf('payout')
  payout!: PayoutId;

  /** Why the line is about this payout although its amount differs; a checker decides then. */
  @IsOptional()
  @IsText(500)
  reason?: string | null;
}

/** Why a proposed match is not one. */
export class RejectMatchDto {
  /** For the auditor to read. */
  @IsText(500)
  reason!: string;
}

/** Why a line is none of ours. */
export class DismissLineDto {
  /** For the auditor to read. */
  @IsText(500)
  reason!: string;
}

/** A payout that a line may be about. */
export class LineCandidateDto {
  /** The payout. */
  payout!: PayoutDto;
  /** What fits: it is named in the line, or has its amount, nearly its amount, or the end of its account's number. */
  @ApiProperty({ enum: FITS, isArray: true })
  fits!: Fit[];
}

/** Payouts that a line may be about. */
export class LineCandidateListDto {
  /** The best fit first, 10 at most, of the last ten batches in the line's currency. */
  items!: LineCandidateDto[];
}
