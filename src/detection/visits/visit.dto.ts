import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';
import { IsText } from '../../shared/fields.js';

/** Length of a signed token, at most: those of before they were packed were long. */
export const MAX_TOKEN_LENGTH = 4096;

/** What a shopper's arrival says. */
export class OpenVisitDto {
  /**
   * The address the shopper came to, as a whole or from its path on. The merchant code is read from its query or its
   * fragment, and of several the first that is a merchant's; a visit that a share link opened is gone on with.
   */
  @IsOptional()
  @IsText(2048)
  url?: string | null;

  /** The merchant code itself; counts before those in `url`. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  merchantCode?: string | null;

  /** The storefront's own reference for the shopper. One that is the merchant's WeChat ID makes it their own purchase. */
  @IsOptional()
  @IsText(128)
  shopperRef?: string | null;

  /** Where the shopper came from; only origin and path are kept. */
  @IsOptional()
  @IsString()
  @MaxLength(2048)
  referrerUrl?: string | null;

  /** The shopper's earlier visit token. One that is expired or not ours is ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  previous?: string | null;
}

/** The shopper's answer to the referrer question. */
export class AnswerReferrerDto {
  /** The visit token. */
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  visit!: string;

  /** The WeChat ID that the shopper named; null for nobody. May be left out while only `brought` is answered. */
  @ApiProperty({ type: String, nullable: true, required: false, maxLength: 64 })
  @ValidateIf((body: AnswerReferrerDto) => body.wechatId != null)
  @IsString()
  @MaxLength(64)
  wechatId?: string | null;

  /**
   * For shops that ask in two steps, whether somebody brought the shopper: true alone asks for the WeChat ID next, false
   * is the same as nobody.
   */
  @IsOptional()
  @IsBoolean()
  brought?: boolean | null;
}

/** What shoppers may know of a merchant. */
export class PublicMerchantDto {
  /** The merchant code. */
  code!: string;
  /** The name that the merchant chose. */
  displayName!: string;
}

/** The question to put to the shopper. */
export class AskDto {
  /** `referrer`: did a merchant bring you, and what is their WeChat ID? */
  @ApiProperty({ enum: ['referrer'] })
  question!: 'referrer';
}

/** A visit, and who brought the shopper. */
export class VisitDto {
  /** vis_… */
  id!: string;
  /** The visit token, under 400 characters: send it with quotes, orders, and as `previous` of the next visit. */
  visit!: string;
  /** Whether a merchant counts for this shopper. */
  attributed!: boolean;
  /** How that merchant was named. */
  @ApiProperty({ enum: ['code', 'referrer'], nullable: true, type: String })
  via!: 'code' | 'referrer' | null;
  /** Whether this visit carried a code, and whether it is a merchant's. */
  @ApiProperty({ enum: ['known', 'unknown', 'absent'] })
  codeStatus!: 'known' | 'unknown' | 'absent';
  /** The merchant who counts. */
  @ApiProperty({ type: PublicMerchantDto, nullable: true })
  merchant!: PublicMerchantDto | null;
  /** What to ask the shopper, when no merchant counts and they have not answered lately (`askAgainDays`). */
  @ApiProperty({ type: AskDto, nullable: true })
  ask!: AskDto | null;
  /**
   * What the shopper said, here or at an earlier visit: true: somebody brought them, false: nobody, null: not asked yet.
   * A shop that asks in two steps asks this first, and for the WeChat ID when it is true and `ask` is not null.
   */
  @ApiProperty({ type: Boolean, nullable: true })
  brought!: boolean | null;
  /** When the visit token ends. */
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  /** Whether the visit is in the database; false while that is away, and the token holds all the same. */
  recorded!: boolean;
}
