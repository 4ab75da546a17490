import { api, type Schema } from '../../../api/client.js';
import { minorOf } from '../../../ui/format.js';
import { useMine } from '../../session.js';
import type { Product } from './product.js';

export type MerchantPrice = Schema<'MerchantPriceDto'>;

/** What the product costs whom the merchant brings. */
export interface AskedPrice {
  data: MerchantPrice | undefined;
  error: unknown;
}

/** Asked once the product's number and list price are known. */
export function useMerchantPrice(
  { sku, category, price }: Product,
  shop: Schema<'MerchantStorefrontDto'> | undefined,
): AskedPrice {
  const { path } = useMine();
  const listPrice = shop ? minorOf(price, shop.currency) : null;
  const known = shop !== undefined && sku !== '' && listPrice !== null && listPrice >= 0;
  const query = { storefront: shop?.id ?? '', sku, listPrice: listPrice ?? 0, ...(category && { category }) };
  const { data, error } = api.useQuery(
    'get',
    '/v1/merchants/{id}/merchant-price',
    { params: { path, query } },
    { enabled: known },
  );
  return known ? { data, error } : { data: undefined, error: null };
}
