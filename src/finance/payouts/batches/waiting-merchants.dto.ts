import { IsOptional } from 'class-validator';
import { IsCurrencyCode } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';

/** Who waits. */
export class WaitingMerchantsQuery extends PageQuery {
  /** Only in this currency, ISO 4217. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}

/** A merchant who could be paid and has waited for longer than the setting `YINKE_PAYOUT_WAIT_DAYS` allows. */
export class WaitingMerchantDto {
  /** `mer_…` */
  merchant!: string;
  /** ISO 4217. */
  currency!: string;
  /** What is available, minor units. */
  available!: number;
  /** Since when something has been available without a break, RFC 3339. */
  since!: string;
  /** Whole days since then, by the database's clock. */
  days!: number;
}

/** Merchants who wait too long, the longest first. */
export class WaitingMerchantsPageDto {
  /** One page. */
  items!: WaitingMerchantDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
