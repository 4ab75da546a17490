import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** For how long a widget may read. */
export class CreateWidgetTokenDto {
  /** From 1 to 60; 60 by default. */
  @IsOptional()
  @ApiProperty({ minimum: 1, maximum: 60, example: 15 })
  @IsInt()
  @Min(1)
  @Max(60)
  minutes?: number | null;
}

/** A token for a widget. */
export class WidgetTokenDto {
  /** Bearer token, for the browser; it reads what this merchant has and changes nothing. @example "ykw_eyJhbGciOiJIUzI1NiJ9.e30.c2ln" */
  @ApiProperty({ example: 'ykw_eyJhbGciOiJIUzI1NiJ9.e30.c2ln' })
  token!: string;
  /** When it ends: RFC 3339, UTC. */
  expiresAt!: string;
}
