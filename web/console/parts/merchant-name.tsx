import { api } from '../../api/client.js';
import { PageLink } from './page-link.js';

/** A merchant by name, leading to their page; until the name is known, or where there is none, the end of the id. */
export function MerchantName({ id }: { id: string }) {
  const { data } = api.useQuery('get', '/v1/merchants/{id}', { params: { path: { id } } }, { staleTime: 300_000 });
  return (
    <PageLink to={`/merchants/${id}`} title={data?.code ?? id}>
      {data?.displayName ?? `…${id.slice(-6)}`}
    </PageLink>
  );
}
