import { ApiProperty } from '@nestjs/swagger';
import { TrailOrderDto } from './journal.dto.js';
import { EntryDto } from './statement.dto.js';

/** A part of a negative balance that a credit has settled. */
export class DebtPaymentDto {
  /** How much of it the credit settled. */
  amount!: number;

  /** The credit. */
  entry!: EntryDto;

  /** The order that earned the credit; null: none did. */
  @ApiProperty({ type: TrailOrderDto, nullable: true })
  order!: TrailOrderDto | null;
}

/** What one event, mostly a refund, left owing. */
export class DebtDto {
  /** The event. */
  entry!: EntryDto;

  /** The order whose reward was taken back; null: it was about none, as an adjustment is. */
  @ApiProperty({ type: TrailOrderDto, nullable: true })
  order!: TrailOrderDto | null;

  /** What of it remains. */
  remaining!: number;

  /** What has paid it off since, the oldest first. */
  paidOff!: DebtPaymentDto[];
}

export class AssetDebtsDto {
  /** {@link ASSET_FORMS} */
  asset!: string;

  /** The negative balance as a number above 0: what remains of the items below. */
  owed!: number;

  /** What made the balance negative since it was zero, the oldest first; credits settle the oldest first. */
  debts!: DebtDto[];
}

export class DebtsDto {
  /** One for each asset with a negative balance. */
  items!: AssetDebtsDto[];
}
