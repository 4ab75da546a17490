import { ApiProperty, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCurrencyCode, IsText, IsTimeZone } from '../../shared/fields.js';
import { IsWebOrigin, IsWebUrl } from '../../access/index.js';
import type { ApiKeyId, StorefrontId } from '../../shared/ids.js';

/** A new storefront. */
export class CreateStorefrontDto {
  /** What the shop is called. */
  @IsText(200)
  name!: string;

  /** ISO 4217 currency of its prices. */
  @IsCurrencyCode()
  currency!: string;

  /** Where a share link leads when it names no target. */
  @MaxLength(2000)
  @IsWebUrl()
  homeUrl!: string;

  /** Web origins of the shop, as browsers send them: `https://shop.example`. */
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @MaxLength(200, { each: true })
  @IsWebOrigin({ each: true })
  origins!: string[];

  /** Name of the query parameter that carries a merchant code. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,32}$/, { message: 'must be 1–32 letters, digits, - or _' })
  codeParameter?: string | null;

  /** Days for which a visit attributes an order. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  attributionWindowDays?: number | null;

  /** Which merchant counts when a shopper came more than once. */
  @IsOptional()
  @IsIn(['first', 'last'])
  touch?: 'first' | 'last' | null;

  /**
   * Days after which a shopper who answered the referrer question may be asked again; 0: at every visit. Null, the
   * default: after the attribution window.
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3650)
  askAgainDays?: number | null;

  /** IANA time zone whose calendar months budgets and volume tiers of reward rules go by; Asia/Shanghai by default. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;
}

/** Settings to change; what is absent stays. The currency stays for good. */
export class UpdateStorefrontDto {
  /** What the shop is called. */
  @IsOptional()
  @IsText(200)
  name?: string | null;

  /** Where a share link leads when it names no target. */
  @IsOptional()
  @MaxLength(2000)
  @IsWebUrl()
  homeUrl?: string | null;

  /** Web origins of the shop, as browsers send them: `https://shop.example`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @MaxLength(200, { each: true })
  @IsWebOrigin({ each: true })
  origins?: string[] | null;

  /** Name of the query parameter that carries a merchant code. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,32}$/, { message: 'must be 1–32 letters, digits, - or _' })
  codeParameter?: string | null;

  /** Days for which a visit attributes an order. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  attributionWindowDays?: number | null;

  /** Which merchant counts when a shopper came more than once. */
  @IsOptional()
  @IsIn(['first', 'last'])
  touch?: 'first' | 'last' | null;

  /**
   * Days after which a shopper who answered the referrer question may be asked again; 0: at every visit. Null, the
   * default: after the attribution window.
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3650)
  askAgainDays?: number | null;

  /** IANA time zone; orders posted from now on belong to the months of its calendar. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;
}

/** A key of a storefront, after it was shown once. */
export class StorefrontKeyDto {
  /** key_… */
  id!: ApiKeyId;
  /** For the shop's servers, or for shoppers' browsers. */
  kind!: 'secret' | 'publishable';
  /** What it begins with, and its last four characters. @example "sk_…a1B2" */
  @ApiProperty({ example: 'sk_…a1B2' })
  shown!: string;
  /** RFC 3339, UTC. */
  createdAt!: string;
  /** When a call came with it, to the minute or so: RFC 3339, UTC. Null: never. */
  lastUsedAt!: string | null;
  /** When it ends or ended: RFC 3339, UTC. Null: it works until it is replaced or revoked. */
  expiresAt!: string | null;
}

/** Keys of a storefront. */
export class StorefrontKeyListDto {
  /** The latest first, also those that have ended. */
  items!: StorefrontKeyDto[];
}

/** How keys are rotated. */
export class RotateKeysDto {
  /** Hours for which the keys so far still work; 0 ends them now. The default is a setting of the service. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(720)
  overlapHours?: number | null;
}

/** A storefront and its settings. */
export class StorefrontDto {
  /** sto_… */
  id!: StorefrontId;
  /** What the shop is called. */
  name!: string;
  /** ISO 4217 currency of its prices. */
  currency!: string;
  /** Where a share link leads when it names no target. */
  homeUrl!: string;
  /** Web origins of the shop. */
  origins!: string[];
  /** Name of the query parameter that carries a merchant code. */
  codeParameter!: string;
  /** Days for which a visit attributes an order. */
  attributionWindowDays!: number;
  /** Which merchant counts when a shopper came more than once. */
  touch!: 'first' | 'last';
  /** Days after which a shopper who answered the referrer question may be asked again; null: the attribution window. */
  askAgainDays!: number | null;
  /** IANA time zone whose calendar months budgets and volume tiers of reward rules go by. */
  timeZone!: string;
  /** RFC 3339, UTC. */
  createdAt!: string;
}

/** A storefront in lists of other things. */
export class StorefrontNameDto extends PickType(StorefrontDto, ['id', 'name', 'currency'] as const) {}

/** A page of names. */
export class StorefrontNamePageDto {
  /** The oldest first. */
  items!: StorefrontNameDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}

/** A storefront with its first keys. */
export class CreatedStorefrontDto extends StorefrontDto {
  /** For the shop's servers. Shown this once. */
  secretKey!: string;
  /** For shoppers' browsers. Shown this once. */
  publishableKey!: string;
}

/** New keys of a storefront. */
export class RotatedKeysDto {
  /** For the shop's servers. Shown this once. */
  secretKey!: string;
  /** For shoppers' browsers. Shown this once. */
  publishableKey!: string;
  /** Until when the keys so far still work: RFC 3339, UTC. */
  previousKeysExpireAt!: string;
}

/** A page of storefronts. */
export class StorefrontPageDto {
  /** The oldest first. */
  items!: StorefrontDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}
