import { Access1764000010000 } from './1764000010000-access.js';
import { MerchantRegistry1764000020000 } from './1764000020000-merchant-registry.js';
import { Detection1764000030000 } from './1764000030000-detection.js';
import { Pricing1764000040000 } from './1764000040000-pricing.js';
import { Ledger1764000050000 } from './1764000050000-ledger.js';
import { Rewards1764000060000 } from './1764000060000-rewards.js';
import { Payouts1764000070000 } from './1764000070000-payouts.js';
import { BankReports1764000071000 } from './1764000071000-bank-reports.js';
import { JournalSeal1764000080000 } from './1764000080000-journal-seal.js';
import { PayoutFileFormat1764000090000 } from './1764000090000-payout-file-format.js';
import { WechatPay1764000091000 } from './1764000091000-wechat-pay.js';
import { AuditResult1764150000000 } from './1764150000000-audit-result.js';
import { PointsLots1764110000000 } from './1764110000000-points-lots.js';
import { RedemptionReversals1764110001000 } from './1764110001000-redemption-reversals.js';
import { PayoutPolicy1764120000000 } from './1764120000000-payout-policy.js';
import { RefundExtras1764250000000 } from './1764250000000-refund-extras.js';
import { SecondFactor1764160000000 } from './1764160000000-second-factor.js';
import { RewardRuleTerms1764100000000 } from './1764100000000-reward-rule-terms.js';
import { Holds1764140000000 } from './1764140000000-holds.js';
import { PayoutRetry1764121000000 } from './1764121000000-payout-retry.js';
import { BankReportLines1764130000000 } from './1764130000000-bank-report-lines.js';
import { Coupons1764110002000 } from './1764110002000-coupons.js';
import { PayoutSchedule1764122000000 } from './1764122000000-payout-schedule.js';
import { BankFileSettings1764230002000 } from './1764230002000-bank-file-settings.js';
import { LongestUnpaid1764230001000 } from './1764230001000-longest-unpaid.js';
import { PayoutWithdrawal1764230000000 } from './1764230000000-payout-withdrawal.js';
import { VolumeRefunds1764250001000 } from './1764250001000-volume-refunds.js';
import { AskAgain1764260000000 } from './1764260000000-ask-again.js';
import { JobRun1764240000000 } from './1764240000000-job-run.js';
import { HolderLatin1764220000000 } from './1764220000000-holder-latin.js';
import { AuditKeptAt1764280000000 } from './1764280000000-audit-kept-at.js';
import { ReadsByWhatIsAsked1764280001000 } from './1764280001000-reads-by-what-is-asked.js';
import { PayoutDelivery1764240001000 } from './1764240001000-payout-delivery.js';
import { BankBookings1764210000000 } from './1764210000000-bank-bookings.js';
import { PayeeTown1764290000000 } from './1764290000000-payee-town.js';
import { OrderRevisions1764295000000 } from './1764295000000-order-revisions.js';
import { FailureStatements1764298000000 } from './1764298000000-failure-statements.js';
import { CancelAskedAt1764299000000 } from './1764299000000-cancel-asked-at.js';

/** Every migration, oldest first. A class name ends in the moment it was written, by which TypeORM orders them. */
// prettier-ignore
export const migrations: (new () => object)[] = [
  Access1764000010000,
  MerchantRegistry1764000020000,
  Detection1764000030000,
  Pricing1764000040000,
  Ledger1764000050000,
  Rewards1764000060000,
  Payouts1764000070000,
  BankReports1764000071000,
  JournalSeal1764000080000,
  PayoutFileFormat1764000090000,
  WechatPay1764000091000,
  AuditResult1764150000000,
  PointsLots1764110000000,
  RedemptionReversals1764110001000,
  PayoutPolicy1764120000000,
  SecondFactor1764160000000,
  RewardRuleTerms1764100000000,
  Holds1764140000000,
  PayoutRetry1764121000000,
  BankReportLines1764130000000,
  Coupons1764110002000,
  PayoutSchedule1764122000000,
  PayoutWithdrawal1764230000000,
  AskAgain1764260000000,
  JobRun1764240000000,
  HolderLatin1764220000000,
  RefundExtras1764250000000,
  VolumeRefunds1764250001000,
  LongestUnpaid1764230001000,
  AuditKeptAt1764280000000,
  ReadsByWhatIsAsked1764280001000,
  BankFileSettings1764230002000,
  PayoutDelivery1764240001000,
  BankBookings1764210000000,
  PayeeTown1764290000000,
  OrderRevisions1764295000000,
  FailureStatements1764298000000,
  CancelAskedAt1764299000000,
];
