import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { payoutEntities } from './payouts.entities.js';

import { OpenLines } from './bank-reports/open-lines.js';
import { AccessModule } from '../../access/index.js';
import { Config } from '../../core/config.js';
import { AccountNumberVault, DatabaseModule } from '../../database/index.js';
import { AssetsModule } from '../assets/index.js';
import { LedgerModule } from '../ledger/index.js';
import { BalanceController } from './balances/balance.controller.js';
import { BalanceService } from './balances/balance.service.js';
import { PayoutTrailRepository } from './balances/payout-trail.repository.js';
import { FailureStatementController } from './failure-statement.controller.js';
import { FailureStatementService } from './failure-statement.service.js';
import { MerchantPayoutController } from './merchant-payout.controller.js';
import { MerchantPayoutService } from './merchant-payout.service.js';
import { BankingDays } from './banking-days.service.js';
import { BatchCheck } from './batch-check.service.js';
import { BatchPauseController } from './batch-pause.controller.js';
import { BatchPauseService } from './batch-pause.service.js';
import { PayeeLookUp } from './payee-look-up.js';
import { CancelTransferController } from './cancel-transfer.controller.js';
import { CancelTransferService } from './cancel-transfer.service.js';
import { PayoutBatchService } from './payout-batch.service.js';
import { PayoutContradictionController } from './payout-contradiction.controller.js';
import { PayoutContradictionService } from './payout-contradiction.service.js';
import { PayoutController } from './payout.controller.js';
import { PayoutDeliveryService } from './payout-delivery.service.js';
import { PayoutDraftService } from './payout-draft.service.js';
import { PayoutFileService } from './payout-file.service.js';
import { PayoutHousekeeping } from './payout-housekeeping.service.js';
import { PayoutOutcomeService } from './payout-outcome.service.js';
import { PayoutPosting } from './payout-posting.js';
import { PayoutPolicyController } from './payout-policy.controller.js';
import { PayoutPolicyService } from './payout-policy.service.js';
import { PayoutQueryService } from './payout-query.service.js';
import { PayoutRefreshService } from './payout-refresh.service.js';
import { PayoutRepository } from './payout.repository.js';
import { PayoutRequestController } from './payout-request.controller.js';
import { PayoutRequestService } from './payout-request.service.js';
import { PayoutRetryController } from './payout-retry.controller.js';
import { PayoutScheduleController } from './payout-schedule.controller.js';
import { PayoutScheduleService } from './payout-schedule.service.js';
import { PlatformAccountController } from './platform-account.controller.js';
import { PlatformAccountService } from './platform-account.service.js';
import { CsvFileRail } from './rails/csv-file.rail.js';
import { HttpBankRail } from './rails/http-bank.rail.js';
import { Iso20022FileRail } from './rails/iso20022-file.rail.js';
import { WechatPayRail } from './rails/wechat-pay.rail.js';
import { ScheduledDraftService } from './scheduled-draft.service.js';
import { WaitingMerchantsController } from './waiting-merchants.controller.js';
import { WaitingMerchantsRepository } from './waiting-merchants.repository.js';
import { WaitingMerchantsService } from './waiting-merchants.service.js';
import { WechatPayNotificationController } from './wechat-pay-notification.controller.js';
import { WechatPayNotificationService } from './wechat-pay-notification.service.js';
import { WechatPayeeController } from './wechat-payee.controller.js';
import { WechatPayeeService } from './wechat-payee.service.js';
import { Rails } from './rails/rails.js';

@Module({
  imports: [TypeOrmModule.forFeature(payoutEntities), AccessModule, DatabaseModule, LedgerModule, AssetsModule],
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
    PayoutRetryController,
    PayoutScheduleController,
    PlatformAccountController,
    WaitingMerchantsController,
    WechatPayeeController,
    WechatPayNotificationController,
  ],
  providers: [
    BalanceService,
    PayoutTrailRepository,
    BatchPauseService,
    CancelTransferService,
    FailureStatementService,
    OpenLines,
    MerchantPayoutService,
    BankingDays,
    BatchCheck,
    PayeeLookUp,
    PayoutBatchService,
    PayoutContradictionService,
    PayoutDeliveryService,
    PayoutDraftService,
    PayoutFileService,
    PayoutHousekeeping,
    PayoutOutcomeService,
    PayoutPolicyService,
    PayoutQueryService,
    PayoutPosting,
    PayoutRefreshService,
    PayoutRepository,
    PayoutRequestService,
    PayoutScheduleService,
    PlatformAccountService,
    ScheduledDraftService,
    WaitingMerchantsRepository,
    WaitingMerchantsService,
    CsvFileRail,
    HttpBankRail,
    Iso20022FileRail,
    Rails,
    WechatPayRail,
    WechatPayNotificationService,
    WechatPayeeService,
    {
      provide: AccountNumberVault,
      useFactory: (config: Config) => new AccountNumberVault(config.dataKeys, config.blindIndexKey),
      inject: [Config],
    },
  ],
  exports: [
    OpenLines,
    PayoutTrailRepository,
    AccountNumberVault,
    PayoutDeliveryService,
    PayoutHousekeeping,
    PayoutOutcomeService,
    ScheduledDraftService,
  ],
})
export class PayoutsModule {}
