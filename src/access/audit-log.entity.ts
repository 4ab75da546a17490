import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../core/table-rights.js';
import { jsonColumn, minorColumn } from '../core/columns.js';
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

  /** What the thing said before, of what was changed. */
  @Column({ name: 'old_values', type: 'mediumtext', transformer: jsonColumn, nullable: true })
  before!: object | null;

  /** What it says since. */
  @Column({ name: 'new_values', type: 'mediumtext', transformer: jsonColumn, nullable: true })
  after!: object | null;

  /** req_…: the call in which it was done. */
  @Column({ name: 'request_id', type: 'varchar', length: 64, nullable: true })
  requestId!: string | null;

  /** Network address that the call came from. */
  @Column({ type: 'varchar', length: 45, nullable: true })
  address!: string | null;
}

/** One link of the chain of entries. */
@AppendOnly()
@Entity('audit_log_seal')
@Index('uq_audit_log_seal_entry', ['entryId'], { unique: true })
@AppendOnly()
export class AuditLogSealEntity {
  @PrimaryColumn({ type: 'bigint', transformer: minorColumn })
  position!: bigint;

  @Column({ name: 'entry_id', type: 'varchar', length: 40 })
  entryId!: AuditLogId;

  /** Hex of HMAC-SHA256; see core/chain/seal.ts. */
  @Column({ type: 'char', length: 64 })
  seal!: string;
}

/** The one row that says how far the chain goes. */
@NeverDeleted()
@Entity('audit_log_head')
@NeverDeleted()
export class AuditLogHeadEntity {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  @Column({ type: 'bigint', transformer: minorColumn })
  position!: bigint;

  @Column({ type: 'char', length: 64 })
  seal!: string;

  /** Every entry written up to here is in the chain. */
  @Column({ name: 'sealed_until', type: 'datetime', precision: 6 })
  sealedUntil!: Date;

  /** The last entry sealed, which breaks ties of `sealed_until`. */
  @Column({ name: 'sealed_entry_id', type: 'varchar', length: 40 })
  sealedEntryId!: AuditLogId;
}
