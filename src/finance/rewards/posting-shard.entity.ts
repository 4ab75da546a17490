import { Entity, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../core/table-rights.js';

/** A shard of merchants: whoever posts for some of them holds its row. It says nothing; it is there to be locked. */
@NeverDeleted()
@Entity('posting_shard')
export class PostingShardEntity {
  @PrimaryColumn({ type: 'tinyint', unsigned: true })
  id!: number;
}
