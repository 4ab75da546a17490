import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { ReportLine } from './report-line.js';
import type { BankReportId, PayoutId, StaffId } from '../../../shared/ids.js';

/** What came of a line: `applied` and, by a person's hand, `matched` changed something. */
export const LINE_RESULTS = [
  'applied',
  'duplicate',
  'late',
  'second',
  'contradicting',
  'unmatched',
  'noted',
  'matched',
  'dismissed',
] as const;
export type LineResult = (typeof LINE_RESULTS)[number];

/** These wait for a person. */
export const OPEN_RESULTS = ['second', 'contradicting', 'unmatched'] as const satisfies readonly LineResult[];

export function isOpenResult(result: LineResult): boolean {
  return (OPEN_RESULTS as readonly LineResult[]).includes(result);
}

/** A report of the bank as it was received. */
@AppendOnly()
@Entity('bank_report')
@Index('ix_bank_report_sha256', ['sha256'])
@Index('ix_bank_report_message', ['messageId'])
export class BankReportEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: BankReportId;

  @Column({ type: 'varchar', length: 20 })
  kind!: string;

  @Column({ name: 'message_id', type: 'varchar', length: 35 })
  messageId!: string;

  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  @Column({ name: 'line_count', type: 'int', unsigned: true })
  lineCount!: number;

  @Column({ name: 'received_by', type: 'varchar', length: 40 })
  receivedBy!: StaffId;

  @Column({ name: 'received_at', type: 'datetime', precision: 6 })
  receivedAt!: Date;
}

/** What a report said of one payment, and what came of it. */
@NeverDeleted()
@Entity('bank_report_line')
@Index('ix_bank_report_line_payout', ['payoutId'])
@Index('ix_bank_report_line_result', ['result', 'reportId'])
@Index('ix_bank_report_line_same', ['sameAs'])
@Index('ix_bank_report_line_reference', ['reference'])
@Index('ix_bank_report_line_bank_reference', ['bankReference'])
@Index('ix_bank_report_line_booking', ['amountMinor', 'bookedOn'])
@Index('uq_bank_report_line_fingerprint', ['fingerprint'], { unique: true })
export class BankReportLineEntity {
  @PrimaryColumn({ name: 'report_id', type: 'varchar', length: 40 })
  reportId!: BankReportId;

  @PrimaryColumn({ type: 'int', unsigned: true })
  line!: number;

  @Column({ type: 'varchar', length: 35, nullable: true })
  reference!: string | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  says!: ReportLine['bankStatus'];

  @Column({ type: 'varchar', length: 35 })
  status!: string;

  @Column({ name: 'reason_code', type: 'varchar', length: 35, nullable: true })
  reasonCode!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;

  @Column({ type: 'varchar', length: 30, nullable: true })
  amount!: string | null;

  @Column({ type: 'varchar', length: 3, nullable: true })
  currency!: string | null;

  @Column({ name: 'booked_on', type: 'varchar', length: 10, nullable: true })
  bookedOn!: string | null;

  @Column({ name: 'payout_id', type: 'varchar', length: 40, nullable: true })
  payoutId!: PayoutId | null;

  @Column({ type: 'varchar', length: 16 })
  result!: LineResult;

  @Column({ type: 'varchar', length: 200, nullable: true })
  detail!: string | null;

  /** `amount` in minor units; null when it is none of that currency. */
  @Column({ name: 'amount_minor', type: 'bigint', transformer: minorColumn, nullable: true })
  amountMinor!: bigint | null;

  /** The bank's own name of the booking. */
  @Column({ name: 'bank_reference', type: 'varchar', length: 35, nullable: true })
  bankReference!: string | null;

  /** Of the account on the other side. */
  @Column({ name: 'last_four', type: 'varchar', length: 4, nullable: true })
  lastFour!: string | null;

  /** What the bank took on top of the amount in the same booking, minor units. */
  @Column({ name: 'charge_minor', type: 'bigint', transformer: minorColumn, nullable: true })
  chargeMinor!: bigint | null;

  /** The bank's own name of the entry that it is part of. */
  @Column({ name: 'entry_reference', type: 'varchar', length: 35, nullable: true })
  entryReference!: string | null;

  /** Keyed hash of the account that was booked on. */
  @Column({ name: 'own_account_hash', type: 'varchar', length: 64, nullable: true })
  ownAccountHash!: string | null;

  /** Keyed hashes of the accounts on the other side, with a space between them. */
  @Column({ name: 'other_account_hashes', type: 'varchar', length: 129, nullable: true })
  otherAccountHashes!: string | null;

  /** Id of the line that told of the same booking first. */
  @Column({ name: 'same_as', type: 'varchar', length: 50, nullable: true })
  sameAs!: string | null;

  /** Of a line that waits without a payout: what it is known by when it comes again at the same time; it has it alone. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  fingerprint!: string | null;

  /** Who matched or dismissed it. */
  @Column({ name: 'decided_by', type: 'varchar', length: 40, nullable: true })
  decidedBy!: StaffId | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 6, nullable: true })
  decidedAt!: Date | null;

  /** Why it was dismissed. */
  @Column({ name: 'decision_reason', type: 'varchar', length: 500, nullable: true })
  decisionReason!: string | null;

  /** The payout that a maker says it is about although the amounts differ; a checker decides. */
  @Column({ name: 'proposed_payout_id', type: 'varchar', length: 40, nullable: true })
  proposedPayoutId!: PayoutId | null;

  @Column({ name: 'proposed_by', type: 'varchar', length: 40, nullable: true })
  proposedBy!: StaffId | null;

  @Column({ name: 'proposed_at', type: 'datetime', precision: 6, nullable: true })
  proposedAt!: Date | null;

  @Column({ name: 'proposal_reason', type: 'varchar', length: 500, nullable: true })
  proposalReason!: string | null;
}

export const bankReportEntities = [BankReportEntity, BankReportLineEntity];
