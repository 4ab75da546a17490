import { Controller, Get, Headers, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { MERCHANT_ID } from '../../database/index.js';
import type { MerchantId } from '../../shared/ids.js';
import { mapped } from '../../shared/csv.js';
import { csvFile } from '../../shared/csv-file.js';
import { DayCounter } from './day-counter.js';
import {
  CohortQuery,
  CohortsDto,
  DaysQuery,
  FigurePageDto,
  FigureQuery,
  LeaderQuery,
  LeadersDto,
  MerchantFiguresDto,
  RecountDto,
} from './figure.dto.js';
import { COHORT_COLUMNS, cohortRows, GROUP_COLUMNS, groupRow } from './figure-csv.js';
import { FigureService } from './figure.service.js';

const CSV = /\btext\/csv\b/;

@ApiTags('Overview')
@Controller('v1')
export class FigureController {
  constructor(
    private readonly figures: FigureService,
    private readonly counter: DayCounter,
  ) {}

  /**
   * Counts and sums by day, merchant, group, storefront or product: visits, orders, sales, refunds and what rewards cost, as a
   * worker has counted them. With `Accept: text/csv` all as CSV, without pages.
   */
  @Get('stats/daily')
  @Allow('staff')
  @ApiOkResponse({ type: FigurePageDto })
  async listFigures(
    @Query() query: FigureQuery,
    @Headers('accept') accept = '',
  ): Promise<FigurePageDto | StreamableFile> {
    const page = await this.figures.listFigures(query);
    if (!CSV.test(accept)) return page;
    return csvFile('figures.csv', GROUP_COLUMNS, mapped(this.figures.streamFigures(query), groupRow));
  }

  /** The merchants who are first in sales, orders or visits; `limit` says how many. With `Accept: text/csv` as CSV. */
  @Get('stats/leaders')
  @Allow('staff')
  @ApiOkResponse({ type: LeadersDto })
  async listLeaders(@Query() query: LeaderQuery, @Headers('accept') accept = ''): Promise<LeadersDto | StreamableFile> {
    const leaders = await this.figures.listLeaders(query);
    return CSV.test(accept) ? csvFile('leaders.csv', GROUP_COLUMNS, each(leaders.items.map(groupRow))) : leaders;
  }

  /** Merchants by month of joining, and how many of them brought what in each month since. With `Accept: text/csv` as CSV. */
  @Get('stats/cohorts')
  @Allow('staff')
  @ApiOkResponse({ type: CohortsDto })
  async listCohorts(@Query() query: CohortQuery, @Headers('accept') accept = ''): Promise<CohortsDto | StreamableFile> {
    const cohorts = await this.figures.listCohorts(query);
    return CSV.test(accept) ? csvFile('cohorts.csv', COHORT_COLUMNS, each(cohortRows(cohorts))) : cohorts;
  }

  /** Has everything counted anew, from visits, orders and journals. */
  @Post('stats/recount')
  @HttpCode(202)
  @Allow('admin')
  async requestRecount(): Promise<RecountDto> {
    await this.counter.requestRebuild();
    return { state: 'requested' };
  }

  /** What a merchant brought: today, this month, and by day; for staff, and for the merchant. */
  @Get('merchants/:id/stats')
  @Allow('staff', 'merchant')
  readMerchantFigures(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: DaysQuery,
  ): Promise<MerchantFiguresDto> {
    return this.figures.readMerchantFigures(merchantId, query);
  }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
