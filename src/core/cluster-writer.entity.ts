import { Column, Entity, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from './table-rights.js';

/** Which server of a Galera cluster is written to, as `host:port`: one row, which all processes go by (`Writer`). */
@NeverDeleted()
@Entity('cluster_writer')
export class ClusterWriterEntity {
  @PrimaryColumn({ type: 'tinyint', unsigned: true })
  id!: number;

  @Column({ type: 'varchar', length: 255 })
  address!: string;
}
