import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { payoutEntities } from './payouts.entities.js';
import { OpenLinesRepository } from './bank-reports/open-lines.repository.js';
import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { Config } from '../../core/config.js';
import { AccountNumberVault, DatabaseModule } from '../../database/index.js';
import { AssetsModule } from '../assets/index.js';
import { LedgerModule } from '../ledger/index.js';
import { BalanceController } from './balances/balance.controller.js';
import { BalanceService } from './balances/balance.service.js';
import { PayoutTrailRepository } from './balances/payout-trail.repository.js';
import { FailureStatementController } from './delivery/failure-statement.controller.js';
import { FailureStatementService } from './delivery/failure-statement.service.js';
import { MerchantPayoutController } from './balances/merchant-payout.controller.js';
import { MerchantPayoutService } from './balances/merchant-payout.service.js';
import { PayoutScheduleRepository } from './terms/payout-schedule.repository.js';
import { BankingDays } from './terms/banking-days.service.js';
import { BatchCheck } from './batches/batch-check.service.js';
import { BatchDifferencesRepository } from './batches/batch-differences.repository.js';
import { BatchDifferencesService } from './batches/batch-differences.service.js';
import { BatchPauseController } from './batches/batch-pause.controller.js';
import { BatchPauseRepository } from './batches/batch-pause.repository.js';
import { BatchPauseService } from './batches/batch-pause.service.js';
import { PayeeLookUp } from './accounts/payee-look-up.js';
import { CancelTransferController } from './delivery/cancel-transfer.controller.js';
import { CancelTransferService } from './delivery/cancel-transfer.service.js';
import { PayoutBatchService } from './batches/payout-batch.service.js';
import { PayoutContradictionController } from './delivery/payout-contradiction.controller.js';
import { PayoutContradictionRepository } from './delivery/payout-contradiction.repository.js';
import { PayoutContradictionService } from './delivery/payout-contradiction.service.js';
import { PayoutController } from './batches/payout.controller.js';
import { PayoutAttemptRepository } from './delivery/payout-attempt.repository.js';
import { PayoutDeliveryService } from './delivery/payout-delivery.service.js';
import { PayoutDraftService } from './batches/payout-draft.service.js';
import { PayoutFileService } from './batches/payout-file.service.js';
import { PayoutFileRepository } from './batches/payout-file.repository.js';
import { PayoutFinder } from './payout-finder.repository.js';
import { PayoutWork } from './payout-work.repository.js';
import { PayoutHousekeeping } from './batches/payout-housekeeping.service.js';
import { PayoutCountRepository } from './payout-count.repository.js';
import { PayoutMetrics } from './payout-metrics.js';
import { PayoutOutcomeService } from './payout-outcome.service.js';
import { PayoutPosting } from './payout-posting.js';
import { PayoutPolicyController } from './terms/payout-policy.controller.js';
import { PayoutPolicyService } from './terms/payout-policy.service.js';
import { PayoutQueryService } from './batches/payout-query.service.js';
import { PayoutRefreshService } from './batches/payout-refresh.service.js';
import { PayoutRepository } from './payout.repository.js';
import { PayoutRequestController } from './batches/payout-request.controller.js';
import { PayoutRequestService } from './batches/payout-request.service.js';
import { PayoutRailController } from './rails/payout-rail.controller.js';
import { SinglePayoutController } from './batches/single-payout.controller.js';
import { PayoutScheduleController } from './terms/payout-schedule.controller.js';
import { PayoutScheduleService } from './terms/payout-schedule.service.js';
import { PlatformAccountController } from './accounts/platform-account.controller.js';
import { PlatformAccountService } from './accounts/platform-account.service.js';
import { ScheduledDraftService } from './batches/scheduled-draft.service.js';
import { WaitingMerchantsController } from './batches/waiting-merchants.controller.js';
import { WaitingMerchantsRepository } from './batches/waiting-merchants.repository.js';
import { WaitingMerchantsService } from './batches/waiting-merchants.service.js';
import { WechatPayeeService } from './accounts/wechat-payee.service.js';
import { RAIL_CONTROLLERS, RAIL_PROVIDERS, RAIL_TYPES } from './rails/catalogue.js';
import type { FileRail, OnlineRail } from './rails/payout-rail.js';
import { PayoutStopService } from './batches/payout-stop.service.js';
import { Rails } from './rails/rails.js';
import { PayoutsPersonalData } from './payouts-personal-data.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(payoutEntities),
    AccessModule,
    DeskModule,
    DatabaseModule,
    LedgerModule,
    AssetsModule,
  ],
  controllers: [
    BalanceController,
    BatchPauseController,
    CancelTransferController,
    FailureStatementController,
    MerchantPayoutController,
    PayoutContradictionController,
    PayoutController,
    PayoutPolicyController,
    PayoutRequestController,
    PayoutRailController,
    SinglePayoutController,
    PayoutScheduleController,
    PlatformAccountController,
    WaitingMerchantsController,
    ...RAIL_CONTROLLERS,
  ],
  providers: [
    PayoutsPersonalData,
    BalanceService,
    PayoutTrailRepository,
    BatchPauseRepository,
    BatchPauseService,
    CancelTransferService,
    FailureStatementService,
    OpenLinesRepository,
    MerchantPayoutService,
    PayoutScheduleRepository,
    BankingDays,
    BatchCheck,
    BatchDifferencesRepository,
    BatchDifferencesService,
    PayeeLookUp,
    PayoutBatchService,
    PayoutContradictionRepository,
    PayoutCountRepository,
    PayoutContradictionService,
    PayoutAttemptRepository,
    PayoutDeliveryService,
    PayoutDraftService,
    PayoutFileRepository,
    PayoutFileService,
    PayoutFinder,
    PayoutHousekeeping,
    PayoutMetrics,
    PayoutOutcomeService,
    PayoutPolicyService,
    PayoutQueryService,
    PayoutPosting,
    PayoutRefreshService,
    PayoutRepository,
    PayoutRequestService,
    PayoutScheduleService,
    PayoutStopService,
    PayoutWork,
    PlatformAccountService,
    ScheduledDraftService,
    WaitingMerchantsRepository,
    WaitingMerchantsService,
    ...RAIL_PROVIDERS,
    { provide: Rails, useFactory: (...rails: (FileRail | OnlineRail)[]) => new Rails(rails), inject: RAIL_TYPES },
    WechatPayeeService,
    {
      provide: AccountNumberVault,
      useFactory: (config: Config) => new AccountNumberVault(config.dataKeys, config.blindIndexKey),
      inject: [Config],
    },
  ],
  exports: [
    OpenLinesRepository,
    PayoutTrailRepository,
    PayoutQueryService,
    AccountNumberVault,
    PayoutDeliveryService,
    PayoutHousekeeping,
    PayoutOutcomeService,
    ScheduledDraftService,
  ],
})
export class PayoutsModule {}
