import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { pageRequest } from '../../shared/page.dto.js';
import { ExpiringPointsPage, ExpiringQuery, MerchantPointsView, PointsLotDetailView } from './points.dto.js';
import { PointsReadingService } from './points-reading.service.js';

@ApiTags('Points and coupons')
@ApiBearerAuth()
@Controller('v1')
export class PointsController {
  constructor(private readonly points: PointsReadingService) {}

  /** A merchant's points by lot, the first to expire first, and how many lapse soon; also for the merchant. */
  @Allow('staff', 'merchant')
  @Get('merchants/:id/points')
  read(@Param('id') merchantId: string, @Query() query: ExpiringQuery): Promise<MerchantPointsView> {
    return this.points.readPoints(merchantId, query.withinDays, pageRequest(query));
  }

  /** Points that lapse soon, of all merchants. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get('finance/expiring-points')
  expiring(@Query() query: ExpiringQuery): Promise<ExpiringPointsPage> {
    return this.points.listExpiring(query.withinDays, pageRequest(query));
  }

  /** A lot of points, with everything that has happened to it. */
  @Allow('staff')
  @Get('points-lots/:id')
  lot(@Param('id') id: string): Promise<PointsLotDetailView> {
    return this.points.readLot(id);
  }
}
