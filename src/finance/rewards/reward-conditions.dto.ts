import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsAmount, IsText } from '../../shared/fields.js';

/** Lines by what they are: those of any of the categories or products. */
export class LineFilterDto {
  /** Categories. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsText(128, { each: true })
  categories?: string[] | null;

  /** Skus. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsText(128, { each: true })
  products?: string[] | null;
}

/** The conditions of a reward rule; what is absent or null is none. */
export class RewardConditionTermsDto {
  /** The rule counts only when at least this was paid for merchandise, in minor units of the order's currency. */
  @IsOptional()
  @IsAmount()
  minPaid?: number | null;

  /** Only lines of these categories or products count, and make up the commissionable amount. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LineFilterDto)
  include?: LineFilterDto | null;

  /** Lines of these categories or products do not count, even when they are included. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LineFilterDto)
  exclude?: LineFilterDto | null;

  /** The rule counts only for the first completed order of a shopper (`shopperRef`) at the storefront. */
  @IsOptional()
  @IsBoolean()
  firstOrder?: boolean | null;

  /** The rule adds to the one that wins a line, and competes with none. */
  @IsOptional()
  @IsBoolean()
  bonus?: boolean | null;
}

/** The conditions of a reward rule, all of them. */
export class RewardConditionsDto {
  /** Least paid for merchandise; null: any amount. */
  minPaid!: number | null;

  /** The only lines that count; null: all. */
  include!: LineFilterDto | null;

  /** Lines that do not count; null: none. */
  exclude!: LineFilterDto | null;

  /** Whether it is for first orders of shoppers alone. */
  firstOrder!: boolean;

  /** Whether it adds to the rule that wins. */
  bonus!: boolean;
}
