import { KnownId } from '../shared/known-id.js';
import type { DatabaseErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const APPLICATION_ID = new KnownId('application', 'application.not-found' satisfies DatabaseErrorCode);
export const MERCHANT_ID = new KnownId('merchant', 'merchant.not-found' satisfies DatabaseErrorCode);
export const BANK_ACCOUNT_ID = new KnownId('bankAccount', 'bank-account.not-found' satisfies DatabaseErrorCode);
export const STOREFRONT_ID = new KnownId('storefront', 'storefront.not-found' satisfies DatabaseErrorCode);
