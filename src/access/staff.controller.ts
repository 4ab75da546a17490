import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery, pageRequest } from '../shared/page.dto.js';
import { Allow, CurrentPrincipal } from './allow.decorator.js';
import type { Principal } from './principal.js';
import { CreateStaffDto, StaffDto, StaffPageDto } from './staff.dto.js';
import { StaffService } from './staff.service.js';
import type { StaffId } from '../shared/ids.js';
import { STAFF_ID } from './path-ids.js';

@ApiTags('Staff and storefronts')
@Controller('v1/staff')
@Allow('admin')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

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

  /** Ends an account and its sessions. The last active admin stays. */
  @Post(':id/deactivate')
  @HttpCode(200)
  deactivateStaff(@CurrentPrincipal() principal: Principal, @Param('id', STAFF_ID) id: StaffId): Promise<StaffDto> {
    return this.staff.deactivateStaff(principal, id);
  }
}
