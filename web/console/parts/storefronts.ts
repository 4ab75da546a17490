import { client, type Schema } from '../../api/client.js';
import { useMay } from '../session.js';
import { useAll } from './load-all.js';

/** Every storefront, for who may see them: names and currencies to choose from. Empty until they are read. */
export function useStorefronts(): Schema<'StorefrontDto'>[] {
  const may = useMay('admin');
  const { data } = useAll(
    ['/v1/storefronts'],
    (cursor) => client.GET('/v1/storefronts', { params: { query: { limit: 200, cursor } } }),
    may,
  );
  return data ?? [];
}
