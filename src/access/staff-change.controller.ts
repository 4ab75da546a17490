import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { pageRequest } from '../shared/page.dto.js';
import type { StaffChangeId } from '../shared/ids.js';
import { Allow, CurrentSession } from './allow.decorator.js';
import { STAFF_CHANGE_ID } from './path-ids.js';
import { ConsentedChangeDto, StaffChangeDto, StaffChangePageDto, StaffChangeQuery } from './staff-change.dto.js';
import { StaffConsentService } from './staff-consent.service.js';
import type { LiveSession } from './staff.repository.js';

@ApiTags('Staff and storefronts')
@Controller('v1/staff/changes')
@Allow('admin')
export class StaffChangeController {
  constructor(private readonly consent: StaffConsentService) {}

  /** Changes of accounts that move money, the latest first; `state=waiting` is what needs another admin. */
  @Get()
  @Allow('admin', 'auditor')
  listStaffChanges(@Query() query: StaffChangeQuery): Promise<StaffChangePageDto> {
    return this.consent.list(query.state, pageRequest(query));
  }

  /** Agrees to what another admin asked for, and does it. Shows the person's link if they have to choose a password. */
  @Post(':id/consent')
  @HttpCode(200)
  consentToStaffChange(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_CHANGE_ID) id: StaffChangeId,
  ): Promise<ConsentedChangeDto> {
    return this.consent.consent(principal, id);
  }

  /** Refuses what another admin asked for. */
  @Post(':id/refuse')
  @HttpCode(200)
  refuseStaffChange(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_CHANGE_ID) id: StaffChangeId,
  ): Promise<StaffChangeDto> {
    return this.consent.refuse(principal, id);
  }

  /** Takes back what one asked for. */
  @Post(':id/withdraw')
  @HttpCode(200)
  withdrawStaffChange(
    @CurrentSession() { principal }: LiveSession,
    @Param('id', STAFF_CHANGE_ID) id: StaffChangeId,
  ): Promise<StaffChangeDto> {
    return this.consent.withdraw(principal, id);
  }
}
