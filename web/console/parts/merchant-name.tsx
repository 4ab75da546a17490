import { api } from '../../api/client.js';
import { PageLink } from './page-link.js';

/** A merchant by name, leading to their page; by code once they are erased, and by the end of the id until the name is known. */
export function MerchantName({ id }: { id: string }) {
  const { data } = api.useQuery('get', '/v1/merchants/{id}/name', { params: { path: { id } } }, { staleTime: 300_000 });
  return (
    <PageLink to={`/merchants/${id}`} title={data?.code ?? id}>
      {(data?.erasedAt ? data.code : data?.displayName) ?? `…${id.slice(-6)}`}
    </PageLink>
  );
}
