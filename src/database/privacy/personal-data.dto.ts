import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

export class EraseMerchantDto {
  /** Of a merchant whose session has no fresh one: six digits of `POST /v1/merchants/sessions/current/codes`. */
  @IsOptional()
  @ApiProperty({ pattern: '^[0-9]{6}$', example: '482913' })
  @Matches(/^[0-9]{6}$/)
  code?: string | null;
}

export class ErasedDto {
  /** RFC 3339: when what is personal was taken out, for good. */
  erasedAt!: Date;
}
