import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, MaxLength, IsString } from 'class-validator';
import { IsIdOf } from '../../shared/fields.js';
import { PAGE_LANGUAGES, type PageLanguage } from '../../shared/page-language.js';
import { FromForm } from '../form-field.decorator.js';
import { registrationForm } from '../registration-form.js';

/** An e-mail address or a telephone number: one of the two. */
export class ContactDto {
  @FromForm(registrationForm.email)
  email?: string;

  @FromForm(registrationForm.phone)
  phone?: string;
}

/** Where to send a code. */
export class RequestSignInCodeDto extends ContactDto {
  /** Of the message; by default the merchant's. */
  @IsOptional()
  @IsIn(PAGE_LANGUAGES)
  language?: PageLanguage | null;
}

/** A code is on its way, if there is somebody to send it to. */
export class SentCodeDto {
  /** Minutes for which a code works. */
  expiresInMinutes!: number;
}

/** A code of six digits. */
export class CodeDto {
  /** Six digits. @example "482913" */
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  code!: string;
}

/** Signing in: `email` or `phone` with `code`, or `applicationToken` the first time. */
export class SignInMerchantDto extends ContactDto {
  /** The code that was sent there. */
  @IsOptional()
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  code?: string | null;

  /** Which merchant, where several share the contact. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: string | null;

  /** The token of the application, once, within 30 days of its approval. */
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  applicationToken?: string | null;

  /** Remembered for messages to the merchant. */
  @IsOptional()
  @IsIn(PAGE_LANGUAGES)
  language?: PageLanguage | null;
}

/** A merchant, as they are called. */
export class SignedInMerchantDto {
  /** mer_… */
  id!: string;
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
}

/** Which of the own contacts a code is to be sent to. */
export class RequestConfirmationCodeDto {
  /** The e-mail address or the telephone of the merchant. */
  @IsIn(['email', 'phone'])
  @ApiProperty({ enum: ['email', 'phone'] })
  via!: 'email' | 'phone';
}

/** A new contact, with the code that was sent to it. */
export class ReplaceContactDto extends ContactDto {
  /** Six digits, as they were sent to the new contact. @example "482913" */
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  code!: string;

  /** A code that was sent to the contact so far, where the session has no fresh one. @example "482913" */
  @IsOptional()
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  confirmation?: string | null;
}

/** Where a merchant is reached. */
export class MerchantContactDto {
  /** Null: none. */
  email!: string | null;
  /** Null: none. */
  phone!: string | null;
}
