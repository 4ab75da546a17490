import type { EntityManager } from 'typeorm';
import type { DatabaseErrorCode } from '../errors.js';
import type { MerchantRegistry } from './merchant-registry.js';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';

/** Throws `merchant.not-found` when there is no such merchant. */
export async function assertMerchant(
  tx: EntityManager,
  merchants: MerchantRegistry,
  merchantId: MerchantId,
): Promise<void> {
  const found = await merchants.findMany(tx, [merchantId]);
  if (!found.has(merchantId))
    throw new DomainError<DatabaseErrorCode>('merchant.not-found', 'There is no merchant of this id.');
}
