import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery, pageRequest } from '../shared/page.dto.js';
import { Allow, CurrentPrincipal, CurrentSession } from './allow.decorator.js';
import type { Principal } from './principal.js';
import { SessionService } from './session.service.js';
import {
  ChangeRolesDto,
  CreateStaffDto,
  InvitedStaffDto,
  StaffDto,
  StaffNamePageDto,
  StaffPageDto,
  StaffSessionListDto,
} from './staff.dto.js';
import type { LiveSession } from './staff.repository.js';
import { StaffService } from './staff.service.js';
import type { StaffId, SessionId } from '../shared/ids.js';
import { SESSION_ID, STAFF_ID } from './path-ids.js';

@ApiTags('Staff and storefronts')
@Controller('v1/staff')
@Allow('admin')
export class StaffController {
  constructor(
    private readonly staff: StaffService,
    private readonly sessions: SessionService,
  ) {}

  /**
   * Invites a member of staff. The person chooses a password by a link; it is shown this once, or e-mailed. A role that moves money
   * waits until another admin consents (`waitingChange`).
   */
  @Post()
  createStaff(@CurrentSession() { principal }: LiveSession, @Body() body: CreateStaffDto): Promise<InvitedStaffDto> {
    return this.staff.createStaff(principal, body);
  }

  /** Staff, the oldest account first. */
  @Get()
  listStaff(@Query() query: PageQuery): Promise<StaffPageDto> {
    return this.staff.listStaff(pageRequest(query));
  }

  /** Who made or decided something, by name: for all staff. */
  @Get('names')
  @Allow('staff')
  listStaffNames(@Query() query: PageQuery): Promise<StaffNamePageDto> {
    return this.staff.listNames(pageRequest(query));
  }

  /** Ends an account and its sessions. The last active admin stays. */
  @Post(':id/deactivate')
  @HttpCode(200)
  deactivateStaff(@CurrentSession() { principal }: LiveSession, @Param('id', STAFF_ID) id: StaffId): Promise<StaffDto> {
    return this.staff.deactivateStaff(principal, id);
  }

  /** Brings back somebody who was deactivated, with these roles; they choose a password anew. Roles that move money wait for consent. */
  @Post(':id/reactivate')
  @HttpCode(200)
  reactivateStaff(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_ID) id: StaffId,
    @Body() { roles }: ChangeRolesDto,
  ): Promise<InvitedStaffDto> {
    return this.staff.reactivate(principal, id, roles);
  }

  /**
   * Ends the password and the sessions of another member of staff, and sends them a link to choose a new one. Where the link cannot be
   * e-mailed and the account moves money, another admin consents first. The second factor stays.
   */
  @Post(':id/password-reset')
  @HttpCode(200)
  resetStaffPassword(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_ID) id: StaffId,
  ): Promise<InvitedStaffDto> {
    return this.staff.resetPassword(principal, id);
  }

  /** A new link for somebody who has not chosen a password; the one before ends. */
  @Post(':id/invitation')
  @HttpCode(200)
  resendStaffInvitation(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_ID) id: StaffId,
  ): Promise<InvitedStaffDto> {
    return this.staff.resendInvitation(principal, id);
  }

  /** Ends a link that was not used. */
  @Delete(':id/invitation')
  @HttpCode(204)
  withdrawStaffInvitation(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_ID) id: StaffId,
  ): Promise<void> {
    return this.staff.withdrawInvitation(principal, id);
  }

  /**
   * Changes what another member of staff may do. It holds from their next call on; their sessions stay. A role that moves money and is new
   * to them waits until another admin consents. Nobody changes their own roles.
   */
  @Put(':id/roles')
  replaceStaffRoles(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_ID) id: StaffId,
    @Body() body: ChangeRolesDto,
  ): Promise<StaffDto> {
    return this.staff.changeRoles(principal, id, body.roles);
  }

  /** Where a member of staff is signed in, the latest first. */
  @Get(':id/sessions')
  async listStaffSessions(@Param('id', STAFF_ID) id: StaffId): Promise<StaffSessionListDto> {
    await this.staff.assertKnown(id);
    return { items: await this.sessions.list(id, null) };
  }

  /** Signs a member of staff out everywhere. */
  @Delete(':id/sessions')
  @HttpCode(204)
  async endStaffSessions(@CurrentPrincipal() principal: Principal, @Param('id', STAFF_ID) id: StaffId): Promise<void> {
    await this.staff.assertKnown(id);
    await this.sessions.endSessions(principal, id, null);
  }

  /** Signs a member of staff out in one place. */
  @Delete(':id/sessions/:session')
  @HttpCode(204)
  async endStaffSession(
    @CurrentPrincipal() principal: Principal,
    @Param('id', STAFF_ID) id: StaffId,
    @Param('session', SESSION_ID) session: SessionId,
  ): Promise<void> {
    await this.staff.assertKnown(id);
    await this.sessions.endSession(principal, id, session);
  }
}
