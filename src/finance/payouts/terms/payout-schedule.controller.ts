import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { PageQuery, pageRequest } from '../../../shared/page.dto.js';
import { present } from '../../../shared/present.js';
import {
  BankDaysDto,
  BankDaysQuery,
  PayoutSchedulePageDto,
  PayoutScheduleWithRunsDto,
  PutPayoutScheduleDto,
} from './payout-schedule.dto.js';
import { PayoutScheduleService } from './payout-schedule.service.js';
import type { PayoutScheduleId } from '../../../shared/ids.js';
import { SCHEDULE_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payout-schedules')
@Allow('admin', 'finance-maker', 'finance-checker', 'auditor')
export class PayoutScheduleController {
  constructor(private readonly schedules: PayoutScheduleService) {}

  /** Lets batches be drafted automatically; people take them from there. */
  @Post()
  @Allow('admin', 'finance-maker')
  createPayoutSchedule(
    @CurrentPrincipal() by: Staff,
    @Body() body: PutPayoutScheduleDto,
  ): Promise<PayoutScheduleWithRunsDto> {
    return this.schedules.createSchedule(by, present(body));
  }

  /** Replaces a schedule's terms, such as its holidays, from now on. */
  @Put(':id')
  @Allow('admin', 'finance-maker')
  replacePayoutSchedule(
    @CurrentPrincipal() by: Staff,
    @Param('id', SCHEDULE_ID) id: PayoutScheduleId,
    @Body() body: PutPayoutScheduleDto,
  ): Promise<PayoutScheduleWithRunsDto> {
    return this.schedules.replaceSchedule(by, id, present(body));
  }

  /** Ends a schedule for good; what it drafted stays. */
  @Post(':id/end')
  @HttpCode(200)
  @Allow('admin', 'finance-maker')
  endPayoutSchedule(
    @CurrentPrincipal() by: Staff,
    @Param('id', SCHEDULE_ID) id: PayoutScheduleId,
  ): Promise<PayoutScheduleWithRunsDto> {
    return this.schedules.endSchedule(by, id);
  }

  /** Schedules, the latest first. */
  @Get()
  listPayoutSchedules(@Query() query: PageQuery): Promise<PayoutSchedulePageDto> {
    return this.schedules.listSchedules(pageRequest(query));
  }

  /** One schedule, and what it did. */
  @Get(':id')
  readPayoutSchedule(@Param('id', SCHEDULE_ID) id: PayoutScheduleId): Promise<PayoutScheduleWithRunsDto> {
    return this.schedules.getSchedule(id);
  }

  /** The days of a year on which banks rest, or work on a weekend, as this schedule sees them, and who says so. */
  @Get(':id/bank-days')
  listBankDays(@Param('id', SCHEDULE_ID) id: PayoutScheduleId, @Query() { year }: BankDaysQuery): Promise<BankDaysDto> {
    return this.schedules.listBankDays(id, year);
  }
}
