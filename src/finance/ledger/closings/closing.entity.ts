import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';

/** A stretch of the books to which nothing can be added any more. Stretches follow each other without a gap. */
@AppendOnly()
@Entity('book_closing')
@Index('uq_book_closing_starts_at', ['startsAt'], { unique: true })
export class BookClosingEntity {
  /** What was posted before this moment, and not before `startsAt`. */
  @PrimaryColumn({ name: 'ends_at', type: 'datetime', precision: 6 })
  endsAt!: Date;

  @Column({ name: 'starts_at', type: 'datetime', precision: 6 })
  startsAt!: Date;

  /** How many journals were posted in it. */
  @Column({ type: 'int', unsigned: true })
  journals!: number;
}

/** What was posted on one account, of all its owners together, in one asset within a closed stretch. */
@AppendOnly()
@Entity('book_closing_sum')
export class BookClosingSumEntity {
  @PrimaryColumn({ name: 'ends_at', type: 'datetime', precision: 6 })
  endsAt!: Date;

  @PrimaryColumn({ type: 'varchar', length: 64 })
  asset!: string;

  @PrimaryColumn({ type: 'varchar', length: 16 })
  account!: string;

  @Column({ type: 'int', unsigned: true })
  entries!: number;

  /** All that was taken, as a positive number. */
  @Column({ type: 'bigint', transformer: minorColumn })
  debit!: bigint;

  /** All that was added. */
  @Column({ type: 'bigint', transformer: minorColumn })
  credit!: bigint;
}

export const closingEntities = [BookClosingEntity, BookClosingSumEntity];
