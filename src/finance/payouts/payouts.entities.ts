import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../core/table-rights.js';
import { minorColumn } from '../../core/columns.js';
import type { SkipReason, StopReason, WorkflowState } from './payout-batch.js';
import { PayoutPolicyEntity } from './terms/payout-policy.entity.js';
import { FailureStatementEntity } from './delivery/failure-statement.entity.js';
import { PayoutContradictionEntity } from './delivery/payout-contradiction.entity.js';
import { PayoutRequestEntity } from './batches/payout-request.entity.js';
import { PayoutScheduleEntity, PayoutScheduleRunEntity } from './terms/payout-schedule.entity.js';
import { PlatformAccountEntity } from './accounts/platform-account.entity.js';
import { WechatPayeeEntity } from './accounts/wechat-payee.entity.js';
import { PayoutFileEntity, PayoutReplacedFileEntity } from './batches/payout-file.entity.js';
import type { PayoutState } from './payout.js';
import type { FileFormat, PauseCause, RailName } from './rails/payout-rail.js';
import type { MerchantId, PayoutBatchId, PayoutId, StaffId } from '../../shared/ids.js';

/** Payouts of one currency that are approved and sent together. */
@NeverDeleted()
@Entity('payout_batch')
@Index('uq_payout_batch_message', ['messageId'], { unique: true })
@Index('ix_payout_batch_pause', ['pauseUntil'])
@Index('ix_payout_batch_state', ['state', 'madeAt', 'id'])
@Index('ix_payout_batch_made', ['madeAt', 'id'])
export class PayoutBatchEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PayoutBatchId;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'varchar', length: 16 })
  rail!: RailName;

  @Column({ type: 'varchar', length: 20 })
  state!: WorkflowState;

  @Column({ name: 'min_amount', type: 'bigint', transformer: minorColumn })
  minAmount!: bigint;

  @Column({ name: 'payout_count', type: 'int', unsigned: true })
  payoutCount!: number;

  /** What the rail is told to pay in all. */
  @Column({ name: 'control_sum', type: 'bigint', transformer: minorColumn })
  controlSum!: bigint;

  @Column({ name: 'skipped_count', type: 'int', unsigned: true })
  skippedCount!: number;

  /** Merchants for whom the rail's limit left no room; the next batch takes them first. */
  @Column({ name: 'waiting_count', type: 'int', unsigned: true, default: 0 })
  waitingCount!: number;

  /** Message id in bank files, unique for ever. */
  @Column({ name: 'message_id', type: 'varchar', length: 33 })
  messageId!: string;

  /** Hash of the operator's account as it was when the batch was drafted. */
  @Column({ name: 'debtor_hash', type: 'varchar', length: 64 })
  debtorHash!: string;

  @Column({ name: 'made_by', type: 'varchar', length: 40 })
  madeBy!: StaffId | 'system';

  @Column({ name: 'made_at', type: 'datetime', precision: 6 })
  madeAt!: Date;

  @Column({ name: 'requested_by', type: 'varchar', length: 40, nullable: true })
  requestedBy!: StaffId | null;

  @Column({ name: 'requested_at', type: 'datetime', precision: 6, nullable: true })
  requestedAt!: Date | null;

  /** Of two checkers the first. */
  @Column({ name: 'first_approved_by', type: 'varchar', length: 40, nullable: true })
  firstApprovedBy!: StaffId | null;

  @Column({ name: 'first_approved_at', type: 'datetime', precision: 6, nullable: true })
  firstApprovedAt!: Date | null;

  /** Last link of the chain over what the first of two checkers approved. */
  @Column({ name: 'first_approval_hash', type: 'varchar', length: 64, nullable: true })
  firstApprovalHash!: string | null;

  @Column({ name: 'approved_by', type: 'varchar', length: 40, nullable: true })
  approvedBy!: StaffId | null;

  @Column({ name: 'approved_at', type: 'datetime', precision: 6, nullable: true })
  approvedAt!: Date | null;

  /** Last link of the chain over the content that was approved. */
  @Column({ name: 'approval_hash', type: 'varchar', length: 64, nullable: true })
  approvalHash!: string | null;

  @Column({ name: 'submitted_by', type: 'varchar', length: 40, nullable: true })
  submittedBy!: StaffId | null;

  @Column({ name: 'submitted_at', type: 'datetime', precision: 6, nullable: true })
  submittedAt!: Date | null;

  /** Who rejected or cancelled it. */
  @Column({ name: 'ended_by', type: 'varchar', length: 40, nullable: true })
  endedBy!: StaffId | null;

  @Column({ name: 'ended_at', type: 'datetime', precision: 6, nullable: true })
  endedAt!: Date | null;

  @Column({ name: 'end_reason', type: 'varchar', length: 500, nullable: true })
  endReason!: string | null;

  /** BatchPolicy as JSON: the terms that it was drafted under, bound by the approval. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  policy!: string | null;

  /** Null on a rail that writes no files. */
  @Column({ name: 'file_format', type: 'varchar', length: 20, nullable: true })
  fileFormat!: FileFormat | null;

  @Column({ name: 'file_sha256', type: 'varchar', length: 64, nullable: true })
  fileSha256!: string | null;

  @Column({ name: 'file_bytes', type: 'int', unsigned: true, nullable: true })
  fileBytes!: number | null;

  /** The banking day on which the bank is to pay its file, YYYY-MM-DD; null where a file has no date. */
  @Column({ name: 'execution_date', type: 'varchar', length: 10, nullable: true })
  executionDate!: string | null;

  /** 1, 2, 3 …: of the file that counts; those before it were replaced. */
  @Column({ name: 'file_version', type: 'smallint', unsigned: true, default: 1 })
  fileVersion!: number;

  /** Why nothing more of it is sent for now; null: it is. */
  @Column({ name: 'pause_cause', type: 'varchar', length: 16, nullable: true })
  pauseCause!: PauseCause | null;

  @Column({ name: 'pause_reason', type: 'varchar', length: 500, nullable: true })
  pauseReason!: string | null;

  @Column({ name: 'paused_at', type: 'datetime', precision: 6, nullable: true })
  pausedAt!: Date | null;

  /** When the rail is retried automatically. */
  @Column({ name: 'pause_until', type: 'datetime', precision: 6, nullable: true })
  pauseUntil!: Date | null;

  /** When the file was asked for, from its second version on. */
  @Column({ name: 'file_asked_at', type: 'datetime', precision: 6, nullable: true })
  fileAskedAt!: Date | null;
}

