import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What came of a line: only `applied` changed anything. */
export const LINE_RESULTS = ['applied', 'duplicate', 'late', 'contradicting', 'unmatched', 'noted'] as const;
export type LineResult = (typeof LINE_RESULTS)[number];

/** A report of the bank as it was received. */
@Entity('bank_report')
@Index('ix_bank_report_sha256', ['sha256'])
export class BankReportEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: string;

  @Column({ type: 'varchar', length: 20 })
  kind!: string;

  @Column({ name: 'message_id', type: 'varchar', length: 35 })
  messageId!: string;

  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  @Column({ name: 'line_count', type: 'int', unsigned: true })
  lineCount!: number;

  @Column({ name: 'received_by', type: 'varchar', length: 40 })
  receivedBy!: string;

  @Column({ name: 'received_at', type: 'datetime', precision: 6 })
  receivedAt!: Date;
}

/** What a report said of one payment, and what came of it. */
@Entity('bank_report_line')
@Index('ix_bank_report_line_payout', ['payoutId'])
@Index('ix_bank_report_line_result', ['result', 'reportId'])
export class BankReportLineEntity {
  @PrimaryColumn({ name: 'report_id', type: 'varchar', length: 40 })
  reportId!: string;

  @PrimaryColumn({ type: 'int', unsigned: true })
  line!: number;

  @Column({ type: 'varchar', length: 35, nullable: true })
  reference!: string | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  says!: string | null;

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
  payoutId!: string | null;

  @Column({ type: 'varchar', length: 16 })
  result!: LineResult;

  @Column({ type: 'varchar', length: 200, nullable: true })
  detail!: string | null;
}

export const bankReportEntities = [BankReportEntity, BankReportLineEntity];
