export type { FinanceErrorCode } from './errors.js';
export { FinanceModule } from './finance.module.js';
export { ledgerEntities } from './ledger/ledger.entities.js';
export { sealEntities } from './seal/seal.entity.js';
