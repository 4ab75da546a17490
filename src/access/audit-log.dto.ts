import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsText } from '../shared/fields.js';
import { PeriodPageQuery } from '../shared/page.dto.js';
import { ACTOR_KINDS, type ActorKind } from './audit-log.entity.js';

/** Which entries of the audit log to list. */
export class AuditLogQuery extends PeriodPageQuery {
  /**
   * Only what this member of staff, merchant, application or API key did.
   *
   * @example stf_01jf0000000000000000000000
   */
  @IsOptional()
  @IsText(40)
  actor?: string;

  /** Only what callers of this kind did. */
  @IsOptional()
  @IsIn(ACTOR_KINDS)
  actorKind?: ActorKind;

  /** Only this action. @example storefront.created */
  @IsOptional()
  @IsText(64)
  action?: string;

  /** Only what was done to the thing with this id. */
  @IsOptional()
  @IsText(128)
  subject?: string;
}

/** Who did it. */
export class AuditActorDto {
  /** A member of staff, a storefront with one of its keys, a merchant, a widget, an applicant, nobody known, or Yinke itself. */
  @ApiProperty({ enum: ACTOR_KINDS })
  kind!: ActorKind;
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
  /** Of what was changed, what it said before. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  before!: Record<string, unknown> | null;
  /** What it says since. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  after!: Record<string, unknown> | null;
  /** The call in which it was done: its answer’s `x-request-id`; null for what a worker did. */
  requestId!: string | null;
  /** Network address that the call came from. */
  address!: string | null;
}

/** A page of the audit log, the latest first. */
export class AuditLogPageDto {
  /** The latest first. */
  items!: AuditEntryDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}
