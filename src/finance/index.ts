export type { FinanceErrorCode } from './errors.js';
export { FinanceModule } from './finance.module.js';
