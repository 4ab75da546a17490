import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, type Staff } from '../access/index.js';
import { FindQuery, FindResultDto, WorkDto } from './desk.dto.js';
import { Finders } from './finders.js';
import { WaitingWork } from './waiting-work.js';

@ApiTags('Overview')
@Controller('v1')
export class DeskController {
  constructor(
    private readonly finders: Finders,
    private readonly work: WaitingWork,
  ) {}

  /** Whatever has this number, as far as you may read it: an order, a reward, a journal, a payout, a bank line … */
  @Get('find')
  @Allow('staff')
  async listFound(@CurrentPrincipal() principal: Principal, @Query() { number }: FindQuery): Promise<FindResultDto> {
    return { items: await this.finders.find(principal, number) };
  }

  /** What waits for you, by your roles. What you made yourself and a second person decides is not among it. */
  @Get('work')
  @Allow('staff')
  async readWork(@CurrentPrincipal() staff: Staff): Promise<WorkDto> {
    return { items: await this.work.countFor(staff) };
  }
}
