import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly } from '../core/table-rights.js';
import { jsonColumn } from '../core/columns.js';
import type { ApiKeyId, ApplicationId, AuditLogId, MerchantId, StaffId } from '../shared/ids.js';

/** Who can have done something. */
export const ACTOR_KINDS = ['staff', 'storefront', 'merchant', 'widget', 'applicant', 'anonymous', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

@AppendOnly()
@Entity('audit_log')
@Index('ix_audit_log_at', ['at'])
@Index('ix_audit_log_actor', ['actorId', 'at'])
@Index('ix_audit_log_actor_kind', ['actorKind', 'at'])
@Index('ix_audit_log_action', ['action', 'at'])
@Index('ix_audit_log_subject', ['subject', 'at'])
export class AuditLogEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: AuditLogId;

  @Column({ type: 'datetime', precision: 6 })
  at!: Date;

  @Column({ name: 'actor_kind', type: 'varchar', length: 16 })
  actorKind!: ActorKind;

  /** Id of the member of staff, API key or merchant. */
  @Column({ name: 'actor_id', type: 'varchar', length: 40, nullable: true })
  actorId!: StaffId | ApiKeyId | MerchantId | ApplicationId | null;

  @Column({ type: 'varchar', length: 64 })
  action!: string;

  /** Id of what was acted on. */
  @Column({ type: 'varchar', length: 128 })
  subject!: string;

  @Column({ type: 'mediumtext', transformer: jsonColumn, nullable: true })
  detail!: object | null;
}
