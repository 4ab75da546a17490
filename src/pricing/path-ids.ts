import { KnownId } from '../shared/known-id.js';
import type { PricingErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const PRICE_RULE_ID = new KnownId('priceRule', 'price-rule.not-found' satisfies PricingErrorCode);
