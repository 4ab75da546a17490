import { client, type Schema } from '../../api/client.js';
import { useAll } from './load-all.js';

/** Every storefront: names and currencies to choose from. Empty until they are read. */
export function useStorefronts(): readonly Schema<'StorefrontNameDto'>[] {
  const { data } = useAll(['/v1/storefronts/names'], (cursor) =>
    client.GET('/v1/storefronts/names', { params: { query: { limit: 200, cursor } } }),
  );
  return data ?? [];
}
