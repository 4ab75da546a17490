import { accessEntities } from './access/index.js';
import { JobRunEntity } from './core/job-runs.js';
import { registryEntities } from './database/index.js';
import { detectionEntities } from './detection/index.js';
import { auditEntities } from './finance/audit/index.js';
import { bankReportEntities, payoutEntities } from './finance/payouts/index.js';
import { holdEntities } from './finance/decisions/index.js';
import { couponEntities, pointsEntities, redemptionEntities } from './finance/assets/index.js';
import { ledgerEntities, sealEntities } from './finance/ledger/index.js';
import { rewardEntities } from './finance/rewards/index.js';
import { pricingEntities } from './pricing/index.js';

/** Every table's entity, from the modules that own them. */
// prettier-ignore
export const entities: (new () => object)[] = [
  ...accessEntities,
  ...registryEntities,
  JobRunEntity,
  ...detectionEntities,
  ...pricingEntities,
  ...ledgerEntities,
  ...rewardEntities,
  ...pointsEntities,
  ...redemptionEntities,
  ...holdEntities,
  ...couponEntities,
  ...payoutEntities,
  ...bankReportEntities,
  ...sealEntities,
  ...auditEntities,
];
