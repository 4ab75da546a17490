import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PayoutBatchId } from '../../../shared/ids.js';

/** A part of a batch's file, small enough for one packet. */
@Entity('payout_file')
export class PayoutFileEntity {
  @PrimaryColumn({ name: 'batch_id', type: 'varchar', length: 40 })
  batchId!: PayoutBatchId;

  @PrimaryColumn({ type: 'smallint', unsigned: true, default: 1 })
  version!: number;

  @PrimaryColumn({ type: 'smallint', unsigned: true })
  part!: number;

  @Column({ type: 'mediumblob' })
  bytes!: Buffer;
}

/** A file of a batch in whose place there is another one; its bytes stay readable. */
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
