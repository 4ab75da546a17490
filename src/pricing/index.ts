export type { PricingErrorCode } from './errors.js';
export { PricingModule } from './pricing.module.js';
