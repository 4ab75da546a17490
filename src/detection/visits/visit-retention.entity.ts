import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to when visits have been deleted since they were old; one row. What was counted of them by day stays as it was counted. */
@Entity('visit_retention')
export class VisitRetentionEntity {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  @Column({ name: 'deleted_until', type: 'datetime', precision: 6 })
  deletedUntil!: Date;
}
