import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { PageQuery } from '../../../shared/page.dto.js';

/** What expires soon. */
export class ExpiringQuery extends PageQuery {
  /** How soon, in days from now. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  withinDays: number = 30;
}

/** Points that became available together and expire together: issued = remaining + redeemed + expired + takenBack. */
export class PointsLotDto {
  /** lot_… */
  id!: string;

  /** Points that it began with. */
  issued!: number;

  /** Still available. */
  remaining!: number;

  /** Used at a storefront, and not reversed. */
  redeemed!: number;

  /** Expired. */
  expired!: number;

  /** Taken back by refunds and corrections, or on hold pending review. */
  takenBack!: number;

  /** RFC 3339: when the points became available. */
  issuedAt!: string;

  /** RFC 3339: when what remains expires; null: never. */
  expiresAt!: string | null;

  /** rwd_… that the points are of; null: of none. */
  reward!: string | null;

  /** jnl_… that made the lot; `opening`: what was there before there were lots. */
  journal!: string;
}

/** A merchant's points, by what expires first. */
export class MerchantPointsDto {
  /** All points that may be redeemed. */
  available!: number;

  /** How soon "soon" is. */
  withinDays!: number;

  /** Points that expire within that time unless they are redeemed. */
  expiringSoon!: number;

  /** Lots with points in them, the first to expire first: the order in which they are redeemed. */
  items!: PointsLotDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

/** Points of a merchant that expire soon. */
export class ExpiringPointsDto {
  /** mer_… */
  merchant!: string;

  /** Points that expire within the time asked for. */
  amount!: number;

  /** In so many lots. */
  lots!: number;

  /** RFC 3339: when the first of them expire. */
  firstExpiresAt!: string;
}

export class ExpiringPointsPageDto {
  /** By merchant. */
  items!: ExpiringPointsDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

/** Points of a lot that moved. */
export class PointsLotMoveDto {
  /** RFC 3339: when it was posted. */
  at!: string;

  /** jnl_… ; `opening`: what was there before there were lots. */
  journal!: string;

  /** reward, maturity, refund, redemption, redemption-reversed, expiry, hold … */
  kind!: string;

  /** For people. */
  description!: string;

  /** issued, remaining, redeemed, expired or taken-back. */
  from!: string;

  /** remaining, redeemed, expired or taken-back. */
  to!: string;

  /** Points. */
  amount!: number;
}

/** A lot with everything that has happened to it. */
export class PointsLotDetailDto extends PointsLotDto {
  /** mer_… */
  merchant!: string;

  /** The oldest first. */
  moves!: PointsLotMoveDto[];
}
