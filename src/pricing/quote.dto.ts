import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { BasketLineDto, MAX_LINES } from '../detection/index.js';
import { IsCurrencyCode } from '../shared/fields.js';
import type { PriceRuleKind } from './price-rule.js';

/** A basket to be priced. */
export class QuoteRequestDto {
  /** The shopper's visit token; absent: nobody brought them. */
  @IsOptional()
  @IsString()
  @MaxLength(8192)
  visit?: string | null;

  /** The storefront's currency. */
  @IsCurrencyCode()
  currency!: string;

  /** The basket at list prices. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => BasketLineDto)
  lines!: BasketLineDto[];
}

/** The rule that decided a price. */
export class QuoteRuleView {
  /** prl_… */
  id!: string;

  /** Its version. */
  version!: number;

  /** For people. */
  name!: string | null;

  /** What it does to the price of one unit. */
  kind!: PriceRuleKind;
}

/** A line with the price that this shopper pays. Amounts in minor units. */
export class QuoteLineView {
  /** The storefront's own product id. */
  sku!: string;

  /** How many. */
  quantity!: number;

  /** Price of one as it came. */
  listUnitPrice!: number;

  /** Price of one for this shopper. */
  unitPrice!: number;

  /** Unit price × quantity. */
  lineTotal!: number;

  /** The rule that decided, also when it left the list price; null: none covers the line. */
  rule!: QuoteRuleView | null;
}

/** What this shopper pays. */
export class QuoteView {
  /** quo_… */
  id!: string;

  /** The quote token; send it with the order. */
  quote!: string;

  /** Whether a merchant brought this shopper, so that merchant prices were looked for. */
  attributed!: boolean;

  /** ISO 4217. */
  currency!: string;

  /** The lines, in the order they came. */
  lines!: QuoteLineView[];

  /** What the basket costs at list prices. */
  listTotal!: number;

  /** List total less total. */
  discountTotal!: number;

  /** What this shopper pays for the basket. */
  total!: number;

  /** RFC 3339: the quote holds until then. */
  expiresAt!: string;
}
