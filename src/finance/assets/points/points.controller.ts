import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { pageRequest } from '../../../shared/page.dto.js';
import { ExpiringPointsPageDto, ExpiringQuery, MerchantPointsDto, PointsLotDetailDto } from './points.dto.js';
import { PointsReadingService } from './points-reading.service.js';
import type { MerchantId, PointsLotId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';
import { LOT_ID } from '../path-ids.js';

@ApiTags('Points and coupons')
@Controller('v1')
export class PointsController {
  constructor(private readonly points: PointsReadingService) {}

  /** A merchant's points by lot, the first to expire first, and how many expire soon; also for the merchant. */
  @Allow('staff', 'merchant')
  @Get('merchants/:id/points')
  readPoints(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: ExpiringQuery,
  ): Promise<MerchantPointsDto> {
    return this.points.readPoints(merchantId, query.withinDays, pageRequest(query));
  }

  /** Points that expire soon, of all merchants. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('finance/expiring-points')
  listExpiringPoints(@Query() query: ExpiringQuery): Promise<ExpiringPointsPageDto> {
    return this.points.listExpiring(query.withinDays, pageRequest(query));
  }

  /** A lot of points, with everything that has happened to it. */
  @Allow('staff')
  @Get('points-lots/:id')
  readPointsLot(@Param('id', LOT_ID) id: PointsLotId): Promise<PointsLotDetailDto> {
    return this.points.readLot(id);
  }
}
