export type { FinanceErrorCode } from './errors.js';
export { FinanceModule } from './finance.module.js';
export { ledgerEntities } from './ledger/ledger.entities.js';
export { sealEntities } from './seal/seal.entity.js';
export { rewardEntities } from './rewards/rewards.entities.js';
export { PostingService } from './rewards/posting.service.js';
export { SweepService } from './rewards/sweep.service.js';
export { MaturityService } from './rewards/maturity.service.js';
