import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { BasketLineDto, MAX_LINES } from './basket-line.dto.js';
import { MAX_TOKEN_LENGTH } from '../detection/visits/index.js';
import { IsCurrencyCode, IsListOf } from '../shared/fields.js';
import type { PriceRuleKind } from './price-rule.js';

/** A basket to be priced. */
export class QuoteBasketDto {
  /** The shopper's visit token; absent: no merchant brought them. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  visit?: string | null;

  /** The storefront's currency. */
  @IsCurrencyCode()
  currency!: string;

  /** The basket at list prices, 1–10,000 lines. */
  @IsListOf(() => BasketLineDto, 1, MAX_LINES)
  lines!: BasketLineDto[];
}

/** The rule that decided a price. */
export class QuoteRuleDto {
  /** prl_… */
  id!: string;

  /** Its version. */
  @ApiProperty({ type: 'integer' })
  version!: number;

  /** For people. */
  name!: string | null;

  /** What it does to the price of one unit. */
  kind!: PriceRuleKind;
}

/** A line with the price that this shopper pays, to be sent as a line of the order. Amounts in minor units. */
export class QuoteLineDto {
  /** The storefront's own product id. */
  sku!: string;

  /** The storefront's own category; null: none came. */
  category!: string | null;

  /** How many. */
  @ApiProperty({ type: 'integer' })
  quantity!: number;

  /** Price of one as it came. */
  @ApiProperty({ type: 'integer' })
  listUnitPrice!: number;

  /** Price of one for this shopper. */
  @ApiProperty({ type: 'integer' })
  unitPrice!: number;

  /** Unit price × quantity. */
  @ApiProperty({ type: 'integer' })
  lineTotal!: number;

  /** The rule that decided, also when it left the list price; null: none covers the line. */
  rule!: QuoteRuleDto | null;
}

/** What this shopper pays. */
export class QuoteDto {
  /** quo_… */
  id!: string;

  /** The quote token; send it with the order. */
  quote!: string;

  /** Whether a merchant brought this shopper, so that merchant prices were looked for. */
  attributed!: boolean;

  /** ISO 4217. */
  currency!: string;

  /** The lines, in the order they came. */
  lines!: QuoteLineDto[];

  /** What the basket costs at list prices. */
  @ApiProperty({ type: 'integer' })
  listTotal!: number;

  /** List total less total. */
  @ApiProperty({ type: 'integer' })
  discountTotal!: number;

  /** What this shopper pays for the basket. */
  @ApiProperty({ type: 'integer' })
  total!: number;

  /** The quote holds until then. */
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}
