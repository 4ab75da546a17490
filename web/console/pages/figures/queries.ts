import { api, client } from '../../../api/client.js';
import { dayOf, daysAfter } from '../../parts/days.js';
import { useFilters } from '../../parts/filters.js';
import { useAll } from '../../parts/load-all.js';
import type { Figures } from './sums.js';

const DAYS = 30;
const LEADERS = 10;
const RANKINGS = ['sales', 'completed', 'placed', 'visits'] as const;

/** What the address asks for: the days, one storefront, and the currency among several. */
export function useAsked() {
  const [filters] = useFilters();
  const to = filters['to'] ?? dayOf(new Date());
  const from = filters['from'] ?? daysAfter(to, 1 - DAYS);
  return { from, to, storefront: filters['storefront'], currency: filters['currency'] };
}

/** All figures of the days by what they are grouped by. */
export function useFigures(groupBy: 'day' | 'group' | 'product' | 'storefront') {
  const { from, to, storefront } = useAsked();
  const query = { from, to, storefront, groupBy };
  const all = useAll<Figures>(['/v1/stats/daily', query], (cursor) =>
    client.GET('/v1/stats/daily', { params: { query: { ...query, limit: 200, cursor } } }),
  );
  return { ...all, query };
}

/** The merchants who are first, by what the address asks for. */
export function useLeaders() {
  const [filters] = useFilters();
  const by = RANKINGS.find((one) => one === filters['by']) ?? 'sales';
  const query = { ...useAsked(), by };
  const leaders = api.useQuery('get', '/v1/stats/leaders', { params: { query: { ...query, limit: LEADERS } } });
  return { ...leaders, query, rankings: RANKINGS };
}
