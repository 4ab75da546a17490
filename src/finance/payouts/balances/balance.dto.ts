import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsText } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { MerchantNameDto } from '../../../database/index.js';

/** The last payout that a bank has paid to a merchant. */
export class LastPaidDto {
  /** pay_… */
  id!: string;

  /** What the bank was told to pay. */
  @ApiProperty({ type: 'integer' })
  sentAmount!: number;

  /** When it was known to be paid. */
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** A merchant's balances in one asset: minor units, points or coupons. */
export class BalanceDto {
  /** {@link ASSET_FORMS} */
  asset!: string;

  /** Earned, inside the waiting period. */
  pending!: number;

  /** May be paid out or redeemed. */
  available!: number;

  /** In an approved payout, not sent yet. */
  reserved!: number;

  /** Sent to the bank, outcome not known yet. */
  inTransit!: number;

  /** On hold pending review. */
  held!: number;

  /** Taken back beyond what was available: 0 or negative; later credits pay it first. */
  owed!: number;

  /** What banks have paid to the merchant in all: the sum of `sentAmount` of the payouts that are `paid`. */
  paidOut!: number;

  /** The last of them; null: none yet. */
  lastPaid!: LastPaidDto | null;
}

export class BalancesDto {
  /** One for each asset that the merchant has had. */
  items!: BalanceDto[];
}

/** Of what to list the balances. */
export class BalanceListQuery extends PageQuery {
  /** {@link ASSET_FORMS} */
  @IsText(64)
  asset!: string;
}

/** What one merchant has in an asset. */
export class MerchantBalanceDto extends OmitType(BalanceDto, ['paidOut', 'lastPaid']) {
  /** Whose it is. */
  merchant!: MerchantNameDto;
}

/** A page of what merchants have. */
export class MerchantBalancePageDto {
  /** Who became a merchant first comes first. */
  items!: MerchantBalanceDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}
