import { ApiProperty } from '@nestjs/swagger';

/** Who did it. */
export class AuditActorDto {
  /** `staff`, `storefront`, `merchant`, `applicant`, `anonymous` or `system`. */
  kind!: string;
  /** Id of the member of staff, API key or merchant. */
  id!: string | null;
}

/** An action, and who took it. */
export class AuditEntryDto {
  /** Sorts by time. */
  id!: string;
  /** RFC 3339, UTC. */
  at!: string;
  /** Who did it. */
  actor!: AuditActorDto;
  /** A past-tense fact: `storefront.created`. */
  action!: string;
  /** Id of what was acted on. */
  subject!: string;
  /** Further facts. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  detail!: Record<string, unknown> | null;
}

/** A page of the audit log, the latest first. */
export class AuditLogPageDto {
  /** The latest first. */
  items!: AuditEntryDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}