/** Cash of one merchant on its way to a bank account, as it was when the batch was drafted. */
@Entity('payout')
@Index('uq_payout_reference', ['reference'], { unique: true })
@Index('uq_payout_retry_of', ['retryOf'], { unique: true })
@Index('uq_payout_position', ['batchId', 'position'], { unique: true })
@Index('ix_payout_batch_state', ['batchId', 'state'])
@Index('ix_payout_merchant', ['merchantId', 'id'])
@Index('ix_payout_state', ['state', 'stateAt'])
@Index('ix_payout_due', ['state', 'nextAttemptAt'])
@Index('ix_payout_account', ['numberHash', 'id'])
export class PayoutEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PayoutId;

  @Column({ name: 'batch_id', type: 'varchar', length: 40 })
  batchId!: PayoutBatchId;

  /** 1, 2, 3 … within the batch. */
  @Column({ type: 'int', unsigned: true })
  position!: number;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 16 })
  rail!: RailName;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  /** The gross amount: what is taken from the merchant's balance. */
  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  /** What the rail is told to pay: the amount, less a fee that the merchant bears. */
  @Column({ name: 'sent_amount', type: 'bigint', transformer: minorColumn })
  sentAmount!: bigint;

  @Column({ type: 'bigint', default: '0', transformer: minorColumn })
  fee!: bigint;

  @Column({ type: 'varchar', length: 20 })
  state!: PayoutState;

  /** EndToEndId: the name of this payout at the bank, for ever. */
  @Column({ type: 'varchar', length: 35 })
  reference!: string;

  @Column({ type: 'varchar', length: 70 })
  holder!: string;

  /** The holder as the rail says it. */
  @Column({ name: 'holder_sent', type: 'varchar', length: 70 })
  holderSent!: string;

  /** The holder's town as the rail may say it; null: not known, or the rail says none. */
  @Column({ name: 'town_sent', type: 'varchar', length: 35, nullable: true })
  townSent!: string | null;

  @Column({ name: 'key_id', type: 'varchar', length: 16 })
  keyId!: string;

  @Column({ name: 'sealed_number', type: 'varchar', length: 160 })
  sealedNumber!: string;

  @Column({ name: 'number_hash', type: 'varchar', length: 64 })
  numberHash!: string;

  @Column({ name: 'last_four', type: 'varchar', length: 4 })
  lastFour!: string;

  @Column({ name: 'bank_name', type: 'varchar', length: 70, nullable: true })
  bankName!: string | null;

  @Column({ type: 'varchar', length: 11, nullable: true })
  bic!: string | null;

  @Column({ type: 'varchar', length: 2 })
  country!: string;

  /** The payout that failed or was returned and is tried again with this one; each once. */
  @Column({ name: 'retry_of', type: 'varchar', length: 40, nullable: true })
  retryOf!: PayoutId | null;

  /** Link of the chain that the approval signs. */
  @Column({ type: 'varchar', length: 64 })
  link!: string;

  /** Why it was taken out of its batch after the approval, and never sent; null: it was not. */
  @Column({ name: 'stop_reason', type: 'varchar', length: 32, nullable: true })
  stopReason!: StopReason | null;

  /** ISO 20022 reason of a failure or return. */
  @Column({ name: 'reason_code', type: 'varchar', length: 35, nullable: true })
  reasonCode!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;

  /** What the payee needs to agree to the transfer (`package_info` of WeChat Pay). */
  @Column({ type: 'varchar', length: 1024, nullable: true })
  confirmation!: string | null;

  /** When it was asked to be cancelled while the payee had not agreed yet; it stays open until the rail says so. */
  @Column({ name: 'cancel_asked_at', type: 'datetime', precision: 6, nullable: true })
  cancelAskedAt!: Date | null;

  /** What the bank took for paying it, on top of what it was told to pay, minor units; null: it has not said. */
  @Column({ name: 'paid_cost', type: 'bigint', transformer: minorColumn, nullable: true })
  paidCost!: bigint | null;

  /** By how much less came back than was paid, minor units; negative: more. */
  @Column({ name: 'return_cost', type: 'bigint', default: '0', transformer: minorColumn })
  returnCost!: bigint;

  /** What of it the merchant bears; the operator bears the rest. */
  @Column({ name: 'return_cost_merchant', type: 'bigint', default: '0', transformer: minorColumn })
  returnCostMerchant!: bigint;

  /** How often a rail was asked about it or to pay it. */
  @Column({ type: 'int', unsigned: true, default: 0 })
  attempts!: number;

  /** When it was first sent to a rail that is called. */
  @Column({ name: 'first_sent_at', type: 'datetime', precision: 6, nullable: true })
  firstSentAt!: Date | null;

  /** When a rail may be asked next; while one is being asked, when others may take over. */
  @Column({ name: 'next_attempt_at', type: 'datetime', precision: 6 })
  nextAttemptAt!: Date;

  /** While a rail is being called: until when at most. */
  @Column({ name: 'claimed_until', type: 'datetime', precision: 6, nullable: true })
  claimedUntil!: Date | null;

  @Column({ name: 'state_at', type: 'datetime', precision: 6 })
  stateAt!: Date;

  /** When payee and account were taken out, since the merchant was erased; null: they were not. The approval's link stays as it was. */
  @Column({ name: 'erased_at', type: 'datetime', precision: 6, nullable: true })
  erasedAt!: Date | null;
}

/** A merchant who is not in a batch, and why. */
@Entity('payout_skip')
export class PayoutSkipEntity {
  @PrimaryColumn({ name: 'batch_id', type: 'varchar', length: 40 })
  batchId!: PayoutBatchId;

  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 32 })
  reason!: SkipReason;

  @Column({ type: 'varchar', length: 200, nullable: true })
  detail!: string | null;

  @Column({ type: 'bigint', transformer: minorColumn })
  available!: bigint;
}

export const payoutEntities = [
  PlatformAccountEntity,
  PayoutBatchEntity,
  PayoutEntity,
  PayoutSkipEntity,
  PayoutFileEntity,
  PayoutReplacedFileEntity,
  PayoutRequestEntity,
  FailureStatementEntity,
  PayoutContradictionEntity,
  PayoutPolicyEntity,
  PayoutScheduleEntity,
  PayoutScheduleRunEntity,
  WechatPayeeEntity,
];
