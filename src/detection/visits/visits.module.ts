import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VisitEntity } from './visit.entity.js';

import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { DatabaseModule } from '../../database/index.js';
import { ArrivalTokens } from './arrival-tokens.js';
import { OrderVisits } from './order-visits.js';
import { ShareLinkController } from './share-link.controller.js';
import { ShareLinkService } from './share-link.service.js';
import { VisitController } from './visit.controller.js';
import { VisitFinder } from './visit-finder.repository.js';
import { VisitListService } from './visit-list.service.js';
import { VisitMetrics } from './visit-metrics.js';
import { VisitRecorder } from './visit-recorder.js';
import { VisitRetention } from './visit-retention.js';
import { VisitRetentionEntity } from './visit-retention.entity.js';
import { VisitRetentionRepository } from './visit-retention.repository.js';
import { VisitRepository } from './visit.repository.js';
import { VisitService } from './visit.service.js';
import { VisitTokens } from './visit-tokens.js';

/** Which merchant a request belongs to, and why. */
@Module({
  imports: [TypeOrmModule.forFeature([VisitEntity, VisitRetentionEntity]), AccessModule, DeskModule, DatabaseModule],
  controllers: [VisitController, ShareLinkController],
  providers: [
    VisitTokens,
    ArrivalTokens,
    OrderVisits,
    VisitService,
    VisitFinder,
    VisitListService,
    ShareLinkService,
    VisitMetrics,
    VisitRecorder,
    VisitRepository,
    VisitRetention,
    VisitRetentionRepository,
  ],
  exports: [OrderVisits, VisitRetention, VisitTokens],
})
export class VisitsModule {}
