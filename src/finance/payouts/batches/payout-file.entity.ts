import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PayoutBatchId } from '../../../shared/ids.js';

/** A part of a batch's file, small enough for one packet, sealed; gone once the file was deleted. */
@Entity('payout_file')
@Index('ix_payout_file_key', ['keyId'])
export class PayoutFileEntity {
  @PrimaryColumn({ name: 'batch_id', type: 'varchar', length: 40 })
  batchId!: PayoutBatchId;

  @PrimaryColumn({ type: 'smallint', unsigned: true, default: 1 })
  version!: number;

  @PrimaryColumn({ type: 'smallint', unsigned: true })
  part!: number;

  /** Data key that sealed it. */
  @Column({ name: 'key_id', type: 'varchar', length: 16 })
  keyId!: string;

  @Column({ type: 'mediumblob' })
  sealed!: Buffer;
}

/** A file of a batch in whose place there is another one; its bytes stay readable until the batch's files are deleted. */
@Entity('payout_replaced_file')
export class PayoutReplacedFileEntity {
  @PrimaryColumn({ name: 'batch_id', type: 'varchar', length: 40 })
  batchId!: PayoutBatchId;

  @PrimaryColumn({ type: 'smallint', unsigned: true })
  version!: number;

  @Column({ name: 'execution_date', type: 'varchar', length: 10, nullable: true })
  executionDate!: string | null;

  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  @Column({ type: 'int', unsigned: true })
  bytes!: number;

  @Column({ name: 'replaced_at', type: 'datetime', precision: 6 })
  replacedAt!: Date;
}
