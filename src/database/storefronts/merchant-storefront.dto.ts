import type { StorefrontId } from '../../shared/ids.js';

/** A storefront as merchants see it. */
export class MerchantStorefrontDto {
  /** sto_… */
  id!: StorefrontId;
  /** What the shop is called. */
  name!: string;
  /** ISO 4217 currency of its prices. */
  currency!: string;
  /** Where a share link leads when it names no target. */
  homeUrl!: string;
  /** Web origins of the shop: the pages that a share link may lead to. */
  origins!: string[];
}

/** The storefronts that a merchant may bring shoppers to. */
export class MerchantStorefrontsDto {
  /** All there are, the oldest first: a share link that names none leads to the first. */
  items!: MerchantStorefrontDto[];
}
