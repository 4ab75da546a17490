export { CouponExpiryService, PointsExpiryService, assetProblems } from './assets/index.js';
export {
  ScheduledAudit,
  allInvariants,
  auditProblems,
  checkInvariant,
  invariantsByFolder,
  statement,
} from './audit/index.js';
export { decisionProblems } from './decisions/index.js';
export { DayCounter } from './figures/index.js';
export { FinanceModule } from './finance.module.js';
export {
  BookCloser,
  INVARIANTS,
  type InvariantNumber,
  SealRepository,
  Sealer,
  type SqlInvariant,
  ledgerProblems,
} from './ledger/index.js';
export {
  BANK_REPORTS_PATH,
  PayoutDeliveryService,
  PayoutHousekeeping,
  ReportUpload,
  ScheduledDraftService,
  WECHAT_NOTIFICATION_PATH,
  payoutProblems,
  sealedPayouts,
} from './payouts/index.js';
export { MaturityService, PostingService, SweepService, rewardProblems } from './rewards/index.js';
