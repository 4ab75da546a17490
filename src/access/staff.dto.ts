import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { ListedSessionDto } from './listed-session.dto.js';
import { ROLES, type Role } from './principal.js';
import { StaffChangeDto, StaffLinkDto } from './staff-change.dto.js';
import { IsEmailAddress } from './validators.js';

/** A new member of staff. */
export class CreateStaffDto {
  /** E-mail address to sign in with. */
  @ApiProperty({ format: 'email' })
  @MaxLength(254)
  @IsEmailAddress()
  email!: string;

  /**
   * 12 characters or more, not easy to guess. Only while the operator is set up, before a second admin has a password of their own; without it, and ever
   * after, the person gets a link and chooses one.
   */
  @IsOptional()
  @IsString()
  @MinLength(12)
  @MaxLength(200)
  password?: string | null;

  /** What they may do. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  roles!: Role[];
}

/** A member of staff. */
export class StaffDto {
  /** stf_… */
  id!: string;
  /** E-mail address to sign in with. */
  email!: string;
  /** What they may do. */
  roles!: Role[];
  /** Whether they may sign in. */
  active!: boolean;
  /** Whether the account was ended; it can be brought back. */
  deactivated!: boolean;
  /** Until when their link to choose a password works: RFC 3339, UTC. Null: they have none. */
  invitedUntil!: string | null;
  /** Whether they chose their password themselves; false: an admin handed it over, or there is none yet. */
  ownPassword!: boolean;
  /** What waits for the consent of another admin. */
  waitingChange!: StaffChangeDto | null;
  /** Whether signing in takes a second factor. */
  secondFactor!: boolean;
  /** RFC 3339, UTC. */
  createdAt!: string;
}

/** A member of staff, and the link that they were sent. */
export class InvitedStaffDto extends StaffDto {
  /** Null: there is no password to choose, or another admin has to consent first. */
  invitation!: StaffLinkDto | null;
}

/** A page of staff. */
export class StaffPageDto {
  /** The oldest account first. */
  items!: StaffDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}

/** A member of staff in lists of other things. */
export class StaffNameDto {
  /** stf_… */
  id!: string;
  /** E-mail address, which colleagues know them by. */
  email!: string;
}

/** A page of names. */
export class StaffNamePageDto {
  /** The oldest account first, also of those who have left. */
  items!: StaffNameDto[];
  /** Cursor of the next page. */
  nextCursor!: string | null;
}

/** How staff sign in. */
export class SignInWaysDto {
  /** By e-mail address and password. */
  password!: boolean;
  /** By the operator's own provider (OpenID Connect): a browser goes to `/v1/staff/oidc`. */
  oidc!: boolean;
}

/** Signing in. */
export class SignInDto {
  /** E-mail address. */
  @IsString()
  @MaxLength(254)
  email!: string;

  /** Password. */
  @IsString()
  @MaxLength(200)
  password!: string;

  /** Six digits of the second factor (RFC 6238), for accounts that have one; others may leave it out. */
  @IsOptional()
  @IsString()
  @MaxLength(10)
  totp?: string | null;

  /** In place of `totp`, where the telephone is lost: one of the recovery codes, once. @example "7k2mp-x9qrt" */
  @IsOptional()
  @ApiProperty({ example: '7k2mp-x9qrt' })
  @IsString()
  @MaxLength(40)
  recoveryCode?: string | null;
}

/** Another password of one's own. */
export class ChangePasswordDto {
  /** The present one. */
  @IsString()
  @MaxLength(200)
  current!: string;

  /** 12 characters or more, not easy to guess. */
  @IsString()
  @MinLength(12)
  @MaxLength(200)
  new!: string;
}

/** Other roles of a member of staff. */
export class ChangeRolesDto {
  /** What they may do from now on. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  roles!: Role[];
}

/** The own password, where a session alone is not enough. */
export class ConfirmPasswordDto {
  /** Password. */
  @IsString()
  @MaxLength(200)
  password!: string;
}

/** New recovery codes. */
export class RecoveryCodesDto {
  /** Ten; shown this once. @example ["7k2mp-x9qrt"] */
  @ApiProperty({ type: [String], example: ['7k2mp-x9qrt'] })
  codes!: string[];
}

/** The caller's own second factor. */
export class SecondFactorDto {
  /** Whether signing in takes one. */
  on!: boolean;
  /** Recovery codes that are left. */
  recoveryCodesLeft!: number;
}

/** Where a member of staff is signed in. */
export class StaffSessionListDto {
  /** The latest first. */
  items!: ListedSessionDto[];
}

/** Who is signed in. */
export class SessionStaffDto {
  /** stf_… */
  id!: string;
  /** E-mail address to sign in with. */
  email!: string;
  /** What they may do. */
  roles!: Role[];
}

/** A session. */
export class SessionDto {
  /** Who it is. */
  staff!: SessionStaffDto;
  /** When it ends: RFC 3339, UTC. */
  expiresAt!: string;
  /** Whether the person has to set a second factor before they may do anything else. */
  secondFactorMissing!: boolean;
}

/** A new session. */
export class CreatedSessionDto extends SessionDto {
  /** Bearer token. Shown this once. */
  token!: string;
}

/** A second factor that waits for its first code. */
export class NewTotpDto {
  /** Base32; shown this once. */
  secret!: string;
  /** `otpauth://…`, for an authenticator app. */
  uri!: string;
}

/** The first code of a new second factor. */
export class ConfirmTotpDto {
  /** Six digits. */
  @IsString()
  @MaxLength(10)
  totp!: string;
}
