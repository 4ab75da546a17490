import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional } from 'class-validator';
import { IsAmount, IsIdOf, IsText } from '../shared/fields.js';
import type { StorefrontId } from '../shared/ids.js';

/** One piece of a product, as the shop's page shows it. */
export class MerchantPriceQuery {
  /** Where it is sold. */
  @IsIdOf('storefront')
  storefront!: StorefrontId;

  /** The storefront's own product id. */
  @IsText(128)
  sku!: string;

  /** The storefront's own category; rules may be for a category. */
  @IsOptional()
  @IsText(128)
  category?: string;

  /** Price of one without a merchant, in minor units of the storefront's currency. */
  @Type(() => Number)
  @IsAmount()
  listPrice!: number;
}

/** What one piece costs a shopper whom the merchant brings, in minor units. Binding is only the quote that the shop asks for. */
export class MerchantPriceDto {
  /** ISO 4217: the storefront's. */
  currency!: string;

  /** As it came. */
  @ApiProperty({ type: 'integer' })
  listPrice!: number;

  /** By the rules of this moment; the list price where no rule lowers it, and for a merchant who is not active. */
  @ApiProperty({ type: 'integer' })
  merchantPrice!: number;
}
