import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client.js';

/** A merchant by name, leading to their page; until the name is known, or where there is none, the end of the id. */
export function MerchantName({ id }: { id: string }) {
  const { data } = api.useQuery('get', '/v1/merchants/{id}', { params: { path: { id } } }, { staleTime: 300_000 });
  return (
    <Anchor component={Link} to={`/merchants/${id}`} title={data?.code ?? id}>
      {data?.displayName ?? `…${id.slice(-6)}`}
    </Anchor>
  );
}
