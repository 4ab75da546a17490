import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '../../../api/client.js';
import { dataOf } from '../../parts/load-all.js';

/** A payout as its batch lists it, with its payee; null: it is not in the batch. */
export function usePayout(id: string, batch: string | undefined) {
  return useQuery({
    queryKey: ['payout', id, batch],
    enabled: batch !== undefined,
    queryFn: () => findPayout(id, batch!),
  });
}

/** Looks through the batch page by page: no route answers with a single one. */
async function findPayout(id: string, batch: string): Promise<Schema<'PayoutDto'> | null> {
  let cursor: string | undefined;
  do {
    const answer = await client.GET('/v1/payout-batches/{id}/payouts', {
      params: { path: { id: batch }, query: { limit: 200, cursor } },
    });
    const data = dataOf(answer);
    const found = data.items.find((payout) => payout.id === id);
    if (found) return found;
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return null;
}
