import { accessEntities } from './access/index.js';
import { JobRunEntity, registryEntities } from './database/index.js';
import { detectionEntities } from './detection/index.js';
import {
  auditEntities,
  bankReportEntities,
  holdEntities,
  couponEntities,
  ledgerEntities,
  payoutEntities,
  pointsEntities,
  redemptionEntities,
  rewardEntities,
  sealEntities,
} from './finance/index.js';
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
