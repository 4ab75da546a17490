import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { FromForm } from '../forms/form-field.decorator.js';
import { applicantForm } from './applicant-form.js';

/** An e-mail address or a telephone number: one of the two. */
export class ContactDto {
  @FromForm(applicantForm.email)
  email?: string;

  @FromForm(applicantForm.phone)
  phone?: string;
}

/** A code is on its way, if there is somebody to send it to. */
export class SentCodeDto {
  /** Minutes for which a code works. */
  expiresInMinutes!: number;
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
