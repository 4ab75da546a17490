import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn } from '../core/columns.js';

@Entity('audit_log')
@Index('ix_audit_log_subject', ['subject'])
export class AuditLogEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: string;

  @Column({ type: 'datetime', precision: 6 })
  at!: Date;

  @Column({ name: 'actor_kind', type: 'varchar', length: 16 })
  actorKind!: string;

  /** Id of the member of staff, API key or merchant. */
  @Column({ name: 'actor_id', type: 'varchar', length: 40, nullable: true })
  actorId!: string | null;

  @Column({ type: 'varchar', length: 64 })
  action!: string;

  /** Id of what was acted on. */
  @Column({ type: 'varchar', length: 128 })
  subject!: string;

  @Column({ type: 'mediumtext', transformer: jsonColumn, nullable: true })
  detail!: object | null;
}
