import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that says what the last scheduled audit found. */
@Entity('audit_result')
export class AuditResultEntity {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  /** The moment of the books that was looked at. */
  @Column({ type: 'datetime', precision: 6 })
  at!: Date;

  /** 1: everything held. */
  @Column({ type: 'tinyint' })
  clean!: number;

  /** LastAuditView as JSON. */
  @Column({ type: 'mediumtext' })
  result!: string;
}

export const auditEntities = [AuditResultEntity];
