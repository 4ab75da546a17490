import { IsIn, IsOptional } from 'class-validator';
import { IsIdOf, IsInstant, IsText } from '../../../shared/fields.js';
import { PeriodPageQuery } from '../../../shared/page.dto.js';
import { JOURNAL_KINDS, type JournalKind } from '../journal.js';
import type { PayoutId, RewardId } from '../../../shared/ids.js';

export class PeriodQuery {
  /** RFC 3339: journals posted from this moment on. */
  @IsInstant()
  from!: string;

  /** RFC 3339: and before this one. */
  @IsInstant()
  to!: string;
}

/** Which journals to list; `from` and `to` are of their posting. */
export class JournalsQuery extends PeriodPageQuery {
  /** Only journals that moved this reward. */
  @IsOptional()
  @IsIdOf('reward')
  reward?: RewardId;

  /** Only journals that moved this payout. */
  @IsOptional()
  @IsIdOf('payout')
  payout?: PayoutId;

  /** Only journals that this brought about: the id of an order event, a reward, an adjustment, a payout … */
  @IsOptional()
  @IsText(40)
  cause?: string;

  /** Only journals of this kind. */
  @IsOptional()
  @IsIn(JOURNAL_KINDS)
  kind?: JournalKind;

  /** `desc`: the latest first; absent: the oldest. */
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';
}

/** Exactly what a period's CSV adds up to. */
export class AssetTotalDto {
  /** {@link ASSET_FORMS} */
  asset!: string;

  /** Sum of all that was taken, as a positive number. */
  debit!: number;

  /** Sum of all that was added; the same as `debit`. */
  credit!: number;
}

export class PeriodTotalsDto {
  /** RFC 3339. */
  from!: string;

  /** RFC 3339. */
  to!: string;

  /** Whether nothing can be added to the period any more. */
  final!: boolean;

  /** How many journals. */
  journals!: number;

  /** How many entries: lines of the CSV without its header. */
  entries!: number;

  /** By asset. */
  assets!: AssetTotalDto[];
}

export class JournalCauseDto {
  /** order-event, reward, adjustment, payout, redemption … */
  type!: string;

  /** Its id. */
  id!: string;
}

export class JournalSealDto {
  /** Its place in the chain. */
  position!: number;

  /** Hex of HMAC-SHA256. */
  seal!: string;
}

export class JournalDto {
  /** jnl_… */
  id!: string;

  /** reward, maturity, refund, adjustment, payout-… */
  kind!: string;

  /** What it was posted for; unique for ever. */
  businessKey!: string;

  /** For people. */
  description!: string;

  /** RFC 3339: when the business event happened. */
  occurredAt!: string;

  /** RFC 3339: when it came into the books. */
  postedAt!: string;

  /** What brought it about. */
  cause!: JournalCauseDto;

  /** Its link in the chain; null: about a minute after posting. */
  seal!: JournalSealDto | null;
}

export class JournalPageDto {
  /** The oldest first, unless asked for otherwise. */
  items!: JournalDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

export class JournalEntryDto {
  /** 1, 2, 3 … within the journal. */
  line!: number;

  /** mer_…, platform (the operator), rail:… or the operator's bank account. */
  owner!: string;

  /** {@link ASSET_FORMS} */
  asset!: string;

  /** A merchant's account or one of the operator's. */
  account!: string;

  /** Credit positive. */
  amount!: number;

  /** The account's balance with this entry; null on the operator's accounts. */
  balanceAfter!: number | null;

  /** The reward that moved. */
  reward!: string | null;

  /** The payout that moved. */
  payout!: string | null;
}

export class TrailOrderDto {
  /** sto_… */
  storefront!: string;

  /** The storefront's own id. */
  orderId!: string;
}

export class TrailPayoutDto {
  /** pay_… */
  id!: string;

  /** pba_… */
  batch!: string;

  /** EndToEndId: its name at the bank. */
  reference!: string;

  /** Where it is now. */
  state!: string;
}

export class TrailBankLineDto {
  /** bkr_… */
  report!: string;

  /** Its number in the report. */
  line!: number;

  /** The payout that it is about. */
  payout!: string;

  /** What the bank called it. */
  status!: string;

  /** As the bank wrote it. */
  amount!: string | null;

  /** ISO 4217. */
  currency!: string | null;

  /** YYYY-MM-DD. */
  bookedOn!: string | null;

  /** What came of it. */
  result!: string;
}

/** A journal and where its money came from and went to. */
export class JournalDetailDto extends JournalDto {
  /** They sum to zero per asset. */
  entries!: JournalEntryDto[];

  /** Orders that earned the rewards that moved. */
  orders!: TrailOrderDto[];

  /** Payouts that moved. */
  payouts!: TrailPayoutDto[];

  /** What banks said of those payouts. */
  bankLines!: TrailBankLineDto[];
}
