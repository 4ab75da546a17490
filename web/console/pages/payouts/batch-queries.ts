import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '../../../api/client.js';
import { differencesOf, type Differences } from './differences.js';
import { dataOf, loadAll, useAll } from '../../parts/load-all.js';

type Batch = Schema<'PayoutBatchDto'>;
type Payout = Schema<'PayoutDto'>;

const payoutsOf = (id: string) => (cursor: string | undefined) =>
  client.GET('/v1/payout-batches/{id}/payouts', { params: { path: { id }, query: { limit: 200, cursor } } });

/** Every payout of a batch. */
export function useAllPayouts(id: string, enabled = true) {
  return useAll<Payout>(['payouts', id], payoutsOf(id), enabled);
}

/** How a batch differs from the last one that was sent in its currency over its rail; null: there is none. */
export function useDifferences({ id, currency, rail, contentHash }: Batch) {
  return useQuery({
    queryKey: ['differences', id, contentHash],
    queryFn: async (): Promise<{ last: Schema<'ReconciledBatchDto'>; differences: Differences } | null> => {
      const sent = await client.GET('/v1/finance/reconciliation', { params: { query: { currency, rail, limit: 2 } } });
      const last = dataOf(sent).items.find((one) => one.id !== id);
      if (!last) return null;
      const [now, before] = await Promise.all([loadAll(payoutsOf(id)), loadAll(payoutsOf(last.id))]);
      return { last, differences: differencesOf(now, before) };
    },
    staleTime: 60_000,
  });
}
