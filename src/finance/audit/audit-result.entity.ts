import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What the last audits found: one row for the scheduled one, one for the last of those that looked at everything, one for the
 * requested one, one for how far the running one is, and one for where the last clean one ended.
 */
@Entity('audit_result')
export class AuditResultEntity {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  /** The moment of the books that was looked at. */
  @Column({ type: 'datetime', precision: 6 })
  at!: Date;

  /** When the row was written, by the database. */
  @Column({ name: 'kept_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  keptAt!: Date;

  /** 1: every invariant was true. */
  @Column({ type: 'tinyint' })
  clean!: number;

  /** LastAuditDto, AuditDto, AuditProgressDto or the heads of the chains as JSON. */
  @Column({ type: 'mediumtext' })
  result!: string;
}

export const auditEntities = [AuditResultEntity];
