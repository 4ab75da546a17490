export { createDataSource } from './data-source.js';
export { UnitOfWork } from './unit-of-work.js';
export { isDuplicate, isDatabaseAway } from './driver-error.js';
export { RefreshedDirectory, type ChangeSource } from './refreshed-directory.js';
export { MerchantDirectory, type MerchantCard, type MerchantState } from './merchant-directory.js';
export { MerchantRegistry, type Beneficiary } from './merchant-registry.js';
export type { DatabaseErrorCode } from './errors.js';
export { DatabaseModule } from './database.module.js';
export { minorColumn, insertRows } from './columns.js';
