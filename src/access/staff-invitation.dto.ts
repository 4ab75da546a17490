import { IsString, MaxLength, MinLength } from 'class-validator';

/** The token of a link. */
export class ReadInvitationDto {
  /** What follows `#` in the link: yki_… */
  @IsString()
  @MaxLength(100)
  token!: string;
}

/** Whose link it is. */
export class InvitationDto {
  /** E-mail address to sign in with. */
  email!: string;
  /** Until when it works: RFC 3339, UTC. */
  expiresAt!: string;
}

/** The password that a person chooses. */
export class AcceptInvitationDto extends ReadInvitationDto {
  /** 12 characters or more, not easy to guess. */
  @IsString()
  @MinLength(12)
  @MaxLength(200)
  password!: string;
}

/** A password was chosen. */
export class AcceptedInvitationDto {
  /** E-mail address to sign in with. */
  email!: string;
}
