import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../shared/page.dto.js';
import type { StaffChangeId, StaffId } from '../shared/ids.js';
import type { Role } from './principal.js';
import {
  STAFF_CHANGE_KINDS,
  STAFF_CHANGE_STATES,
  type StaffChangeKind,
  type StaffChangeState,
} from './staff-change.js';

const SHOWN_STATES = [...STAFF_CHANGE_STATES, 'expired'] as const;

/** A change of staff as it is shown; `expired`: nobody consented in time. */
export type ShownChangeState = StaffChangeState | 'expired';

/** A change of an account that moves money. */
export class StaffChangeDto {
  /** scg_… */
  id!: StaffChangeId;
  /** Whose account: stf_… */
  staffId!: StaffId;
  /** Their e-mail address. */
  email!: string;
  /** Somebody new, other roles, back after a deactivation, or a new password. */
  @ApiProperty({ enum: STAFF_CHANGE_KINDS })
  kind!: StaffChangeKind;
  /** What the account may do afterwards. */
  roles!: Role[];
  /** `alone`: the only admin there had ever been did it without consent; `by-operator`: whoever runs the servers, by a command. */
  @ApiProperty({ enum: SHOWN_STATES })
  state!: ShownChangeState;
  /** Who asked: stf_…; null for whoever runs the servers. */
  askedBy!: StaffId | null;
  /** RFC 3339, UTC. */
  askedAt!: string;
  /** Until when another admin may consent: RFC 3339, UTC. */
  expiresAt!: string;
  /** Who decided: stf_… */
  decidedBy!: StaffId | null;
  /** RFC 3339, UTC. */
  decidedAt!: string | null;
}

/** Which changes of staff are listed. */
export class StaffChangeQuery extends PageQuery {
  /** `waiting` is what needs a second admin. */
  @IsOptional()
  @IsIn(SHOWN_STATES)
  state?: ShownChangeState;
}

/** A page of changes. */
export class StaffChangePageDto {
  /** The latest first. */
  items!: StaffChangeDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}

/** A link by which a person chooses a password. */
export class StaffLinkDto {
  /** Shown this once, to be handed over. Null: it went to the person by e-mail, and nobody else sees it. */
  link!: string | null;
  /** Whether it was e-mailed. */
  sent!: boolean;
  /** Until when it works: RFC 3339, UTC. */
  expiresAt!: string;
}

/** A change that was consented to. */
export class ConsentedChangeDto extends StaffChangeDto {
  /** The person's link, if they have to choose a password. */
  invitation!: StaffLinkDto | null;
}
