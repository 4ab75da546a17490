import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from './allow.decorator.js';
import {
  AcceptedInvitationDto,
  AcceptInvitationDto,
  InvitationDto,
  ReadInvitationDto,
} from './staff-invitation.dto.js';
import { StaffLinks } from './staff-links.js';

/** For the person with a link; the token travels in bodies, so that no log has it. */
@ApiTags('Staff and storefronts')
@Controller('v1/staff-invitations')
@Allow('anyone')
export class StaffInvitationController {
  constructor(private readonly links: StaffLinks) {}

  /** Whose link it is, and until when it works. */
  @Post('read')
  @HttpCode(200)
  readInvitation(@Body() { token }: ReadInvitationDto): Promise<InvitationDto> {
    return this.links.read(token);
  }

  /** Chooses the password of a new account, or one in place of that which was forgotten. The link works once. */
  @Post('accept')
  @HttpCode(200)
  acceptInvitation(@Body() { token, password }: AcceptInvitationDto): Promise<AcceptedInvitationDto> {
    return this.links.accept(token, password);
  }
}
