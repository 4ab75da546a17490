import { IsOptional } from 'class-validator';
import { IsAmount, IsText } from '../shared/fields.js';

/** A basket has at most this many lines, in quotes and orders alike. */
export const MAX_LINES = 10_000;

/** What a line of a quote and a line of an order have in common, so that both accept the same baskets. */
export class BasketLineDto {
  /** The storefront's own product id. */
  @IsText(128)
  sku!: string;

  /** The storefront's own category; rules may be for a category. */
  @IsOptional()
  @IsText(128)
  category?: string | null;

  /** How many. */
  @IsAmount(1, 1_000_000)
  quantity!: number;

  /** Price of one, in minor units of the currency. */
  @IsAmount()
  unitPrice!: number;
}
