import { Injectable } from '@nestjs/common';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';
import type { DatabaseErrorCode } from '../errors.js';
import { MerchantDirectory } from '../merchants/merchant-directory.js';
import type { MerchantStorefrontDto } from './merchant-storefront.dto.js';
import { StorefrontDirectory } from './storefront.js';

/** The shops that merchants may bring shoppers to. */
@Injectable()
export class MerchantStorefrontService {
  constructor(
    private readonly storefronts: StorefrontDirectory,
    private readonly merchants: MerchantDirectory,
  ) {}

  /** All there are: every merchant may bring shoppers to every storefront. Throws `merchant.not-found`. */
  list(merchantId: MerchantId): MerchantStorefrontDto[] {
    if (!this.merchants.byId(merchantId))
      throw new DomainError<DatabaseErrorCode>('merchant.not-found', 'There is no merchant of this id.');
    return this.storefronts
      .all()
      .map(({ id, name, currency, homeUrl, origins }) => ({ id, name, currency, homeUrl, origins: [...origins] }));
  }
}
