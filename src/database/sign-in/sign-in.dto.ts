import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, Matches, MaxLength, IsString, ValidateNested } from 'class-validator';
import { IsIdOf } from '../../shared/fields.js';
import { PAGE_LANGUAGES, type PageLanguage } from '../../shared/page-language.js';
import { ContactDto } from '../merchants/contact.dto.js';
import type { MerchantId } from '../../shared/ids.js';

/** Where to send a code. */
export class RequestSignInCodeDto extends ContactDto {
  /** Of the message; by default the merchant's. */
  @IsOptional()
  @IsIn(PAGE_LANGUAGES)
  language?: PageLanguage | null;
}

/** What WeChat puts into the address when it sends somebody back. */
export class WechatCodeDto {
  /** Works once, for five minutes. */
  @ApiProperty({ example: '081Kq4Ga1MSox41ufvJa1wcVuq4Kq4GC' })
  @IsString()
  @Matches(/^[\x21-\x7e]{1,512}$/)
  code!: string;

  /** As `POST …/wechat-authorizations` put it into the address. */
  @ApiProperty({ example: '5f1c0a9e3b7d48261fa0c5e89d3b7a64128e0f5c9b3d7a16' })
  @Matches(/^[\w-]{1,128}$/)
  state!: string;
}

/** Signing in: `email` or `phone` with `code`, `applicationToken` the first time, or `wechat`. */
export class SignInMerchantDto extends ContactDto {
  /** The code that was sent there. */
  @IsOptional()
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  code?: string | null;

  /** Which merchant, where several share the contact. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId | null;

  /** The token of the application, once, within 30 days of its approval. */
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  applicationToken?: string | null;

  /** Who comes back from WeChat; alone, and in the browser that went. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => WechatCodeDto)
  wechat?: WechatCodeDto | null;

  /** Remembered for messages to the merchant. */
  @IsOptional()
  @IsIn(PAGE_LANGUAGES)
  language?: PageLanguage | null;
}

/** A merchant, as they are called. */
export class SignedInMerchantDto {
  /** mer_… */
  id!: MerchantId;
  /** What shoppers bring along. */
  code!: string;
  /** What the merchant is called. */
  displayName!: string;
}

/** A session that has begun. */
export class StartedMerchantSessionDto {
  /** Bearer token. Shown this once. */
  token!: string;
  /** Who it is. */
  merchant!: SignedInMerchantDto;
  /** When it ends: RFC 3339, UTC. */
  expiresAt!: string;
}

/** Who is signed in. */
export class MerchantSessionDto {
  /** Who it is. */
  merchant!: SignedInMerchantDto;
  /** When it ends: RFC 3339, UTC. */
  expiresAt!: string;
  /** Whether a code was given within the last minutes: the bank account may be changed without another. */
  fresh!: boolean;
}

/** By what merchants can sign in here. */
export class SignInMethodsDto {
  /** A code by e-mail. */
  email!: boolean;
  /** A code to the telephone. */
  phone!: boolean;
  /** A WeChat account that the merchant has linked; in WeChat alone. */
  wechat!: boolean;
}
