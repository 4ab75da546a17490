import { Module } from '@nestjs/common';
import { AccessModule } from '../../../access/index.js';
import { DatabaseModule } from '../../../database/index.js';
import { LedgerModule } from '../../ledger/index.js';
import { PointsController } from './points.controller.js';
import { PointsExpiryService } from './points-expiry.service.js';
import { PointsReadingService } from './points-reading.service.js';

/** Points: what they are made of, and when they lapse. */
@Module({
  imports: [AccessModule, DatabaseModule, LedgerModule],
  controllers: [PointsController],
  providers: [PointsExpiryService, PointsReadingService],
  exports: [PointsExpiryService],
})
export class PointsModule {}
