import { ApiProperty } from '@nestjs/swagger';
import { FILE_FORMATS, RAIL_NAMES, type FileFormat, type RailName } from './payout-rail.js';

/** A way for money to leave. */
export class PayoutRailDto {
  /** Its name. */
  @ApiProperty({ enum: RAIL_NAMES })
  name!: RailName;
  /** Whether it can be used. */
  available!: boolean;
  /** Where it cannot: the settings of the service that it takes. @example ["YINKE_HTTP_BANK_URL"] */
  @ApiProperty({ type: [String], example: ['YINKE_HTTP_BANK_URL'] })
  neededSettings!: string[];
  /** What it writes, its default first; empty: it is called, and writes no files. */
  @ApiProperty({ enum: FILE_FORMATS, isArray: true })
  fileFormats!: FileFormat[];
  /** Payouts in one batch, at most. */
  maxPayouts!: number;
  /** Of one payout, at most, minor units. */
  maxAmount!: number;
}

/** Every rail that there is. */
export class PayoutRailListDto {
  /** In the order in which they are offered. */
  items!: PayoutRailDto[];
}
