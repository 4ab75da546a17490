import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** A stored bank file. */
export class PayoutFileDto {
  /** SHA-256 of its bytes, in hex. */
  sha256!: string;
  /** Its size. */
  bytes!: number;
  /** Payments in it. */
  payments!: number;
  /** Their sum, minor units. */
  controlSum!: number;
  /** 1, 2, 3 …: a file for another day is a new version of the same payments. */
  version!: number;
  /** When its bytes were deleted, long after the batch was settled, RFC 3339; its hash stays. Null: they are there. */
  deletedAt!: string | null;
}

/** One version of a batch's file. */
export class PayoutFileVersionDto {
  /** 1, 2, 3 … */
  version!: number;
  /** `replaced` and `withdrawn` files must not be handed in. */
  @ApiProperty({ enum: ['current', 'replaced', 'withdrawn'] })
  state!: 'current' | 'replaced' | 'withdrawn';
  /** The banking day on which the bank is to pay, YYYY-MM-DD. */
  executionDate!: string | null;
  /** SHA-256 of its bytes, in hex. */
  sha256!: string;
  /** Its size. */
  bytes!: number;
  /** When it was replaced, RFC 3339. */
  replacedAt!: string | null;
}

/** The file of a batch and those that it replaced. */
export class PayoutFilesDto {
  /** The one that counts first. */
  items!: PayoutFileVersionDto[];
}

/** Which version of a file. */
export class PayoutFileQuery {
  /** Default: the one that counts. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65_535)
  version?: number;
}
