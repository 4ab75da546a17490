import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { JournalId } from '../../../shared/ids.js';

/** One link of the chain. */
@AppendOnly()
@Entity('journal_seal')
@Index('uq_journal_seal_journal', ['journalId'], { unique: true })
export class JournalSealEntity {
  @PrimaryColumn({ type: 'bigint', transformer: minorColumn })
  position!: bigint;

  @Column({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  /** Hex of HMAC-SHA256; see seal.ts. */
  @Column({ type: 'char', length: 64 })
  seal!: string;
}

/** The one row that says how far the chain goes. */
@NeverDeleted()
@Entity('seal_head')
export class SealHeadEntity {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  @Column({ type: 'bigint', transformer: minorColumn })
  position!: bigint;

  @Column({ type: 'char', length: 64 })
  seal!: string;

  /** Every journal posted up to here is in the chain. */
  @Column({ name: 'sealed_until', type: 'datetime', precision: 6 })
  sealedUntil!: Date;

  /** The last journal sealed, which breaks ties of `sealed_until`. */
  @Column({ name: 'sealed_journal_id', type: 'varchar', length: 40 })
  sealedJournalId!: JournalId;
}

export const sealEntities = [JournalSealEntity, SealHeadEntity];
