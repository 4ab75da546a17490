import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery, pageRequest } from '../shared/page.dto.js';
import { Allow, CurrentPrincipal, CurrentSession } from './allow.decorator.js';
import type { Principal } from './principal.js';
import { SessionService } from './session.service.js';
import {
  ChangeRolesDto,
  CreateStaffDto,
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

  /** Adds a member of staff. */
  @Post()
  createStaff(@CurrentPrincipal() principal: Principal, @Body() body: CreateStaffDto): Promise<StaffDto> {
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
  deactivateStaff(@CurrentPrincipal() principal: Principal, @Param('id', STAFF_ID) id: StaffId): Promise<StaffDto> {
    return this.staff.deactivateStaff(principal, id);
  }

  /**
   * Changes what another member of staff may do. It holds from their next call on; their sessions stay. Nobody changes their own roles,
   * and the last active admin stays one.
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
